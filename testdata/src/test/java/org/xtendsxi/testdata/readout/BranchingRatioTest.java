// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
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
 * Grades and line width of 5.9 keV photons against an independent Monte Carlo (frames-and-science section 4.3, row
 * 0.110 px and 5.4 channels), with its set-up: 3x3 pixels, event threshold 40, split threshold 15, strict maximum. The
 * photons stand 8 pixels apart, so that none meets another.
 */
@Tag("validation")
class BranchingRatioTest {
    private static final double[] PUBLISHED = {26.15, 0.37, 25.44, 12.73, 12.77, 0.63, 21.42, 0.49};
    /** Band of frames-and-science section 4.4, item 1; the Monte Carlo gave 172 eV with an unknown clipping. */
    private static final double NARROWEST = 165;
    private static final double WIDEST = 178;
    private static final double ENERGY = 5895;
    private static final int FRAMES = 40;
    private static final int PITCH = 8;
    private static final int EVENT = 40;
    private static final int SPLIT = 15;

    private static final int[] GRADES = new int[8];
    private static final double[] SUMS = new double[FRAMES * 40 * 80];
    private static int events;
    private static int good;

    @BeforeAll
    static void simulate() {
        SimulationConfig c = SimulationConfig.of(SceneKind.BLANK, 3, 1)
                .withEffects(Set.of(Effect.NOISE, Effect.FANO, Effect.SPREAD, Effect.DARK));
        DetectorModel d = c.detector();
        SegmentReadout readout = new SegmentReadout(c, RowMap.of(DataMode.WINDOW1, 1, 640), 1, 1,
                new RoundedGaussian(c.noise()));
        MemorySegment pixels = MemorySegment.ofArray(new byte[2 * d.geometry().pixels()]);
        double[] dark = readout.pedestal().dark();
        for (int frame = 0; frame < FRAMES; frame++) {
            readout.read(frame, photons(d, frame), pixels);
            collect(readout.pedestal(), dark, d.geometry(), pixels);
        }
    }

    private static ChargeImage photons(DetectorModel d, int frame) {
        var random = Streams.of(9, Streams.Purpose.CHARGE, frame);
        PairCreation pairs = PairCreation.of(d, true);
        ChargeCloud cloud = new ChargeCloud(d.cloudSigma());
        ChargeImage charge = new ChargeImage();
        for (int y = PITCH / 2; y < 640; y += PITCH) {
            for (int x = PITCH / 2; x < 320; x += PITCH) {
                cloud.spread(x + random.nextDouble() - 0.5, y + random.nextDouble() - 0.5,
                        pairs.electrons(ENERGY, random), (i, j, q) -> charge.add(d.geometry().index(i, j), q));
            }
        }
        return charge;
    }

    private static void collect(Pedestal level, double[] dark, FrameGeometry g, MemorySegment pixels) {
        int[][] h = new int[640][320];
        for (int y = 0; y < 640; y++) {
            for (int x = 0; x < 320; x++) {
                int v = pixels.get(SegmentFrame.WORD, 2L * g.index(x, y)) + SegmentFrame.ZERO;
                h[y][x] = (int) Math.floor(v - level.bias(x & 1) - dark[y * 320 + x] + 0.5);
            }
        }
        for (int y = 1; y < 639; y++) {
            for (int x = 1; x < 319; x++) {
                if (h[y][x] >= EVENT && isPeak(h, x, y)) {
                    event(h, x, y);
                }
            }
        }
    }

    private static boolean isPeak(int[][] h, int x, int y) {
        for (int j = -1; j <= 1; j++) {
            for (int i = -1; i <= 1; i++) {
                if ((i != 0 || j != 0) && h[y + j][x + i] >= h[y][x]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void event(int[][] h, int x, int y) {
        boolean[][] set = new boolean[3][3];
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 3; i++) {
                set[j][i] = h[y + j - 1][x + i - 1] >= SPLIT;
            }
        }
        int grade = grade(set);
        int dx = set[1][0] ? -1 : set[1][2] ? 1 : 0;
        int dy = set[0][1] ? -1 : set[2][1] ? 1 : 0;
        // one pixel, two, or the square of an L with its corner (energy-chain section 8.5)
        int sum = h[y][x] + (dx != 0 ? h[y][x + dx] : 0) + (dy != 0 ? h[y + dy][x] : 0)
                + (dx != 0 && dy != 0 ? h[y + dy][x + dx] : 0);
        GRADES[grade]++;
        events++;
        if (grade == 0 || grade == 2 || grade == 3 || grade == 4 || grade == 6) {
            SUMS[good++] = sum;
        }
    }

    /** The grades of energy-chain section 8.3, from the picture: rows of the 3x3 upwards. */
    private static int grade(boolean[][] s) {
        boolean down = s[0][1];
        boolean left = s[1][0];
        boolean right = s[1][2];
        boolean up = s[2][1];
        int edges = (down ? 1 : 0) + (left ? 1 : 0) + (right ? 1 : 0) + (up ? 1 : 0);
        int corners = (s[0][0] ? 1 : 0) + (s[0][2] ? 1 : 0) + (s[2][0] ? 1 : 0) + (s[2][2] ? 1 : 0);
        if (edges == 0) {
            return corners == 0 ? 0 : 1;
        }
        if (edges == 1) {
            int touching = down ? one(s[0][0]) + one(s[0][2]) : up ? one(s[2][0]) + one(s[2][2])
                    : left ? one(s[0][0]) + one(s[2][0]) : one(s[0][2]) + one(s[2][2]);
            return touching == 1 ? 5 : touching == 2 ? 7 : left ? 3 : right ? 4 : 2;
        }
        if (edges > 2 || left == right) {
            return 7;
        }
        boolean detached = down == left ? s[0][2] || s[2][0] : s[0][0] || s[2][2];
        return detached ? 7 : 6;
    }

    private static int one(boolean b) {
        return b ? 1 : 0;
    }

    @Test
    void everyPhotonIsAnEvent() {
        assertThat(events).isBetween((int) (0.998 * SUMS.length), SUMS.length);
    }

    @Test
    void branchingRatiosAreThePublishedOnes() {
        for (int grade = 0; grade < GRADES.length; grade++) {
            double p = PUBLISHED[grade] / 100;
            double statistics = 100 * Math.sqrt(p * (1 - p) / events);
            assertThat(100.0 * GRADES[grade] / events).as("grade " + grade)
                    .isCloseTo(PUBLISHED[grade], within(4 * statistics + 0.05));
        }
    }

    @Test
    void lineWidthIsInTheAcceptedBand() {
        double[] ev = Arrays.stream(SUMS, 0, good).map(v -> 6.15 * v).toArray();
        double mean = ENERGY;
        double sigma = 100;
        for (int i = 0; i < 20; i++) {
            double low = mean - 3 * sigma;
            double high = mean + 3 * sigma;
            double[] core = Arrays.stream(ev).filter(v -> v > low && v < high).toArray();
            double m = Arrays.stream(core).average().orElseThrow();
            sigma = Math.sqrt(Arrays.stream(core).map(v -> (v - m) * (v - m)).average().orElseThrow());
            mean = m;
        }
        assertThat(2.355 * sigma).isBetween(NARROWEST, WIDEST);
        assertThat(mean).isCloseTo(ENERGY, within(30.0));
    }
}
