// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.extraction.ExtractionSettings;
import org.xtendsxi.pipeline.extraction.Extractor;
import org.xtendsxi.pipeline.frames.HandFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.testdata.charge.ChargeCloud;
import org.xtendsxi.testdata.charge.PairCreation;

/**
 * What the rule of ties costs at low energy (frames-and-science section 2.2): clouds of 0.112 pixel, noise of 5.4
 * channels, 6.15 eV per channel, whole adu. The losses printed there were made by another program, which counts photons
 * whose highest pixel has an equal, whatever its height. An event threshold spares many of them at low energy, because
 * the charge of a photon that is shared by two pixels may not reach it: the losses at 40 channels are from a short
 * program in numpy, with 10^6 photons per line.
 */
@Tag("validation")
class TieRuleTest {
    private static final double CHANNEL = 6.15;
    private static final double NOISE = 5.4;
    private static final int BIAS = 1000;
    private static final int STEP = 5;
    private static final int THRESHOLD = 40;
    private static final FrameGeometry GEOMETRY = new FrameGeometry(0, 320, 2, 0, 640, 0);
    private static final FrameHeader HEADER = HandFrame.header(GEOMETRY);
    private static final int FRAMES = Observations.scaled(10);
    /** The printed figures have two digits; how many photons gave them is not said, 200,000 is assumed. */
    private static final double ROUNDING = 0.005;
    private static final double PRINTED_PHOTONS = 2e5;

    private long photons;
    private long lost;
    private long events;
    private long eventsLost;

    private static Extractor.Extraction only(Extractor extractor, List<Extractor.Segment> frame) {
        return extractor.extract(List.of(new Extractor.Ccd(0, 1, frame))).getFirst();
    }

    @ParameterizedTest
    @CsvSource({"277, 0.72, 0.000", "525, 0.36, 0.186", "677, 0.29, 0.236", "1487, 0.12, 0.130", "5895, 0.03, 0.031",
        "8040, 0.03, 0.021"})
    void strictRuleLosesAsManyAsPrinted(double energy, double printed, double aboveThreshold) {
        Extractor strict = extractor("strict");
        Extractor acis = extractor("acis");
        for (int n = 0; n < FRAMES; n++) {
            List<Extractor.Segment> frame = frame(energy, n);
            count(frame.getFirst().plane(), places(only(strict, frame)), places(only(acis, frame)));
        }
        double loss = 100.0 * lost / photons;
        double error = 100 * Math.sqrt(lost + 1) / photons;
        double eventLoss = 100.0 * eventsLost / events;
        double eventError = 100 * Math.sqrt(eventsLost + 1) / events;
        Observations.tell("%.0f eV: %d photons, %.4f +- %.4f %% lost (%.2f); %.4f +- %.4f %% of %d events (%.3f)",
                energy, photons, loss, error, printed, eventLoss, eventError, events, aboveThreshold);
        assertThat(loss).isCloseTo(printed,
                within(4 * Math.hypot(error, 10 * Math.sqrt(printed / PRINTED_PHOTONS)) + ROUNDING));
        assertThat(eventLoss).isCloseTo(aboveThreshold,
                within(4 * Math.hypot(eventError, 10 * Math.sqrt(aboveThreshold / 1e6))));
    }

    private static Extractor extractor(String tie) {
        ExtractionSettings settings = ExtractionSettings.of(
                HandFrame.extraction("tie", tie, "eventthr", "1", "surround", "no"), HEADER);
        return new Extractor(HEADER, settings, AreaDiscrimination.of(new Keywords(), HEADER),
                Kernels.choose("auto", s -> { }));
    }

    private static BitSet places(Extractor.Extraction e) {
        BitSet out = new BitSet();
        for (int i = 0; i < e.events().size(); i++) {
            out.set(e.events().rawY(i) * GEOMETRY.active() + e.events().rawX(i));
        }
        return out;
    }

    /** Which photons have an event on their highest pixel, in the 3x3 around the pixel that they hit. */
    private void count(PixelPlane plane, BitSet strict, BitSet acis) {
        for (int y = 2; y < GEOMETRY.rows() - 2; y += STEP) {
            for (int x = 2; x < GEOMETRY.active() - 2; x += STEP) {
                photons++;
                int highest = Integer.MIN_VALUE;
                for (int i = 0; i < 9; i++) {
                    highest = Math.max(highest, plane.height(x + i % 3 - 1, y + i / 3 - 1));
                }
                boolean kept = false;
                boolean found = false;
                for (int i = 0; i < 9; i++) {
                    int at = (y + i / 3 - 1) * GEOMETRY.active() + x + i % 3 - 1;
                    if (plane.height(x + i % 3 - 1, y + i / 3 - 1) == highest) {
                        kept |= strict.get(at);
                        found |= acis.get(at);
                    }
                }
                lost += found && !kept ? 1 : 0;
                events += found && highest >= THRESHOLD ? 1 : 0;
                eventsLost += found && !kept && highest >= THRESHOLD ? 1 : 0;
            }
        }
    }

    /** A photon in every 5x5 pixels, at any place of its pixel. */
    private static List<Extractor.Segment> frame(double energy, int seed) {
        SplittableRandom noise = new SplittableRandom(seed);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed + (long) energy * 1000);
        PairCreation pairs = new PairCreation(3.65, 0.115);
        ChargeCloud cloud = new ChargeCloud(0.112);
        double[] charge = new double[GEOMETRY.pixels()];
        for (int y = 2; y < GEOMETRY.rows() - 2; y += STEP) {
            for (int x = 2; x < GEOMETRY.active() - 2; x += STEP) {
                double adu = pairs.electrons(energy, random) * 3.65 / CHANNEL;
                cloud.spread(x - 0.5 + random.nextDouble(), y - 0.5 + random.nextDouble(), adu,
                        (i, j, q) -> charge[GEOMETRY.index(i, j)] += q);
            }
        }
        HandFrame f = new HandFrame(GEOMETRY, BIAS)
                .fill(i -> BIAS + (int) Math.floor(charge[i] + NOISE * noise.nextGaussian() + 0.5));
        return List.of(new Extractor.Segment(0, 0, new PixelPlane(f.pixels(), GEOMETRY, Adc.of(HEADER),
                BiasLevel.ofFrame(BIAS, BIAS), DarkLevel.zero(GEOMETRY.active() * GEOMETRY.rows()))));
    }
}
