// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.RoundedGaussian;
import org.xtendsxi.testdata.random.Streams;

/**
 * Reads one segment out: pixel = bias + dark + charge + noise, rounded and clipped by the ADC.
 *
 * <p>Pixels without charge, nearly all, come from the tables of {@link RoundedGaussian}; the others are drawn one by
 * one. Immutable, so that any number of threads may use it.
 */
public final class SegmentReadout {
    private static final ValueLayout.OfLong FOUR_WORDS = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final long FOUR_SIGNS = 0x8000800080008000L;
    private static final int WORD_BITS = 16;

    private final SimulationConfig config;
    private final int ccdId;
    private final int segment;
    private final int node;
    private final RowMap rows;
    private final Pedestal pedestal;
    private final List<HotPixel> hotPixels;
    private final RoundedGaussian noise;
    private final RoundedGaussian raised;
    private final List<ChargeEffect> effects;
    private final List<OddPixel> flickering;
    private final LevelShift shift;

    /**
     * Prepares a segment.
     *
     * @param config the simulation
     * @param rows mode in which it is read
     * @param ccdId 0..3
     * @param segment 0..1
     * @param noise tables for {@link SimulationConfig#noise()}, shared by all segments
     */
    public SegmentReadout(SimulationConfig config, RowMap rows, int ccdId, int segment, RoundedGaussian noise) {
        this.config = config;
        this.ccdId = ccdId;
        this.segment = segment;
        this.node = config.detector().activeNode()[Sxi.segmentIndex(ccdId, segment)];
        this.rows = rows;
        this.pedestal = Pedestal.of(config, rows, ccdId, segment);
        this.hotPixels = List.copyOf(HotPixel.draw(config, ccdId, segment));
        this.noise = noise;
        double last = config.noise(config.allCycles());
        this.raised = last == config.noise() ? noise : new RoundedGaussian(last);
        this.flickering = OddPixel.flickering(config, ccdId, segment);
        this.shift = new LevelShift(config, rows, ccdId, segment);
        this.effects = effects();
    }

    /** The effects that are on, in the order in which the charge meets them. */
    private List<ChargeEffect> effects() {
        List<ChargeEffect> out = new ArrayList<>();
        if (config.has(Effect.FLICKERING)) {
            out.add(new Flickering(config, rows, segment, node, flickering));
        }
        if (config.has(Effect.SATURATION)) {
            DetectorModel d = config.detector();
            out.add(new FullWell(d.geometry(), rows, d.defects().particles().fullWell()));
        }
        if (config.has(Effect.CTI)) {
            out.add(new ParallelTransfer(config, rows, ccdId, segment));
        }
        if (config.has(Effect.TRAIL)) {
            out.add(new ChargeTrail(config, rows));
        }
        if (config.has(Effect.CHARGE_INJECTION)) {
            InjectedRows injected = new InjectedRows(config, rows, ccdId, segment);
            injected.fill(pedestal.level64());
            out.add(injected);
        }
        if (config.has(Effect.EVEN_ODD)) {
            out.add(new EvenOddGain(config, ccdId, segment));
        }
        return List.copyOf(out);
    }

    /** CCD. */
    public int ccdId() {
        return ccdId;
    }

    /** Segment. */
    public int segment() {
        return segment;
    }

    /** Node in use. */
    public int node() {
        return node;
    }

    /** Levels without light. */
    public Pedestal pedestal() {
        return pedestal;
    }

    /** Hot pixels. */
    public List<HotPixel> hotPixels() {
        return hotPixels;
    }

    /** Flickering pixels. */
    public List<OddPixel> flickering() {
        return flickering;
    }

    /** Echo pixels. */
    public List<OddPixel> echoes() {
        return shift.echoes();
    }

    /**
     * Makes a frame.
     *
     * @param cycle the cycle, which decides the noise
     * @param charge electrons of photons and tracks; the other effects change it
     * @param out {@code 2 * geometry.pixels()} bytes, as the file stores them
     */
    public void read(int cycle, ChargeImage charge, MemorySegment out) {
        int[] levels = shift.apply(cycle, pedestal.level64());
        double sigma = config.noise(cycle);
        fill(Streams.of(config.seed(), Streams.Purpose.NOISE, cycle, ccdId, segment),
                sigma == config.noise() ? noise : raised, levels, out);
        UniformRandomProvider random = Streams.of(config.seed(), Streams.Purpose.SIGNAL, cycle, ccdId, segment);
        heat(random, charge);
        effects.forEach(e -> e.apply(cycle, charge));
        DetectorModel d = config.detector();
        ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(random);
        double aduPerElectron = d.aduPerElectron();
        for (Map.Entry<Integer, Double> e : charge.pixels().entrySet()) {
            double level = (double) levels[e.getKey()] / RoundedGaussian.FRACTIONS
                    + e.getValue() * aduPerElectron + sigma * gauss.sample();
            int value = clip((int) Math.floor(level + 0.5), d.adcMax());
            out.set(SegmentFrame.WORD, 2L * e.getKey(), (short) ((value ^ flip()) - SegmentFrame.ZERO));
        }
    }

    private void heat(UniformRandomProvider random, ChargeImage charge) {
        DetectorModel d = config.detector();
        FrameGeometry g = d.geometry();
        for (HotPixel p : hotPixels) {
            double mean = rows.darkShare() * p.level() * d.gain() / d.pairEnergy();
            for (int i = 0; i < rows.mode().timing().exposures(); i++) {
                int rawY = rows.rawY(i, p.actY());
                if (rawY != RowMap.NONE && mean > 0) {
                    charge.add(g.index(ReadNode.rawX(segment, node, p.actX()), rawY),
                            PoissonSampler.of(random, mean).sample());
                }
            }
        }
    }

    /** Bias, dark and noise of all pixels; two pixels per random number, four per store. */
    private void fill(UniformRandomProvider random, RoundedGaussian table, int[] level, MemorySegment out) {
        int max = config.detector().adcMax();
        long toFile = FOUR_SIGNS ^ 0x0001000100010001L * flip();
        int i = 0;
        for (; i + 4 <= level.length; i += 4) {
            long r = random.nextLong();
            long s = random.nextLong();
            long a = clip(table.draw(level[i], (int) r), max);
            long b = clip(table.draw(level[i + 1], (int) (r >>> Integer.SIZE)), max);
            long c = clip(table.draw(level[i + 2], (int) s), max);
            long d = clip(table.draw(level[i + 3], (int) (s >>> Integer.SIZE)), max);
            long word = a << 3 * WORD_BITS | b << 2 * WORD_BITS | c << WORD_BITS | d;
            out.set(FOUR_WORDS, 2L * i, word ^ toFile);
        }
        for (; i < level.length; i++) {
            int v = clip(table.draw(level[i], random.nextInt()), max);
            out.set(SegmentFrame.WORD, 2L * i, (short) ((v ^ flip()) - SegmentFrame.ZERO));
        }
    }

    private static int clip(int value, int max) {
        return Math.max(0, Math.min(value, max));
    }

    /** Bits that turn a value into its mirror image within the range of the ADC, for the inverted polarity. */
    private int flip() {
        return config.detector().inverted() ? config.detector().adcMax() : 0;
    }
}
