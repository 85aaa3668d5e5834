// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.RoundedGaussian;
import org.xtendsxi.testdata.random.Streams;

/**
 * Level of every pixel of a segment frame without light: the bias of its ASIC, and in active pixels the dark level.
 *
 * <p>Even and odd RAWX go to different ASICs (frames-and-science section 1.5); blank columns go on counting, column c
 * of a frame having the parity of {@code c - HUCLEGTH}. All levels are whole multiples of 1/64 adu, so that what is
 * written as truth is exactly what was used.
 */
public final class Pedestal {
    private final double[] bias;
    private final double[] dark;
    private final int[] level64;

    private Pedestal(double[] bias, double[] dark, int[] level64) {
        this.bias = bias;
        this.dark = dark;
        this.level64 = level64;
    }

    /** The levels of one segment read in a mode. */
    public static Pedestal of(SimulationConfig c, RowMap rows, int ccdId, int segment) {
        DetectorModel d = c.detector();
        FrameGeometry g = d.geometry();
        int node = d.activeNode()[Sxi.segmentIndex(ccdId, segment)];
        UniformRandomProvider random = Streams.of(c.seed(), Streams.Purpose.BIAS, ccdId, segment);
        double[] bias = new double[2];
        for (int parity = 0; parity < 2; parity++) {
            bias[parity] = quantise(d.biasMean() + d.biasSpread() * (2 * random.nextDouble() - 1));
        }
        double[] dark = c.has(Effect.DARK) ? darkOfSegment(c, rows, ccdId, segment, node)
                : new double[g.active() * g.rows()];
        int[] level = new int[g.pixels()];
        for (int y = 0; y < g.height(); y++) {
            for (int x = 0; x < g.width(); x++) {
                int rawX = x - g.under();
                int rawY = y - g.vUnder();
                boolean active = rawX >= 0 && rawX < g.active() && rawY >= 0 && rawY < g.rows();
                double v = bias[rawX & 1] + (active ? dark[rawY * g.active() + rawX] : 0);
                level[y * g.width() + x] = (int) Math.round(v * RoundedGaussian.FRACTIONS);
            }
        }
        return new Pedestal(bias, dark, level);
    }

    /** The dark level belongs to a place on the CCD, whichever node reads it and in whichever row of the frame. */
    private static double[] darkOfSegment(SimulationConfig c, RowMap rows, int ccdId, int segment, int node) {
        DetectorModel d = c.detector();
        FrameGeometry g = d.geometry();
        ZigguratSampler.NormalizedGaussian gauss =
                ZigguratSampler.NormalizedGaussian.of(Streams.of(c.seed(), Streams.Purpose.DARK, ccdId, segment));
        double[] byPlace = new double[g.active() * Sxi.ACT_SIZE];
        for (int i = 0; i < byPlace.length; i++) {
            byPlace[i] = Math.max(0, d.darkMean() + d.darkSpread() * gauss.sample());
        }
        double[] out = new double[g.active() * g.rows()];
        int first = segment * Sxi.RAW_COLUMNS + 1;
        for (int rawY = 0; rawY < g.rows(); rawY++) {
            for (int rawX = 0; rawX < g.active(); rawX++) {
                int place = (rows.actY(rawY) - 1) * g.active() + ReadNode.actX(segment, node, rawX) - first;
                out[rawY * g.active() + rawX] = quantise(rows.darkShare() * byPlace[place]);
            }
        }
        return out;
    }

    private static double quantise(double adu) {
        return Math.rint(adu * RoundedGaussian.FRACTIONS) / RoundedGaussian.FRACTIONS;
    }

    /** Bias of even (0) or odd (1) RAWX, adu. */
    public double bias(int parity) {
        return bias[parity];
    }

    /** Dark levels of the active pixels, adu, row-major in RAWX and RAWY; hot pixels not included. */
    public double[] dark() {
        return dark.clone();
    }

    /** Levels of all pixels of the frame in 1/64 adu; only the set-up of a readout may change them (injected rows). */
    int[] level64() {
        return level64;
    }
}
