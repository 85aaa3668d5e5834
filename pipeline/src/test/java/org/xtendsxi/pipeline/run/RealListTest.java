// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.cli.Main;

/** Products of a real event list of the archive against plain histograms of its columns. */
@Tag("validation")
class RealListTest {
    private static final Path LIST = Path.of(System.getProperty("sxi.shared",
            Path.of(System.getProperty("sxi.root", ".")).resolve("../shared").toString()))
            .resolve("real/xa300045010rsl_calpix_cl2.evt.gz");
    private static final int BIN = 512;

    @TempDir
    Path dir;

    private Path product(String suffix) throws java.io.IOException {
        try (var files = Files.list(dir)) {
            return files.filter(p -> p.toString().endsWith(suffix)).findFirst().orElseThrow();
        }
    }

    @Test
    void spectrumImageAndLightCurveAreHistogramsOfTheColumns() throws java.io.IOException {
        assumeTrue(Files.exists(LIST), "the real event list is not here: " + LIST);
        assertThat(Main.run("-q", "products", LIST.toString(), "--out", dir.toString(), "--bin", Integer.toString(BIN)))
                .isZero();
        GtiList gti = GtiTable.read(LIST);
        try (FitsReader f = FitsReader.open(LIST); EventChunk t = f.whole(f.need("EVENTS"))) {
            Keywords k = f.need("EVENTS").keywords();
            double delay = k.real("TIMEDEL").orElse(0) * (0.5 - k.real("TIMEPIXR").orElse(0));
            double[] time = Arrays.stream(t.doubles("TIME")).map(v -> v + delay).toArray();
            int[] pi = t.ints("PI");
            boolean[] good = new boolean[pi.length];
            for (int i = 0; i < good.length; i++) {
                good[i] = gti.contains(time[i]);
            }
            spectrum(pi, good, t.schema().column("PI").min().orElseThrow());
            image(t.doubles("X"), t.doubles("Y"), good);
            curve(time, good, gti);
        }
    }

    private void spectrum(int[] pi, boolean[] good, long first) throws java.io.IOException {
        try (FitsReader f = FitsReader.open(product(".pha")); EventChunk s = f.whole(f.need("SPECTRUM"))) {
            long[] counts = new long[s.rows()];
            for (int i = 0; i < pi.length; i++) {
                if (good[i] && pi[i] >= first && pi[i] - first < counts.length) {
                    counts[(int) (pi[i] - first)]++;
                }
            }
            assertThat(s.longs("COUNTS")).isEqualTo(counts);
            assertThat(Arrays.stream(counts).sum()).isGreaterThan(1000);
        }
    }

    private void image(double[] x, double[] y, boolean[] good) throws java.io.IOException {
        try (FitsReader f = FitsReader.open(product("src.img"))) {
            Hdu h = f.primary();
            List<Integer> axes = h.axes();
            int[] counts = new int[axes.get(0) * axes.get(1)];
            for (int i = 0; i < x.length; i++) {
                if (good[i] && x[i] >= 1 && x[i] <= axes.get(0) && y[i] >= 1 && y[i] <= axes.get(1)) {
                    counts[(int) (y[i] - 1) * axes.get(0) + (int) (x[i] - 1)]++;
                }
            }
            ByteBuffer b = ByteBuffer.allocate(4 * counts.length);
            f.readData(h, 0, b);
            int[] found = new int[counts.length];
            b.flip().asIntBuffer().get(found);
            assertThat(found).isEqualTo(counts);
            assertThat(h.keywords().needReal("CRVAL1")).isCloseTo(266.557125937341, within(1e-6));
        }
    }

    private void curve(double[] time, boolean[] good, GtiList gti) throws java.io.IOException {
        try (FitsReader f = FitsReader.open(product(".lc")); EventChunk r = f.whole(f.need("RATE"))) {
            double zero = f.need("RATE").keywords().needReal("TIMEZERO");
            double[] centre = r.doubles("TIME");
            double[] rate = r.doubles("RATE");
            assertThat(centre.length).isGreaterThan(10);
            for (int b = 0; b < centre.length; b++) {
                double start = zero + centre[b] - BIN / 2.0;
                long n = 0;
                for (int i = 0; i < time.length; i++) {
                    n += good[i] && time[i] >= start && time[i] < start + BIN ? 1 : 0;
                }
                double exposed = gti.overlap(start, start + BIN);
                assertThat(rate[b]).as("bin %d", b).isCloseTo(n / exposed, within(1e-6 * (1 + n / exposed)));
            }
        }
    }
}
