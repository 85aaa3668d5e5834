// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.task;

import java.nio.file.Path;
import org.xtendsxi.caldb.error.SxiException;

/** File names as HEASoft tasks take them. */
public final class TaskFile {
    private TaskFile() {
    }

    /** Path without the suffixes {@code +N} and {@code [EXT]}, which choose an extension. */
    public static Path path(Path given) {
        return Path.of(given.toString().replaceFirst("\\[[^/]*$", "").replaceFirst("\\+\\d+$", ""));
    }

    /** Input file of a parameter that must be given. */
    public static Path input(Task.TaskCall call, String parameter) {
        return path(call.file(parameter).orElseThrow(() -> SxiException.usage("an input file is needed")
                .column(parameter).todo("give " + parameter + "=FILE").build()));
    }
}
