// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may ask, and what every answer says to the browser. On the loopback address a foreign Host is refused, so that no
 * page of another site can reach the server through a name of its own; on other addresses a token is asked for.
 */
final class Guard {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String COOKIE = "sxi-token=";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Optional<String> token;

    Guard(Optional<String> token) {
        this.token = token;
    }

    /** Whether an address can be reached from this machine only. */
    static boolean loopback(InetSocketAddress a) {
        InetAddress i = a.getAddress();
        return i != null && i.isLoopbackAddress();
    }

    /** Headers of every answer. */
    static void headers(Headers h) {
        h.set("Content-Security-Policy", POLICY);
        h.set("X-Content-Type-Options", "nosniff");
        h.set("X-Frame-Options", "DENY");
        h.set("Referrer-Policy", "no-referrer");
        h.set("Cross-Origin-Opener-Policy", "same-origin");
        h.set("Cross-Origin-Resource-Policy", "same-origin");
        h.set("Cache-Control", "no-store");
    }

    /** Status of refusal, or 0 if the request may be answered. */
    int refuses(HttpExchange x) {
        Headers h = x.getRequestHeaders();
        String host = String.valueOf(h.getFirst("Host")).toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        if (token.isEmpty() && !LOCAL.contains(host)) {
            return 421;
        }
        if (token.isPresent() && given(x).noneMatch(this::right)) {
            return 401;
        }
        String origin = h.getFirst("Origin");
        if (origin != null && !origin.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "")
                .equals(String.valueOf(h.getFirst("Host")).toLowerCase(Locale.ROOT))) {
            return 403;
        }
        return 0;
    }

    private Stream<String> given(HttpExchange x) {
        Headers h = x.getRequestHeaders();
        List<String> cookies = h.getOrDefault("Cookie", List.of()).stream().flatMap(c -> Arrays.stream(c.split(";")))
                .map(String::strip).filter(c -> c.startsWith(COOKIE)).map(c -> c.substring(COOKIE.length())).toList();
        String bearer = h.getFirst("Authorization");
        return Stream.concat(cookies.stream(), Stream.of(
                bearer != null && bearer.startsWith("Bearer ") ? bearer.substring(7).strip() : "",
                Address.query(x.getRequestURI()).getOrDefault("token", "")));
    }

    private boolean right(String word) {
        return MessageDigest.isEqual(word.getBytes(StandardCharsets.UTF_8),
                token.orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    /** Cookie that carries the token from now on, if the address had it. */
    Optional<String> cookie(HttpExchange x) {
        String word = Address.query(x.getRequestURI()).get("token");
        return token.isPresent() && word != null && right(word)
                ? Optional.of(COOKIE + word + "; HttpOnly; SameSite=Strict; Path=/") : Optional.empty();
    }
}
