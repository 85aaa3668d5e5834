// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.FrameWriter;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.pipeline.frames.HandFrame;

/**
 * Live time of 1,000 cycles of each mode through {@code sxi run}, against the timing table as it is printed in
 * frames-and-science section 1.6: seconds per cycle are typed here, not taken from the program.
 */
@Tag("validation")
class LiveTimeTest {
    private static final int CYCLES = 1000;
    private static final double START = 257558400;
    private static final String STEM = "xa900000001xtd_p0";
    private static final List<String> TIMING = List.of("NOMEXPO", "TIMEDEL", "TIMTRANB", "TIMTRANA", "EXPDEADB",
            "EXPDEADA", "FLUSHIMB", "LASTDEAD", "LASTDEL");

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({
        "WINDOW1,       30000010, 3.963136,  1, 3.963136,  0.036864",
        "WINDOW1BURST,  31200010, 1.9395648, 1, 1.9395648, 2.0234304",
        "WINDOW1BURST2, 31200010, 0.0605952, 1, 0.0605952, 3.9024",
        "WINDOW2,       31100010, 0.4631184, 8, 0.4632592, 0.036864",
        "WINDOW2BURST,  31300010, 0.0605952, 8, 0.0605952, 0.4002048"})
    void thousandCycles(DataMode mode, String dataClass, double live, int exposures, double last, double first) {
        double cycle = (exposures - 1) * live + last;
        Path out = run(mode, dataClass, true, n -> false, n -> false);
        check(out, dataClass, CYCLES * cycle, CYCLES * exposures, START + first, 2 * CYCLES);
        // timing keywords absent; every 40th cycle is lost, and in every 100th the second segment
        Path lossy = run(mode, dataClass, false, n -> n % 40 == 7, n -> n % 100 == 50);
        check(lossy, dataClass, (CYCLES - 25 - 10) * cycle, (CYCLES - 35) * exposures, START + first,
                2 * (CYCLES - 25) - 10);
    }

    private Path run(DataMode mode, String dataClass, boolean timed, IntPredicate lost, IntPredicate half) {
        Path frames = dir.resolve("900000001/xtend/frames/" + STEM + dataClass + "_fr.fits");
        // the lowest frame of the mode: three rows per sub-exposure
        FrameGeometry g = new FrameGeometry(0, 320, 2, 0, 3 * mode.timing().exposures(), 0);
        HandFrame pixels = new HandFrame(g, 1000);
        try (FrameWriter w = new FrameWriter(frames, HandFrame.header(g, mode, false),
                Observations.keywords(dataClass))) {
            if (!timed) {
                Keywords k = w.keywords();
                TIMING.forEach(k::remove);
            }
            for (int n = 0; n < CYCLES; n++) {
                for (int s = 0; s < 2; s++) {
                    if (!lost.test(n) && !(s == 1 && half.test(n))) {
                        w.accept(pixels.frame(1, s, s, FrameType.RAW, START + 4.0 * n, n + 1));
                    }
                }
            }
            w.commit();
        }
        Path out = dir.resolve("out");
        assertThat(Observations.run("run", dir.resolve("900000001"), "--out", out, "--exit", "events", "--fresh",
                "--set", "dark.method=none")).isZero();
        return out;
    }

    private static void check(Path out, String dataClass, double seconds, int intervals, double firstStart, int rows) {
        for (String name : List.of(STEM + dataClass + "_uf.evt", "xa900000001xtd_a0exp.fits")) {
            try (FitsReader f = FitsReader.open(out.resolve("xtend/event_uf/" + name))) {
                Hdu table = f.hdus().get(1);
                for (String k : List.of("EXPOSURE", "LIVETIME", "ONTIME")) {
                    assertThat(table.keywords().needReal(k)).as(name + " " + k).isCloseTo(seconds, within(1e-6));
                }
                try (EventChunk gti = f.whole(f.need("GTI"))) {
                    double[] start = gti.doubles("START");
                    double[] stop = gti.doubles("STOP");
                    double total = 0;
                    for (int i = 0; i < start.length; i++) {
                        total += stop[i] - start[i];
                    }
                    assertThat(start).hasSize(intervals);
                    assertThat(start[0]).isCloseTo(firstStart, within(1e-6));
                    assertThat(total).as(name + " GTI").isCloseTo(seconds, within(1e-6 * seconds));
                }
                if (table.name().equals("EXPOSURE")) {
                    assertThat(table.rows()).isEqualTo(rows);
                }
            }
        }
    }
}
