// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.task;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.time.MissionTime;

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

    /**
     * Calibration file of a parameter.
     *
     * @param call the call
     * @param parameter its name; {@code CALDB} looks the file up, {@code NONE} is empty
     * @param kind what it is
     * @param header keywords of the events: TELESCOP, INSTRUME, TSTART, MJDREFI
     */
    public static Optional<Path> calibration(Task.TaskCall call, String parameter, CaldbKind kind, Keywords header) {
        Optional<Path> given = call.file(parameter);
        if (given.isEmpty() || !given.get().toString().equalsIgnoreCase("CALDB")) {
            return given.map(TaskFile::path);
        }
        MissionTime time = new MissionTime(header.integer("MJDREFI").isPresent() ? header.needInteger("MJDREFI")
                : MissionTime.XRISM.mjdRefI(), header.real("MJDREFF").orElse(MissionTime.XRISM.mjdRefF()));
        OptionalDouble start = header.real("TSTART");
        Caldb caldb = Caldb.open(Optional.empty());
        return Optional.of(caldb.file(caldb.select(new CaldbQuery(kind, header.text("TELESCOP").orElse("XRISM"),
                header.text("INSTRUME").orElse("XTEND"),
                start.isPresent() ? OptionalDouble.of(time.mjd(start.getAsDouble())) : start, ""))));
    }
}
