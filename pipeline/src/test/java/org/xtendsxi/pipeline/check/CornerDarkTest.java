// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.cli.Main;

/** Residual dark of event lists whose residual is known. */
@Tag("validation")
class CornerDarkTest {
    private static final double NOISE = 5.4;

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "3.3, false", "3.3, true", "-6, false", "8, false"})
    void cutAtTheSplitThresholdLeavesNoBias(double level, boolean median) {
        SplittableRandom r = new SplittableRandom(4);
        CornerHistogram h = new CornerHistogram(15);
        int n = 0;
        while (n < 20000) {
            int[] c = r.ints(4, 0, 1).map(k -> (int) Math.round(level + NOISE * r.nextGaussian())).toArray();
            if (java.util.Arrays.stream(c).allMatch(v -> v < 15)) {
                h.add(c);
                n++;
            }
        }
        CornerHistogram.Level found = h.level(median);
        assertThat(found.error()).isLessThan(0.03);
        assertThat(found.level()).isCloseTo(level, within(4 * found.error()));
    }

    /** Events of two segments in 200 s; CCD 1 has a residual of 4 in rows below 160 of segment 1 after 100 s. */
    private Path list(int events) {
        EventSchema schema = new EventSchema(EventColumns.raw());
        SplittableRandom r = new SplittableRandom(8);
        double[] time = new double[events];
        int[] segment = new int[events];
        int[] x = new int[events];
        int[] y = new int[events];
        short[] phas = new short[9 * events];
        for (int i = 0; i < events; i++) {
            time[i] = 1000 + 200.0 * i / events;
            segment[i] = i % 2;
            x[i] = r.nextInt(320);
            y[i] = r.nextInt(640);
            double level = segment[i] == 1 && y[i] < 160 && time[i] >= 1100 ? 4 : 0;
            phas[9 * i] = 900;
            for (int k = 1; k < 9; k++) {
                phas[9 * i + k] = (short) Math.round(level + NOISE * r.nextGaussian());
            }
            if (i % 3 == 0) {
                phas[9 * i + 4] = 300;
                phas[9 * i + 1] = 14;
            }
        }
        Path file = dir.resolve("events.evt");
        Keywords k = new Keywords().set("TSTART", 1000.0, "").set("TSTOP", 1200.0, "");
        try (EventChunk c = EventChunk.allocate(schema, 0, events); FitsWriter w = FitsWriter.create(file)) {
            c.put("TIME", time);
            c.put("CCD_ID", new int[events]);
            c.put("SEGMENT", segment);
            c.put("RAWX", x);
            c.put("RAWY", y);
            c.put("PHAS_INNER3X3", phas);
            w.primary(k);
            w.table("EVENTS", c, k);
            w.commit();
        }
        return file;
    }

    @Test
    void residualIsFoundWhereAndWhenItIs() {
        CornerDark.Result r = new CornerDark(new CornerDark.Settings(15, 100, 160, 25, false, 0.5)).check(list(9000));
        assertThat(r.segments()).hasSize(2);
        assertThat(r.cells()).hasSize(2 * 2 * 8).allSatisfy(c -> {
            double truth = c.segment() == 1 && c.rawY() == 0 && c.start() == 1100 ? 4 : 0;
            assertThat(c.residual()).as(c.toString()).isCloseTo(truth, within(4 * c.error()));
            assertThat(c.verdict()).isEqualTo(truth > 0 ? "high" : "ok");
            assertThat(c.share()).as("two thirds, less those with a neighbour above 15 by noise, 280 events")
                    .isBetween(0.45, 0.8);
        });
    }

    @Test
    void tooFewEventsAreNotJudged() {
        CornerDark.Result r = new CornerDark(new CornerDark.Settings(15, 0, 640, 25, false, 0.5)).check(list(60));
        assertThat(r.cells()).hasSize(2).allSatisfy(c -> assertThat(c.verdict()).isEqualTo("few"));
    }

    @Test
    void wordsAndFilesOfTheCommandAreChecked() {
        Path file = list(900);
        assertThat(Main.run("-q", "check", "dark", file.toString(), "--json")).isZero();
        for (List<String> bad : List.of(List.of("--split", "0"), List.of("--region", "4"),
                List.of("--estimator", "mode"),
                List.of("--bin", "-1"), List.of("--min", "0"))) {
            assertThat(Main.run("-q", "check", "dark", file.toString(), bad.get(0), bad.get(1))).as(bad.toString())
                    .isEqualTo(2);
        }
        assertThat(Main.run("-q", "check", "dark", dir.resolve("none.evt").toString())).isEqualTo(3);
        assertThat(Main.run("-q", "check")).isEqualTo(2);
    }
}
