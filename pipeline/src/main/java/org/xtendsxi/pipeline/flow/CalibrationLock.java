// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code log/caldb.lock}: which calibration files and rows a run used, with digests. */
final class CalibrationLock {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CalibrationLock() {
    }

    /** One file as a JSON object. */
    static Map<String, Object> entry(CalibrationFile f) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("kind", f.kind().name());
        m.put("query", f.query());
        m.put("file", f.path().getFileName().toString());
        m.put("extension", f.extension());
        m.put("indexRow", f.indexRow());
        m.put("sha256", f.sha256());
        return m;
    }

    /** Writes the lock of a run. */
    static void write(Path out, List<CalibrationFile> files) {
        RunState.write(out.resolve("log/caldb.lock"), JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(files.stream().map(CalibrationLock::entry).toList()));
    }
}
