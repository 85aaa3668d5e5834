// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.web;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Words of an address. */
final class Address {
    private Address() {
    }

    /** Parameters of the query; of one that comes twice the last. */
    static Map<String, String> query(URI uri) {
        Map<String, String> out = new LinkedHashMap<>();
        String q = uri.getRawQuery();
        if (q != null) {
            for (String pair : q.split("&")) {
                String[] p = pair.split("=", 2);
                out.put(decoded(p[0]), p.length == 2 ? decoded(p[1]) : "");
            }
        }
        return out;
    }

    private static String decoded(String s) {
        try {
            return URLDecoder.decode(s, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
