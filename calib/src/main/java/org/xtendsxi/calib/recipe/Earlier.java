// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Digest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an earlier run of a recipe, which was interrupted or failed, left in the output folder. Its steps are used again
 * one by one, as long as program, database, data, words and files are those of then.
 *
 * @param record its run record; empty if there was no such run
 * @param out output folder
 */
record Earlier(Map<String, Object> record, Path out) {
    /** What a run locks: the output folder, under this name. */
    static final String LOCKED = "recipe";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RECORD = "log/recipe.json";

    /**
     * Reads what is in a folder.
     *
     * @throws SxiException (output) if it holds anything else than a run that did not end
     */
    static Earlier in(Path out) {
        String[] there = out.toFile().list((folder, name) -> !name.equals("." + LOCKED + ".lock"));
        if (there == null || there.length == 0) {
            return new Earlier(Map.of(), out);
        }
        Path file = out.resolve(RECORD);
        if (!Files.exists(file) || Files.exists(out.resolve("caldb"))) {
            throw SxiException.output("folder is not empty").in(out).value(there.length + " files")
                    .limit("an empty folder, or that of a recipe that was interrupted")
                    .todo("give another --out, or remove it").build();
        }
        try {
            return new Earlier(JSON.readValue(Files.readString(file),
                    new TypeReference<LinkedHashMap<String, Object>>() {
                    }), out);
        } catch (IOException | JacksonException e) {
            throw SxiException.output("record of the interrupted run cannot be read").in(file).value(e.getMessage())
                    .cause(e).todo("give another --out, or remove it").build();
        }
    }

    /** Compares program, database and data with those of the new run: what differs makes its steps worth nothing. */
    void check(Map<String, Object> now) {
        for (String key : List.of("software", "caldb", "data")) {
            if (record.containsKey(key) && !text(record.get(key)).equals(text(now.get(key)))) {
                throw SxiException.output("interrupted run was of another " + key).in(out.resolve(RECORD))
                        .value(text(now.get(key))).limit(text(record.get(key)))
                        .todo("give another --out, or remove the folder").build();
            }
        }
    }

    private static String text(Object o) {
        return String.valueOf(o);
    }

    /**
     * Record of a step that was done and whose file is as it was.
     *
     * @param number place among the steps, from 0
     * @param words its words now
     */
    Optional<Map<String, Object>> step(int number, List<String> words) {
        if (!(record.get("steps") instanceof List<?> all) || number >= all.size()
                || !(all.get(number) instanceof Map<?, ?> m)) {
            return Optional.empty();
        }
        Map<String, Object> step = new LinkedHashMap<>();
        m.forEach((k, v) -> step.put(text(k), v));
        Path file = out.resolve(text(step.get("file")));
        return "done".equals(step.get("status")) && words.equals(step.get("words")) && Files.isRegularFile(file)
                && Digest.of(file).equals(step.get("sha256")) ? Optional.of(step) : Optional.empty();
    }
}
