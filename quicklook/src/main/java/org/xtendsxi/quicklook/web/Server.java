// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.store.Export;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.view.Status;
import org.xtendsxi.quicklook.view.ViewQuery;

/**
 * The server of the live page. Only the names listed here are answered, and none of them is a path of the file
 * system, so nothing else can be read; nothing can be written but acknowledgements.
 */
public final class Server implements AutoCloseable {
    private static final int MAX_FOLLOWERS = 500;
    private static final int MAX_BODY = 4096;
    private static final Map<String, String> ASSETS = Map.of("/", "text/html", "/app.js", "text/javascript", "/draw.js",
            "text/javascript", "/app.css", "text/css", "/icon.svg", "image/svg+xml");

    private final Engine engine;
    private final HttpServer http;
    private final Guard guard;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    /**
     * Starts a server.
     *
     * @param address where to listen
     * @param token asked of every client, empty on the loopback address
     * @throws SxiException (output) if the address cannot be used
     */
    public Server(Engine engine, InetSocketAddress address, Optional<String> token) {
        if (token.isEmpty() && !Guard.loopback(address)) {
            throw new IllegalArgumentException("an address that others can reach needs a token");
        }
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.engine = engine;
        this.guard = new Guard(token);
        try {
            http = HttpServer.create(address, 128);
        } catch (IOException e) {
            throw SxiException.output("the address cannot be used").value(address.getHostString() + ":"
                    + address.getPort() + ", " + e.getMessage()).cause(e)
                    .todo("give another --port or --bind").build();
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    /** Port in use. */
    public int port() {
        return http.getAddress().getPort();
    }

    private void handle(HttpExchange x) throws IOException {
        try (x) {
            Guard.headers(x.getResponseHeaders());
            int refused = guard.refuses(x);
            if (refused != 0) {
                answer(x, refused, "text/plain", refused == 401
                        ? "a token is needed: open the address that sxi quicklook printed\n" : "refused\n");
                return;
            }
            try {
                route(x);
            } catch (SxiException e) {
                answer(x, e.exitCode() == ExitCode.USAGE ? 400 : 500, "text/plain", e.getMessage() + "\n");
            } catch (CompletionException e) {
                answer(x, 500, "text/plain", e.getCause() + "\n");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void route(HttpExchange x) throws IOException, InterruptedException {
        String path = x.getRequestURI().getPath();
        boolean get = x.getRequestMethod().equals("GET");
        if (path.equals("/api/acknowledge")) {
            if (x.getRequestMethod().equals("POST")) {
                acknowledge(x);
            } else {
                answer(x, 405, "text/plain", "POST only\n");
            }
        } else if (!get) {
            answer(x, 405, "text/plain", "GET only\n");
        } else if (ASSETS.containsKey(path)) {
            asset(x, path);
        } else {
            switch (path) {
                case "/api/status" -> answer(x, 200, "application/json", Json.of(engine.status()));
                case "/api/view" -> answer(x, 200, "application/json",
                        Json.of(engine.view(ViewQuery.of(Address.query(x.getRequestURI()))).join()));
                case "/api/stream" -> follow(x);
                case "/api/limits" -> answer(x, 200, "text/plain", engine.limits().text());
                case "/metrics" -> answer(x, 200, "text/plain; version=0.0.4", Metrics.of(engine.status()));
                case "/api/trend.fits" -> file(x, "trend.fits", "application/fits", f -> export(e -> e.fits(f)));
                case "/api/trend.parquet" -> {
                    String table = Export.known(Address.query(x.getRequestURI()).getOrDefault("table", "cycle"));
                    file(x, table + ".parquet", "application/vnd.apache.parquet",
                            f -> export(e -> e.parquet(table, f)));
                }
                default -> answer(x, 404, "text/plain", "nothing here\n");
            }
        }
    }

    private void asset(HttpExchange x, String path) throws IOException {
        Optional<String> cookie = guard.cookie(x);
        if (path.equals("/") && cookie.isPresent()) {
            x.getResponseHeaders().set("Set-Cookie", cookie.get());
            x.getResponseHeaders().set("Location", "/");
            answer(x, 303, "text/plain", "");
            return;
        }
        answer(x, 200, ASSETS.get(path), text(path.equals("/") ? "index.html" : path.substring(1)));
    }

    /** An asset of the page. */
    public static String text(String name) throws IOException {
        try (InputStream in = Server.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void follow(HttpExchange x) throws IOException, InterruptedException {
        if (followers.size() >= MAX_FOLLOWERS) {
            answer(x, 503, "text/plain", "too many browsers\n");
            return;
        }
        Follower f = new Follower();
        Consumer<Status> listener = f::offer;
        followers.add(f);
        engine.listen(listener);
        try {
            x.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            x.sendResponseHeaders(200, 0);
            f.offer(engine.status());
            f.send(x.getResponseBody(), Json::of);
        } finally {
            engine.unlisten(listener);
            followers.remove(f);
        }
    }

    private void acknowledge(HttpExchange x) throws IOException {
        if (!String.valueOf(x.getRequestHeaders().getFirst("Content-Type")).startsWith("application/json")) {
            answer(x, 415, "text/plain", "application/json only\n");
            return;
        }
        byte[] body = x.getRequestBody().readNBytes(MAX_BODY);
        Map<?, ?> m = Json.map(new String(body, StandardCharsets.UTF_8));
        if (!(m.get("id") instanceof Number id) || !(m.get("by") instanceof String by) || by.isBlank()
                || by.length() > 40) {
            answer(x, 400, "text/plain", "id (a number, 0 for all) and by (a name) are needed\n");
            return;
        }
        String remark = m.get("remark") instanceof String r ? r.substring(0, Math.min(r.length(), 200)) : "";
        answer(x, 200, "application/json", Json.of(Map.of("acknowledged", engine.acknowledge(id.longValue(), by.strip(),
                remark.strip()))));
    }

    private void export(Consumer<Export> writing) {
        try (Sql sql = engine.store().reader()) {
            writing.accept(new Export(sql));
        }
    }

    /** Writes a file beside the store, sends it and deletes it. */
    private void file(HttpExchange x, String name, String type, Consumer<Path> writing) throws IOException {
        Path folder = Files.createTempDirectory(engine.store().folder(), "export-");
        Path file = folder.resolve(name);
        try {
            writing.accept(file);
            x.getResponseHeaders().set("Content-Type", type);
            x.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"" + name + "\"");
            x.sendResponseHeaders(200, Files.size(file));
            try (OutputStream out = x.getResponseBody()) {
                Files.copy(file, out);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static void answer(HttpExchange x, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        x.getResponseHeaders().set("Content-Type", type.contains(";") ? type : type + "; charset=utf-8");
        boolean body = bytes.length > 0 && !x.getRequestMethod().equals("HEAD");
        x.sendResponseHeaders(status, body ? bytes.length : -1);
        if (body) {
            x.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        followers.forEach(Follower::close);
        http.stop(0);
        threads.shutdownNow();
    }
}
