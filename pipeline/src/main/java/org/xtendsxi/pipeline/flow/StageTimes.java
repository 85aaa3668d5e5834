// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.xtendsxi.caldb.provenance.Host;

/** Work of stages that share a reading, in seconds summed over pieces and threads: more than the clock shows. */
final class StageTimes {
    private final Map<Flow.Pass, Map<String, Double>> seconds = new EnumMap<>(Flow.Pass.class);

    /** Does a piece of work and counts its time for a stage of a pass. */
    <T> T of(Flow.Pass pass, String stage, Supplier<T> work) {
        double begin = Host.seconds();
        T result = work.get();
        add(pass, stage, Host.seconds() - begin);
        return result;
    }

    /** Does a piece of work and counts its time for a stage of a pass. */
    void of(Flow.Pass pass, String stage, Runnable work) {
        of(pass, stage, () -> {
            work.run();
            return stage;
        });
    }

    private synchronized void add(Flow.Pass pass, String stage, double used) {
        seconds.computeIfAbsent(pass, p -> new LinkedHashMap<>()).merge(stage, used, Double::sum);
    }

    /**
     * Seconds of work by stage, in the order in which they were first counted; what took no millisecond is left out.
     */
    synchronized Map<String, Double> seconds(Flow.Pass pass) {
        Map<String, Double> rounded = new LinkedHashMap<>();
        seconds.getOrDefault(pass, Map.of()).forEach((stage, s) -> rounded.put(stage, Math.round(s * 1000) / 1000.0));
        rounded.values().removeIf(s -> s == 0);
        return Collections.unmodifiableMap(rounded);
    }
}
