// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.error.SxiException;

/** The words of {@code --set}. */
public final class SetWords {
    private SetWords() {
    }

    /**
     * Values by stage and name.
     *
     * @param words such as {@code extraction.limit=100}
     * @throws SxiException (usage) if a word has another form; {@link EventChain#parameters} and the runner refuse
     *         unknown stages and names
     */
    public static Map<String, Map<String, String>> byStage(List<String> words) {
        Map<String, Map<String, String>> out = new LinkedHashMap<>();
        for (String s : words) {
            int dot = s.indexOf('.');
            int equals = s.indexOf('=');
            if (dot < 1 || equals < dot) {
                throw SxiException.usage("--set cannot be read").value(s).limit("stage.parameter=value")
                        .todo("correct it (sxi plan lists stages and parameters)").build();
            }
            out.computeIfAbsent(s.substring(0, dot), k -> new LinkedHashMap<>())
                    .put(s.substring(dot + 1, equals), s.substring(equals + 1));
        }
        return out;
    }
}
