// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.stream.Collectors;
import org.xtendsxi.pipeline.task.Task;

/** The HISTORY line of a task. */
final class Histories {
    private Histories() {
    }

    /** Name, behaviour and parameters, or nothing if history is not wanted. */
    static String of(Task.TaskCall call) {
        return !call.history() ? "" : call.name() + " compat=" + call.compat().word() + " "
                + call.values().all().entrySet().stream()
                        .filter(e -> !e.getKey().equals(EventRewrite.THREADS.name()))
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(" "));
    }
}
