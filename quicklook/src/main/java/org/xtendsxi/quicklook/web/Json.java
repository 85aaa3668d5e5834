// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.web;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON of the records of the page. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {
    }

    /** An object as JSON. */
    public static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** A JSON object as a map; empty if it is none. */
    static Map<?, ?> map(String text) {
        try {
            return MAPPER.readValue(text, Map.class);
        } catch (JacksonException e) {
            return Map.of();
        }
    }
}
