// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.diff;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xtendsxi.caldb.error.SxiException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The record of a run as a flat list of what may change its results. */
final class RecordFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> PLAIN = List.of("software", "observation", "seed", "compat", "status");
    private static final int DIGEST = 12;
    /** Files of a run stand at most so deep in its folder. */
    private static final int DEPTH = 3;

    private final Map<String, String> values = new TreeMap<>();

    private RecordFile(JsonNode root) {
        PLAIN.forEach(key -> values.put(key, root.path(key).asString("")));
        root.path("parameters").properties().forEach(stage -> stage.getValue().properties()
                .forEach(p -> values.put("parameter " + stage.getKey() + "." + p.getKey(),
                        p.getValue().path("value").asString(""))));
        for (JsonNode c : root.path("calibration")) {
            String sha = c.path("sha256").asString("");
            String key = "calibration " + c.path("kind").asString("");
            String value = c.path("file").asString("") + "+" + c.path("extension").asString("") + " (sha256 "
                    + sha.substring(0, Math.min(DIGEST, sha.length())) + ")";
            values.merge(key, value, (old, add) -> old.contains(add) ? old : old + "; " + add);
        }
    }

    /** Record of an output directory, or of the one that a file stands in; empty if there is none. */
    static Optional<RecordFile> of(Path folderOrFile) {
        Path p = folderOrFile.toAbsolutePath().normalize();
        int up = Files.isDirectory(p) ? 0 : DEPTH;
        for (int i = 0; i <= up && p != null; i++, p = p.getParent()) {
            Path file = p.resolve("log/run.json");
            if (Files.isRegularFile(file)) {
                try {
                    return Optional.of(new RecordFile(JSON.readTree(file.toFile())));
                } catch (JacksonException e) {
                    throw SxiException.data("record cannot be read").in(file).value(e.getOriginalMessage()).cause(e)
                            .todo("run the pipeline again").build();
                }
            }
        }
        return Optional.empty();
    }

    /** Entries that differ from another record. */
    List<Differences.Value> differences(RecordFile other) {
        TreeSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(other.values.keySet());
        List<Differences.Value> out = new ArrayList<>();
        for (String name : names) {
            String a = values.getOrDefault(name, Differences.Value.ABSENT);
            String b = other.values.getOrDefault(name, Differences.Value.ABSENT);
            if (!a.equals(b)) {
                out.add(new Differences.Value(name, a, b));
            }
        }
        return out;
    }
}
