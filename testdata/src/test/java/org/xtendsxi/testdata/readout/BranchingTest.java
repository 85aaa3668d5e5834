// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.testdata.charge.ChargeCloud;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.charge.PairCreation;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.RoundedGaussian;
import org.xtendsxi.testdata.random.Streams;

/**
 * The whole chain from photon to pixel against the table of frames-and-science section 4.3 (row 0.110 / 5.4), with a
 * counter of 3x3 grades of its own: strict maximum, event threshold 40, split threshold 15, no outer pixels.
 */
class BranchingTest {
    private static final double ENERGY = 5895;
    private static final int STEP = 6;
    private static final int FRAMES = 50;
    private static final double[] TABLE = {26.15, 0.37, 25.44, 12.73, 12.77, 0.63, 21.42, 0.49};
    /** Pixels of the 3x3, row by row: index of the edges and, for each edge, the corners that touch it. */
    private static final int[] EDGES = {1, 3, 5, 7};
    private static final int[][] TOUCHING = {{0, 2}, {0, 6}, {2, 8}, {6, 8}};
    private static final int[] EDGE_GRADE = {2, 3, 4, 2};
    private static final int CENTRE = 4;

    private final long[] grades = new long[8];
    private final double[] sums = new double[FRAMES * 6000];
    private final RoundedGaussian noise = new RoundedGaussian(DetectorModel.standard().readNoise());
    private int good;

    @Test
    @Tag("validation")
    void gradesAndWidthOfManganeseAreThePublishedOnes() {
        for (int f = 0; f < FRAMES; f++) {
            // Another seed is another bias: its fraction of a channel shifts the thresholds of a whole segment.
            frame(SimulationConfig.of(SceneKind.FE55, f, 1)
                    .withEffects(EnumSet.of(Effect.NOISE, Effect.FANO, Effect.SPREAD)), f);
        }
        long all = 0;
        for (long g : grades) {
            all += g;
        }
        for (int g = 0; g < TABLE.length; g++) {
            assertThat(100.0 * grades[g] / all).as("grade %d, %% of %d events", g, all).isCloseTo(TABLE[g], within(0.3));
        }
        assertThat(fwhm()).as("FWHM, eV").isCloseTo(172, within(4.0));
    }

    /** Fills a segment with photons that do not touch each other, reads it and grades what comes out. */
    private void frame(SimulationConfig c, int number) {
        DetectorModel d = c.detector();
        FrameGeometry g = d.geometry();
        RowMap rows = RowMap.of(DataMode.WINDOW1, 1, g.rows());
        SegmentReadout readout = new SegmentReadout(c, rows, 0, 0, noise);
        ChargeImage charge = new ChargeImage();
        ChargeCloud cloud = new ChargeCloud(d.cloudSigma());
        PairCreation pairs = PairCreation.of(d, true);
        UniformRandomProvider random = Streams.of(c.seed(), Streams.Purpose.PHOTONS, number);
        for (int y = 3; y < g.rows() - 3; y += STEP) {
            for (int x = 3; x < g.active() - 3; x += STEP) {
                cloud.spread(x + random.nextDouble() - 0.5, y + random.nextDouble() - 0.5,
                        pairs.electrons(ENERGY, random), (px, py, q) -> charge.add(g.index(px, py), q));
            }
        }
        MemorySegment pixels = MemorySegment.ofArray(new byte[2 * g.pixels()]);
        readout.read(number, charge, pixels);
        int[] island = new int[9];
        for (int y = 3; y < g.rows() - 3; y += STEP) {
            for (int x = 3; x < g.active() - 3; x += STEP) {
                // The photon's pixel, or the neighbour to which noise moved the maximum.
                for (int at = 0; at < 9; at++) {
                    island(readout, pixels, g, x + at % 3 - 1, y + at / 3 - 1, island);
                    grade(d, island);
                }
            }
        }
    }

    private static void island(SegmentReadout r, MemorySegment pixels, FrameGeometry g, int x, int y, int[] out) {
        for (int i = 0; i < 9; i++) {
            int px = x + i % 3 - 1;
            int raw = pixels.get(SegmentFrame.WORD, 2L * g.index(px, y + i / 3 - 1))
                    + SegmentFrame.ZERO;
            out[i] = (int) Math.floor(raw - r.pedestal().bias(px & 1) + 0.5);
        }
    }

    private void grade(DetectorModel d, int[] p) {
        if (p[CENTRE] < d.eventThreshold()) {
            return;
        }
        for (int i = 0; i < 9; i++) {
            if (i != CENTRE && p[i] >= p[CENTRE]) {
                return;
            }
        }
        int split = d.splitThreshold();
        int edges = 0;
        int corners = 0;
        int edge = 0;
        double sum = p[CENTRE];
        for (int e = 0; e < EDGES.length; e++) {
            if (p[EDGES[e]] >= split) {
                edges++;
                edge = e;
                sum += p[EDGES[e]];
            }
        }
        for (int i = 0; i < 9; i += 2) {
            corners += i != CENTRE && p[i] >= split ? 1 : 0;
        }
        int grade = switch (edges) {
            case 0 -> corners == 0 ? 0 : 1;
            case 1 -> switch ((p[TOUCHING[edge][0]] >= split ? 1 : 0) + (p[TOUCHING[edge][1]] >= split ? 1 : 0)) {
                case 0 -> EDGE_GRADE[edge];
                case 1 -> 5;
                default -> 7;
            };
            case 2 -> square(p, split, corners);
            default -> 7;
        };
        grades[grade]++;
        if (grade == 6) {
            int c = shared(p, split);
            sum += p[c] >= split ? p[c] : 0;
        }
        if (grade != 1 && grade != 5 && grade != 7) {
            sums[good++] = sum * d.gain();
        }
    }

    private static int square(int[] p, int split, int corners) {
        int c = shared(p, split);
        return c >= 0 && corners == (p[c] >= split ? 1 : 0) ? 6 : 7;
    }

    /** Corner between two edges that meet, or -1 where they face each other. */
    private static int shared(int[] p, int split) {
        boolean low = p[1] >= split;
        boolean left = p[3] >= split;
        if (low == p[7] >= split || left == p[5] >= split) {
            return -1;
        }
        return (low ? 0 : 6) + (left ? 0 : 2);
    }

    /** Width of the core: clipped at three standard deviations until it stands still. */
    private double fwhm() {
        double mean = 0;
        double sigma = Double.MAX_VALUE / 4;
        for (int pass = 0; pass < 20; pass++) {
            double n = 0;
            double s = 0;
            double q = 0;
            for (int i = 0; i < good; i++) {
                if (Math.abs(sums[i] - mean) < 3 * sigma) {
                    double v = sums[i] - ENERGY;
                    n++;
                    s += v;
                    q += v * v;
                }
            }
            mean = ENERGY + s / n;
            sigma = Math.sqrt(q / n - s / n * (s / n));
        }
        return 2 * Math.sqrt(2 * Math.log(2)) * sigma;
    }
}
