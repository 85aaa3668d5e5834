// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.pipeline.stage.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** The record of a run, {@code log/run.json}, written even when the run fails. */
public final class RunRecord {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Object> root = new LinkedHashMap<>();
    private final List<Object> passes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Starts the record of a run. */
    RunRecord(RunOptions options) {
        root.put("software", Software.creator());
        root.put("date", RunClock.now().toString());
        if (!RunClock.fixed()) {
            root.put("host", Host.describe());
        }
        root.put("command", options.words());
        root.put("observation", options.observation().toAbsolutePath().toString());
        root.put("seed", options.seed());
        root.put("compat", options.compat().word());
        root.put("status", "running");
    }

    /** Records the parameters of all stages with their origin. */
    void parameters(Map<String, Parameters> parameters, Map<String, Map<String, String>> set) {
        Map<String, Object> all = new LinkedHashMap<>();
        parameters.forEach((stage, p) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            p.all().forEach((name, value) -> one.put(name, Map.of("value", value, "origin",
                    set.getOrDefault(stage, Map.of()).containsKey(name) ? "user" : "default")));
            all.put(stage, one);
        });
        root.put("parameters", all);
    }

    /** Records calibration files. */
    void calibration(List<CalibrationFile> files, Path caldb) {
        root.put("calibration", files.stream().map(f -> CalibrationLock.entry(f, caldb)).toList());
    }

    /**
     * Records a pass.
     *
     * @param name pass and data set
     * @param reused whether an earlier result was used
     * @param reason why it ran or was reused
     * @param seconds wall time
     * @param numbers what was counted
     * @param outputs files written, with digests
     */
    void pass(String name, boolean reused, String reason, double seconds, Map<String, Object> numbers,
            Map<String, String> outputs) {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("pass", name);
        p.put("status", reused ? "reused" : "done");
        p.put("reason", reason);
        if (!RunClock.fixed()) {
            p.put("seconds", Math.round(seconds * 1000) / 1000.0);
        }
        p.put("numbers", numbers);
        p.put("outputs", outputs);
        passes.add(p);
    }

    /** Records a warning. */
    void warning(String text) {
        warnings.add(text);
    }

    /** Records anything else. */
    void put(String key, Object value) {
        root.put(key, value);
    }

    /** Passes recorded so far, for the report. */
    List<Object> passes() {
        return List.copyOf(passes);
    }

    /** Ends the record and writes it. */
    void write(Path out, String status) {
        root.put("status", status);
        root.put("warnings", warnings);
        root.put("passes", passes);
        RunState.write(out.resolve("log/run.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }
}
