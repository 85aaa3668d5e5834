// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.provenance.Digest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code log/caldb.lock}: which calibration files and rows a run used, with digests. Given to a later run it replaces
 * the selection from the index, so that a database that has grown since does not change the result.
 */
final class CalibrationLock {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RETRY = "give the --caldb of the run that wrote the lock, or leave --caldb-lock out";

    private final Path file;
    private final JsonNode entries;

    private CalibrationLock(Path file, JsonNode entries) {
        this.file = file;
        this.entries = entries;
    }

    /** Reads the lock of an earlier run. */
    static CalibrationLock read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw SxiException.data("lock does not exist").in(file).todo("give log/caldb.lock of an earlier run")
                    .build();
        }
        try {
            JsonNode root = JSON.readTree(file.toFile());
            if (!root.isArray() || root.isEmpty()) {
                throw SxiException.data("not a calibration lock").in(file).limit("a list of calibration files")
                        .todo("give log/caldb.lock of an earlier run").build();
            }
            return new CalibrationLock(file, root);
        } catch (JacksonException e) {
            throw SxiException.data("lock cannot be read").in(file).value(e.getOriginalMessage()).cause(e)
                    .todo("give log/caldb.lock of an earlier run").build();
        }
    }

    /**
     * The file that the lock holds for a query; its bytes must be those of the earlier run.
     *
     * @throws SxiException (calibration) if the lock has no answer, or the file is missing or has changed
     */
    CalibrationFile select(Caldb caldb, CaldbQuery query) {
        for (JsonNode e : entries) {
            if (text(e, "kind").equals(query.kind().name()) && text(e, "query").equals(query.text())) {
                Path path = caldb.root().resolve(text(e, "path"));
                String wanted = text(e, "sha256");
                if (!Files.isRegularFile(path)) {
                    throw SxiException.calibration("calibration file of the lock is missing").in(path).value(file)
                            .todo(RETRY).build();
                }
                String found = Digest.of(path);
                if (!found.equals(wanted)) {
                    throw SxiException.calibration("calibration file has changed since the lock").in(path)
                            .value("SHA-256 " + found).limit(wanted).todo(RETRY).build();
                }
                return new CalibrationFile(query.kind(), query.text(), path, number(e, "extension"),
                        number(e, "indexRow"), found);
            }
        }
        throw SxiException.calibration("lock has no calibration for the query").in(file).value(query.text())
                .todo("give the lock of this observation, or leave --caldb-lock out").build();
    }

    private String text(JsonNode entry, String name) {
        String v = entry.path(name).asString("");
        if (v.isEmpty()) {
            throw broken(name);
        }
        return v;
    }

    private int number(JsonNode entry, String name) {
        if (!entry.path(name).isInt()) {
            throw broken(name);
        }
        return entry.path(name).asInt();
    }

    private SxiException broken(String name) {
        return SxiException.data("entry of the lock is incomplete").in(file).column(name)
                .todo("give log/caldb.lock of an earlier run").build();
    }

    /** One file as a JSON object; its path is relative to the database. */
    static Map<String, Object> entry(CalibrationFile f, Path root) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("kind", f.kind().name());
        m.put("query", f.query());
        m.put("file", f.path().getFileName().toString());
        m.put("path", root.toAbsolutePath().relativize(f.path().toAbsolutePath()).toString());
        m.put("extension", f.extension());
        m.put("indexRow", f.indexRow());
        m.put("sha256", f.sha256());
        return m;
    }

    /** Writes the lock of a run. */
    static void write(Path out, List<CalibrationFile> files, Path root) {
        RunState.write(out.resolve("log/caldb.lock"), JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(files.stream().map(f -> entry(f, root)).toList()));
    }
}
