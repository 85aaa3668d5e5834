// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.RoundedGaussian;

class SegmentReadoutTest {
    private static final RowMap FULL = RowMap.of(DataMode.WINDOW1, 1, 640);

    private static SimulationConfig config(Set<Effect> effects, DetectorModel d) {
        return SimulationConfig.of(SceneKind.BLANK, 7, 1).withEffects(effects).withDetector(d);
    }

    private static SegmentReadout readout(SimulationConfig c, RowMap rows, int ccd, int segment) {
        return new SegmentReadout(c, rows, ccd, segment, new RoundedGaussian(c.noise()));
    }

    private static int[] read(SimulationConfig c, SegmentReadout r, int cycle, ChargeImage charge) {
        int n = c.detector().geometry().pixels();
        MemorySegment m = MemorySegment.ofArray(new byte[2 * n]);
        r.read(cycle, charge, m);
        int[] out = new int[n];
        Arrays.setAll(out, i -> m.get(SegmentFrame.WORD, 2L * i) + SegmentFrame.ZERO);
        return out;
    }

    /** Also with a layout whose pixels are no multiple of four. */
    @Test
    void idealFrameIsTheBiasOfEvenAndOddColumns() {
        for (FrameGeometry g : new FrameGeometry[] {DetectorModel.standard().geometry(),
            new FrameGeometry(3, 320, 6, 2, 641, 0)}) {
            SimulationConfig c = config(Set.of(), DetectorModel.standard().withGeometry(g));
            SegmentReadout r = readout(c, FULL, 2, 0);
            int[] v = read(c, r, 0, new ChargeImage());
            assertThat(r.pedestal().bias(0)).isNotEqualTo(r.pedestal().bias(1));
            for (int i = 0; i < v.length; i++) {
                int parity = i % g.width() - g.under() & 1;
                assertThat(v[i]).isEqualTo((int) Math.floor(r.pedestal().bias(parity) + 0.5));
            }
        }
    }

    @Test
    void segmentsAndCcdsHaveTheirOwnBias() {
        SimulationConfig c = config(Set.of(), DetectorModel.standard());
        double[] levels = new double[16];
        for (int i = 0; i < 16; i++) {
            levels[i] = readout(c, FULL, i / 4, i / 2 % 2).pedestal().bias(i % 2);
            assertThat(levels[i]).isBetween(940.0, 1060.0);
        }
        assertThat(Arrays.stream(levels).distinct().count()).isEqualTo(16);
    }

    @Test
    void otherPolarityIsTheMirrorImage() {
        SimulationConfig up = config(EnumSet.allOf(Effect.class), DetectorModel.standard());
        SimulationConfig down = config(EnumSet.allOf(Effect.class), DetectorModel.standard().withInverted(true));
        int[] a = read(up, readout(up, FULL, 0, 1), 4, new ChargeImage());
        int[] b = read(down, readout(down, FULL, 0, 1), 4, new ChargeImage());
        for (int i = 0; i < a.length; i++) {
            assertThat(b[i]).isEqualTo(4095 - a[i]);
        }
    }

    @Test
    void chargeIsDividedByTheGainAndClippedByTheAdc() {
        SimulationConfig c = config(Set.of(), DetectorModel.standard());
        FrameGeometry g = c.detector().geometry();
        SegmentReadout r = readout(c, FULL, 0, 0);
        ChargeImage q = new ChargeImage();
        q.add(g.index(10, 20), 1615);
        q.add(g.index(11, 20), 1e6);
        int[] v = read(c, r, 0, q);
        assertThat(v[g.index(10, 20)]).isEqualTo((int) Math.floor(r.pedestal().bias(0) + 1615 * 3.65 / 6.15 + 0.5));
        assertThat(v[g.index(11, 20)]).isEqualTo(4095);
    }

    @Test
    void noiseIsWhite() {
        SimulationConfig c = config(Set.of(Effect.NOISE), DetectorModel.standard());
        SegmentReadout r = readout(c, FULL, 3, 1);
        FrameGeometry g = c.detector().geometry();
        double[] a = noise(c, r, 0, g);
        double[] b = noise(c, r, 1, g);
        int n = a.length;
        assertThat(correlation(a, b, 0)).isCloseTo(0, within(4 / Math.sqrt(n)));
        for (int lag : new int[] {1, 2, 3, 4, g.width()}) {
            assertThat(correlation(a, a, lag)).as("lag " + lag).isCloseTo(0, within(4 / Math.sqrt(n)));
        }
        double variance = Arrays.stream(a).map(v -> v * v).sum() / n;
        assertThat(variance).isCloseTo(5.4 * 5.4 + 1 / 12.0, within(4 * 5.4 * 5.4 * Math.sqrt(2.0 / n)));
    }

    private static double[] noise(SimulationConfig c, SegmentReadout r, int cycle, FrameGeometry g) {
        int[] v = read(c, r, cycle, new ChargeImage());
        double[] out = new double[v.length];
        Arrays.setAll(out, i -> v[i] - r.pedestal().bias(i % g.width() - g.under() & 1));
        return out;
    }

    private static double correlation(double[] a, double[] b, int lag) {
        double sum = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i + lag < a.length; i++) {
            sum += a[i] * b[i + lag];
            aa += a[i] * a[i];
            bb += b[i + lag] * b[i + lag];
        }
        return sum / Math.sqrt(aa * bb);
    }

    @Test
    void darkLevelBelongsToThePlaceOnTheCcd() {
        SimulationConfig a = config(Set.of(Effect.DARK), DetectorModel.standard());
        SimulationConfig b = config(Set.of(Effect.DARK),
                DetectorModel.standard().with(5.4, 0.11, new int[] {1, 0, 1, 0, 1, 0, 1, 0}));
        double[] nodeA = readout(a, FULL, 1, 0).pedestal().dark();
        double[] nodeB = readout(b, FULL, 1, 0).pedestal().dark();
        double[] window = readout(a, RowMap.of(DataMode.WINDOW2, 455, 80), 1, 0).pedestal().dark();
        double share = DataMode.WINDOW2.timing().timeDel() / DataMode.WINDOW1.timing().timeDel();
        for (int y = 0; y < 640; y += 13) {
            for (int x = 0; x < 320; x += 7) {
                assertThat(nodeB[y * 320 + 319 - x]).isEqualTo(nodeA[y * 320 + x]);
                int actY = y % 80 + 455;
                assertThat(window[y * 320 + x]).isCloseTo(share * nodeA[(actY - 1) * 320 + x], within(1 / 64.0));
            }
        }
    }

    @Test
    void hotPixelsFluctuateAroundTheirLevel() {
        SimulationConfig c = config(Set.of(Effect.HOT_PIXELS), DetectorModel.standard());
        SegmentReadout r = readout(c, FULL, 1, 1);
        assertThat(r.hotPixels()).hasSize(3);
        for (HotPixel p : r.hotPixels()) {
            int rawX = ReadNode.rawX(1, r.node(), p.actX());
            int at = c.detector().geometry().index(rawX, p.actY() - 1);
            double[] v = new double[60];
            Arrays.setAll(v, i -> read(c, r, i, new ChargeImage())[at] - r.pedestal().bias(rawX & 1));
            double sigma = Math.sqrt(p.level() * 6.15 / 3.65) * 3.65 / 6.15;
            assertThat(Arrays.stream(v).average().orElseThrow())
                    .isCloseTo(p.level(), within(5 * sigma / Math.sqrt(60)));
            assertThat(Arrays.stream(v).distinct().count()).isGreaterThan(5);
        }
    }
}
