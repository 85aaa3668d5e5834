// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.quicklook.command.QuicklookCommand;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.web.Server;
import picocli.CommandLine;

/** Who may ask the server, and that a slow browser holds up nobody. */
@Tag("non-regression")
class ServerTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 0);

    @TempDir
    Path folder;

    /** What a test does with a running server. */
    @FunctionalInterface
    private interface Use {
        void with(Engine e, Server s) throws IOException, InterruptedException;
    }

    private void serve(Optional<String> token, Use use) throws IOException, InterruptedException {
        Path dir = Files.createDirectories(folder.resolve("dir"));
        Files.writeString(dir.resolve("secret.txt"), "secret");
        try (TrendStore store = TrendStore.open(folder.resolve("store")); Engine e = Bench.engine(dir, store);
                Server s = new Server(e, LOCAL, token)) {
            use.with(e, s);
        }
    }

    private static HttpResponse<String> get(Server s, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder b = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + s.port() + path));
        for (int i = 0; i + 1 < headers.length; i += 2) {
            b.header(headers[i], headers[i + 1]);
        }
        try (HttpClient c = HttpClient.newHttpClient()) {
            return c.send(b.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void everyAnswerForbidsFramingAndSniffing() throws IOException, InterruptedException {
        serve(Optional.empty(), (e, s) -> {
            for (String path : List.of("/", "/app.js", "/api/status", "/metrics", "/nothing")) {
                HttpResponse<String> r = get(s, path);
                assertThat(r.headers().firstValue("X-Frame-Options")).contains("DENY");
                assertThat(r.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
                assertThat(r.headers().firstValue("Content-Security-Policy").orElse(""))
                        .contains("frame-ancestors 'none'");
            }
        });
    }

    @Test
    void noFileCanBeRead() throws IOException, InterruptedException {
        serve(Optional.empty(), (e, s) -> {
            for (String path : List.of("/secret.txt", "/../secret.txt", "/%2e%2e/secret.txt",
                    "/app.js/../../secret.txt",
                    "/api/trend.parquet?table=read_csv('/etc/passwd')", "/api/view?ccd=9", "//etc/passwd")) {
                HttpResponse<String> r = get(s, path);
                assertThat(r.statusCode()).as(path).isIn(400, 404);
                assertThat(r.body()).doesNotContain("secret\n").doesNotContain("root:");
            }
        });
    }

    /** What a monitor asks first gets headers and no body; the limits told are those in force. */
    @Test
    void headAndLimits() throws IOException, InterruptedException {
        serve(Optional.empty(), (e, s) -> {
            String head = raw(s, "HEAD /api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(head).startsWith("HTTP/1.1 405").endsWith("\r\n\r\n");
            assertThat(get(s, "/api/limits").body()).contains("noise.warning = " + (int) (10 * e.limits().of("noise")
                    .warning()) / 10.0).contains("limits in force");
        });
    }

    /** Addresses that no client library would send. */
    @Test
    void rawPathsLeadNowhere() throws IOException, InterruptedException {
        serve(Optional.empty(), (e, s) -> {
            for (String path : List.of("/../../../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e%2fsecret.txt",
                    "/app.js%00.txt", "/api/trend.parquet?table=../secret.txt", "/api/trend.parquet?table=cycle'--",
                    "/./secret.txt", "/\\..\\secret.txt", "file:///etc/passwd")) {
                String answer = raw(s, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(answer).as(path).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContain("root:")
                        .doesNotEndWith("secret");
            }
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
                assertThat(raw(s, method + " /api/status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                        + "Connection: close\r\n\r\n")).as(method).startsWith("HTTP/1.1 405");
            }
        });
    }

    private static String raw(Server s, String request) throws IOException {
        try (Socket c = new Socket("127.0.0.1", s.port())) {
            c.setSoTimeout(10_000);
            c.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(c.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Without options the page is for this machine only, and no address that others reach goes without a token. */
    @Test
    void theLoopbackAddressIsTheDefault() throws IOException {
        QuicklookCommand c = new QuicklookCommand();
        new CommandLine(c).parseArgs("dir");
        assertThat(new CommandLine(c).getCommandSpec().findOption("--bind").defaultValue()).isEqualTo("127.0.0.1");
        Path dir = Files.createDirectories(folder.resolve("dir"));
        try (TrendStore store = TrendStore.open(folder.resolve("store")); Engine e = Bench.engine(dir, store)) {
            assertThatThrownBy(() -> new Server(e, new InetSocketAddress("0.0.0.0", 0), Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("token");
        }
    }

    @Test
    void aTokenIsAskedWhereOthersCanReach() throws IOException, InterruptedException {
        serve(Optional.of("right"), (e, s) -> {
            assertThat(get(s, "/api/status").statusCode()).isEqualTo(401);
            assertThat(get(s, "/api/status?token=wrong").statusCode()).isEqualTo(401);
            assertThat(get(s, "/api/status", "Authorization", "Bearer right").statusCode()).isEqualTo(200);
            assertThat(get(s, "/?token=right").headers().firstValue("Set-Cookie").orElse("")).contains("HttpOnly");
            assertThat(get(s, "/api/status", "Cookie", "sxi-token=right").statusCode()).isEqualTo(200);
        });
    }

    @Test
    void pagesOfOthersAreRefused() throws IOException, InterruptedException {
        serve(Optional.empty(), (e, s) -> {
            assertThat(get(s, "/api/status", "Origin", "http://evil.example").statusCode()).isEqualTo(403);
            try (Socket raw = new Socket("127.0.0.1", s.port())) {
                raw.getOutputStream().write(("GET /api/status HTTP/1.1\r\nHost: evil.example\r\n"
                        + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(raw.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).endsWith("421");
            }
        });
    }

    @Test
    void fiftyBrowsersFollowAlthoughSomeDoNotRead() throws IOException, InterruptedException {
        serve(Optional.empty(), (e, s) -> {
            List<Socket> all = new ArrayList<>();
            try {
                for (int i = 0; i < 50; i++) {
                    Socket c = new Socket("127.0.0.1", s.port());
                    c.setSoTimeout(10_000);
                    c.getOutputStream().write("GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    all.add(c);
                }
                for (int i = 0; i < 300; i++) {
                    e.look();
                }
                long last = e.status().revision();
                // the first half never read; the others all hear of the last status
                for (Socket c : all.subList(25, 50)) {
                    assertThat(heard(c.getInputStream(), "id: " + last + "\n")).isTrue();
                }
            } finally {
                for (Socket c : all) {
                    c.close();
                }
            }
        });
    }

    private static boolean heard(InputStream in, String word) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] b = new byte[8192];
        for (int n = in.read(b); n >= 0; n = in.read(b)) {
            text.append(new String(b, 0, n, StandardCharsets.UTF_8));
            if (text.indexOf(word) >= 0) {
                return true;
            }
        }
        return false;
    }
}
