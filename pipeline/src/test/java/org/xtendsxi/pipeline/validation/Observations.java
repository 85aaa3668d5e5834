// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.validation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;

/** Simulated and hand-made observations, reduced through the command line. */
final class Observations {
    private Observations() {
    }

    /** Statistics of a validation: multiplied by the system property sxi.scale, 1 in a build. */
    static int scaled(int number) {
        return number * Integer.getInteger("sxi.scale", 1);
    }

    /** Prints a figure for the documentation; a build with the standard statistics stays silent. */
    static void tell(String format, Object... values) {
        if (scaled(1) > 1) {
            System.out.printf(format + "%n", values);
        }
    }

    /** Runs a quiet command line and returns its exit code. */
    static int run(Object... words) {
        return Main.run(Stream.concat(Stream.of("-q"), Arrays.stream(words).map(Object::toString))
                .toArray(String[]::new));
    }

    /** Simulates an observation under a folder. */
    static Path simulate(SimulationConfig config, Path folder) {
        return new ObservationWriter(config, folder).write(2, Console.silent());
    }

    /** Keywords of a hand-made observation. */
    static Keywords keywords(String dataClass) {
        MissionTime t = MissionTime.XRISM;
        return new Keywords().set("TELESCOP", "XRISM", "").set("INSTRUME", "XTEND", "").set("OBS_ID", "900000001", "")
                .set("DATACLAS", dataClass, "").set("TIMESYS", "TT", "").set("MJDREFI", t.mjdRefI(), "")
                .set("MJDREFF", t.mjdRefF(), "").set("RA_NOM", 83.6331, "").set("DEC_NOM", 22.0145, "")
                .set("PA_NOM", 0.0, "").set("CISTATUS", 0L, "").set("CIPERIOD", 0L, "").set("CIOFFSET", 0L, "")
                .set("CIFIRST", 1L, "");
    }

    /** Reads columns of a table whole, as numbers. */
    static List<double[]> columns(Path file, String table, String... names) {
        try (FitsReader f = FitsReader.open(file)) {
            Hdu h = f.need(table);
            try (EventChunk c = f.whole(h)) {
                return Arrays.stream(names).map(c::doubles).toList();
            }
        }
    }
}
