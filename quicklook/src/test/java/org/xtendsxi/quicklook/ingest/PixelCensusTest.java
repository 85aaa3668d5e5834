// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.testdata.config.DetectorModel;

/** Levels and saturation are measured as they were put in. */
@Tag("validation")
class PixelCensusTest {
    private static final FrameGeometry G = DetectorModel.standard().geometry();
    private static final int EVEN = 1000;
    private static final int ODD = 1040;
    private static final double NOISE = 5.4;

    private final Random random = new Random(5);
    private final MemorySegment pixels = MemorySegment.ofArray(new byte[2 * G.pixels()]);

    private void set(int x, int y, double level) {
        double v = (x % 2 == 0 ? EVEN : ODD) + level + NOISE * random.nextGaussian();
        pixels.set(SegmentFrame.WORD, 2L * G.index(x, y),
                (short) (Math.clamp(Math.round(v), 0, 4095) - SegmentFrame.ZERO));
    }

    private void fill(double level) {
        for (int y = 0; y < G.rows(); y++) {
            for (int x = 0; x < G.active(); x++) {
                set(x, y, level);
            }
        }
    }

    private PixelCensus census() {
        return PixelCensus.of(pixels, G, new Adc(12, false), BiasLevel.ofFrame(EVEN, ODD),
                DarkLevel.zero(G.active() * G.rows()));
    }

    /** A level far from zero is measured as well as one near it. */
    @ParameterizedTest
    @ValueSource(doubles = {-60, -1, 0, 0.5, 29, 45, 200})
    void levelThatBiasAndDarkLeave(double level) {
        fill(level);
        // 205,000 pixels in 50 areas: the median has an error of 0.015 adu
        assertThat(census().residual()).isCloseTo(level, within(0.08));
        assertThat(census().leak()).isBetween(0.0, 0.5);
        assertThat(census().saturated()).isZero();
    }

    @Test
    void brightArea() {
        fill(0);
        for (int y = 128; y < 192; y++) {
            for (int x = 64; x < 128; x++) {
                set(x, y, 7);
            }
        }
        assertThat(census().leak()).isCloseTo(7, within(0.35));
        assertThat(census().residual()).isCloseTo(0, within(0.08));
    }

    @Test
    void saturatedRows() {
        fill(0);
        for (int y = 100; y < 130; y++) {
            for (int x = 0; x < G.active(); x++) {
                set(x, y, 10000);
            }
        }
        assertThat(census().saturated()).isEqualTo(30 * 320);
        assertThat(census().saturatedBlock()).isEqualTo(30 * 320);
        assertThat(census().residual()).isCloseTo(0, within(0.08));
    }
}
