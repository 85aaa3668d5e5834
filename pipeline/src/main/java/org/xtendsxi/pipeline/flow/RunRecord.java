// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.pipeline.stage.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** The record of a run, {@code log/run.json}, written even when the run fails. */
public final class RunRecord {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Object> root = new LinkedHashMap<>();
    private final List<Map<String, Object>> passes = new ArrayList<>();
    private final List<Supplier<Map<String, String>>> digests = new ArrayList<>();
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
        options.caldb().ifPresent(p -> root.put("caldb", p.toAbsolutePath().normalize().toString()));
        if (!options.files().isEmpty()) {
            Map<String, String> files = new TreeMap<>();
            options.files().forEach((suffix, f) -> files.put(suffix,
                    f.map(p -> p.toAbsolutePath().normalize().toString()).orElse("NONE")));
            root.put("files", files);
        }
        root.put("seed", options.seed());
        root.put("compat", options.compat().word());
        root.put("status", "running");
    }

    /** Records the parameters of all stages with their origin. */
    void parameters(Map<String, Parameters> parameters, RunOptions options) {
        Map<String, Object> all = new LinkedHashMap<>();
        parameters.forEach((stage, p) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            p.all().forEach((name, value) -> {
                Map<String, Object> told = new LinkedHashMap<>();
                told.put("value", value);
                told.put("origin", options.origin(stage, name));
                one.put(name, told);
            });
            all.put(stage, one);
        });
        root.put("parameters", all);
    }

    /** Records the parameters that the run itself changed, by data class. */
    void adjusted(Map<String, List<Plan.Setting>> changes) {
        Map<String, Object> all = new LinkedHashMap<>();
        changes.forEach((stem, list) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            list.forEach(c -> one.put(c.name(), Map.of("value", c.value(), "because", c.origin())));
            all.put(stem, one);
        });
        root.put("adjusted", all);
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
     * @param work seconds of work by stage, where it was measured; a sum over threads
     * @param numbers what was counted
     * @param outputs files written, with digests, asked for when the record is written
     */
    void pass(String name, boolean reused, String reason, double seconds, Map<String, Double> work,
            Map<String, Object> numbers, Supplier<Map<String, String>> outputs) {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("pass", name);
        p.put("status", reused ? "reused" : "done");
        p.put("reason", reason);
        if (!RunClock.fixed()) {
            p.put("seconds", Math.round(seconds * 1000) / 1000.0);
            if (!work.isEmpty()) {
                p.put("work", work);
            }
        }
        p.put("numbers", numbers);
        passes.add(p);
        digests.add(outputs);
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

    /** Warnings, and what is not the default, for the report. */
    List<String> remarks() {
        List<String> all = new ArrayList<>(warnings);
        all.add("compat " + root.get("compat") + ", seed " + root.get("seed"));
        if (root.get("parameters") instanceof Map<?, ?> stages) {
            stages.forEach((stage, values) -> ((Map<?, ?>) values).forEach((name, v) -> {
                if (v instanceof Map<?, ?> one && "given".equals(one.get("origin"))) {
                    all.add(stage + "." + name + " = " + one.get("value"));
                }
            }));
        }
        return all;
    }

    /** Ends the record and writes it. */
    void write(Path out, String status) {
        for (int i = 0; i < passes.size(); i++) {
            passes.get(i).put("outputs", digests.get(i).get());
        }
        root.put("status", status);
        root.put("warnings", warnings);
        root.put("passes", passes);
        RunState.write(out.resolve("log/run.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }
}
