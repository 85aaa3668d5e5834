// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tab of the browser. */
final class Tab implements WebSocket.Listener {
    private static final int SECONDS = 60;
    private static final Map<String, Integer> CODES = Map.of("Escape", 27, "Enter", 13, "Tab", 9, "ArrowLeft", 37,
            "ArrowUp", 38, "ArrowRight", 39, "ArrowDown", 40);

    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    Tab(HttpClient http, URI address) {
        socket = http.newWebSocketBuilder().buildAsync(address, this).join();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable", Map.of());
        }
        ask("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    }

    @Override
    public CompletionStage<?> onText(WebSocket s, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            JsonNode m = JsonMapper.shared().readTree(part.toString());
            part.setLength(0);
            CompletableFuture<JsonNode> f = asked.remove(m.path("id").asInt(-1));
            String method = m.path("method").asString("");
            if (f != null) {
                f.complete(m);
            } else if (method.equals("Runtime.exceptionThrown") || method.equals("Log.entryAdded")) {
                complaints.add(m.path("params").toString());
            }
        }
        s.request(1);
        return null;
    }

    private JsonNode ask(String method, Map<String, ?> parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> f = new CompletableFuture<>();
        asked.put(id, f);
        socket.sendText(JsonMapper.shared().writeValueAsString(Map.of("id", id, "method", method, "params",
                parameters)), true).join();
        JsonNode m = f.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (m.has("error")) {
            throw new IllegalStateException(method + ": " + m.path("error"));
        }
        return m.path("result");
    }

    /** Errors of scripts, and what the browser refused, such as a breach of the content policy. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Goes to an address. */
    void go(String address) {
        ask("Page.navigate", Map.of("url", address));
        until("location.href !== 'about:blank' && document.readyState === 'complete'");
    }

    /** Value of an expression of the page. */
    JsonNode value(String script) {
        JsonNode r = evaluated(script);
        if (r.has("exceptionDetails")) {
            throw new IllegalStateException(script + ": " + r.path("exceptionDetails"));
        }
        return r.path("result").path("value");
    }

    private JsonNode evaluated(String script) {
        return ask("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    }

    /** Waits until an expression of the page is true; that it cannot be evaluated yet is no error. */
    void until(String script) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        JsonNode r = evaluated("Boolean(" + script + ")");
        while (!r.path("result").path("value").asBoolean(false)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never true: " + script + "\nlast answer: " + r + "\npage: "
                        + value("document.body.innerText"));
            }
            pause();
            r = evaluated("Boolean(" + script + ")");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Keys and drawing reach the tab in front only, and that takes its time. */
    private void front() {
        ask("Page.bringToFront", Map.of());
        until("document.visibilityState === 'visible' && document.hasFocus()");
    }

    /** Presses a key: a character, or the name of a key. */
    void press(String key) {
        front();
        boolean character = key.length() == 1;
        int code = character ? Character.toUpperCase(key.charAt(0)) : CODES.get(key);
        String text = character ? key : key.equals("Enter") ? "\r" : "";
        ask("Input.dispatchKeyEvent", Map.of("type", text.isEmpty() ? "rawKeyDown" : "keyDown", "key", key, "text",
                text, "windowsVirtualKeyCode", code));
        ask("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
    }

    /** Types a text into what has the focus. */
    void type(String text) {
        ask("Input.insertText", Map.of("text", text));
    }

    /** Gives the tab a slow line. */
    void slow(int bytesPerSecond, int latencyMillis) {
        ask("Network.emulateNetworkConditions", Map.of("offline", false, "latency", latencyMillis, "downloadThroughput",
                bytesPerSecond, "uploadThroughput", bytesPerSecond));
    }

    /** Gives the tab a width, and the height of the whole page, and takes a picture. */
    void picture(int width, Path file) throws IOException {
        front();
        size(width, 1000);
        size(width, value("document.documentElement.scrollHeight").asInt());
        JsonNode r = ask("Page.captureScreenshot", Map.of("format", "png"));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(r.path("data").asString()));
    }

    private void size(int width, int height) {
        ask("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1,
                "mobile", false));
        until("innerWidth === " + width + " && innerHeight === " + height);
        // drawn anew after the change of size
        value("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r())))");
    }

    void close() {
        socket.abort();
    }
}
