// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium, driven by its own DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final int START_SECONDS = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Tab> tabs = new ArrayList<>();
    private final Process process;
    private final int port;

    private Browser(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Program of the browser, if there is one on this machine: {@code SXI_CHROMIUM}, else one on the path. */
    static Optional<Path> program() {
        Stream<Path> named = Stream.ofNullable(System.getenv("SXI_CHROMIUM")).map(Path::of);
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> NAMES.stream().map(Path.of(folder)::resolve));
        return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
    }

    /**
     * Starts a browser.
     *
     * @param profile empty folder
     */
    static Browser start(Path program, Path profile) throws IOException, InterruptedException {
        Process p = new ProcessBuilder(program.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-background-networking",
                "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
                .redirectErrorStream(true).redirectOutput(profile.resolve("browser.log").toFile()).start();
        Path file = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(file) || Files.readAllLines(file).isEmpty()) {
            if (!p.isAlive() || System.nanoTime() > end) {
                p.destroyForcibly();
                throw new IOException("browser does not start:\n" + Files.readString(profile.resolve("browser.log")));
            }
            Thread.sleep(50);
        }
        return new Browser(p, Integer.parseInt(Files.readAllLines(file).getFirst()));
    }

    /** Opens an address in a tab of its own. */
    Tab open(String address) throws IOException, InterruptedException {
        HttpResponse<String> r = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                + "/json/new?about:blank")).PUT(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
        Tab t = new Tab(http, URI.create(JsonMapper.shared().readTree(r.body()).path("webSocketDebuggerUrl")
                .asString()));
        tabs.add(t);
        t.go(address);
        return t;
    }

    @Override
    public void close() {
        tabs.forEach(Tab::close);
        http.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        // its profile can be deleted when it has ended
        process.destroyForcibly().onExit().join();
    }
}
