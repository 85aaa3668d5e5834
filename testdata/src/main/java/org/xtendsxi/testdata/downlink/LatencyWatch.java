// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.downlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Host;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the event stream of a quick-look page, as a browser does, and measures for every step of a downlink how long
 * it takes until the page knows of it.
 */
public final class LatencyWatch implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<Stream<String>> answer;
    private final TreeMap<Double, Double> pending = new TreeMap<>();
    private final List<Double> seconds = new ArrayList<>();

    /**
     * Starts to follow.
     *
     * @param page address of the page, with its token if it has one
     */
    public LatencyWatch(URI page) {
        try {
            URI stream = page.resolve("api/stream" + (page.getQuery() == null ? "" : "?" + page.getQuery()));
            answer = client.send(HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
        } catch (IOException | IllegalArgumentException e) {
            throw SxiException.usage("page cannot be followed").value(page + ": " + e).cause(e)
                    .todo("give the address that sxi quicklook printed").build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SxiException.interrupted("downlink was stopped").todo("start it again").cause(e).build();
        }
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try (Stream<String> lines = answer.body()) {
            lines.filter(l -> l.startsWith("data:")).forEach(l -> {
                JsonNode time = JSON.readTree(l.substring(5)).path("time");
                if (time.isNumber()) {
                    heard(time.asDouble());
                }
            });
        } catch (UncheckedIOException e) {
            // the page has ended; what was not seen until then is told as not seen
            return;
        }
    }

    private synchronized void heard(double time) {
        double now = Host.seconds();
        pending.headMap(time, true).values().forEach(t -> seconds.add(now - t));
        pending.headMap(time, true).clear();
        notifyAll();
    }

    /** All rows of the cycle that starts at a mission time are there. */
    public synchronized void delivered(double cycleStart) {
        pending.put(cycleStart, Host.seconds());
    }

    /** Waits for what the page has not told yet, at most some seconds. */
    public synchronized void settle(double most) {
        double end = Host.seconds() + most;
        try {
            while (!pending.isEmpty() && Host.seconds() < end) {
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was measured so far, in the order of the cycles. */
    public synchronized Latencies latencies() {
        return new Latencies(seconds);
    }

    /** Steps that the page has not told of. */
    public synchronized int unseen() {
        return pending.size();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
