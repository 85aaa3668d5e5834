// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.frames.HandFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.RowBlocks;

/** Light leak, common mode and residual of frames whose levels are known. */
@Tag("validation")
class FrameOffsetsTest {
    private static final FrameGeometry G = new FrameGeometry(2, 320, 4, 0, 640, 0);
    private static final RowBlocks FULL = new RowBlocks(640, 640, 1);
    private static final double NOISE = 5.4;

    private interface Level {
        double at(int x, int y);
    }

    /** Bias 1000, dark 6.3, noise, 200 photons, and a level. */
    private static PixelPlane frame(long seed, Level level) {
        SplittableRandom r = new SplittableRandom(seed);
        HandFrame f = new HandFrame(G, 1000).fill(i -> {
            int x = i % G.width() - 2;
            return (int) Math.round(1006.3 + level.at(x, i / G.width()) + NOISE * r.nextGaussian());
        });
        for (int p = 0; p < 200; p++) {
            f.add(r.nextInt(320), r.nextInt(640), r.nextInt(20, 1000));
        }
        double[] dark = new double[320 * 640];
        java.util.Arrays.fill(dark, 6.3);
        return new PixelPlane(f.pixels(), G, new Adc(12, false), BiasLevel.ofFrame(1000, 1000), DarkLevel.of(dark));
    }

    private static double expected(int x, int y) {
        return 2 + x / 64 - 0.5 * (y / 64);
    }

    @Test
    void lightLeakOfEveryAreaIsRecovered() {
        LightLeak leak = LightLeak.measure(frame(1, FrameOffsetsTest::expected), FULL, 64, 15);
        assertThat(leak.columns()).isEqualTo(5);
        assertThat(leak.rows()).isEqualTo(10);
        // noise of a mean of 4096 pixels is 0.084 adu; 50 areas stay within 4 of these
        for (int k = 0; k < 50; k++) {
            assertThat(leak.level()[k]).as("area " + k).isCloseTo(expected(k % 5 * 64, k / 5 * 64),
                    within(4 * NOISE / 64));
        }
        assertThat(leak.mean()).isCloseTo(4 - 2.25, within(4 * NOISE / 452));
    }

    @Test
    void areasOfTheWindowStayInTheirExposure() {
        PixelPlane p = frame(2, (x, y) -> y / 80 == 3 ? 8 : 0);
        LightLeak leak = LightLeak.measure(p, new RowBlocks(640, 80, 1), 64, 15);
        assertThat(leak.rows()).isEqualTo(8);
        for (int k = 0; k < leak.level().length; k++) {
            assertThat(leak.level()[k]).isCloseTo(k / 5 == 3 ? 8 : 0, within(4 * NOISE / Math.sqrt(64 * 80)));
        }
    }

    @Test
    void leakAndCommonModeAreTakenOff() {
        Level both = (x, y) -> expected(x, y) + 12 * Math.sin(y + x / 64 * 0.7);
        PixelPlane p = frame(3, both);
        assertThat(Math.abs(DarkResidual.measure(p).extreme())).isGreaterThan(5);
        FrameOffsets.Result r = new FrameOffsets(HandFrame.dark("leak", "yes", "common", "yes"), FULL).apply(p);
        // a median of 64 pixels leaves 1.25*5.4/8 = 0.85 adu of noise, whose mean over the row is five times finer
        assertThat(Math.abs(DarkResidual.measure(r.plane()).extreme())).isLessThan(4 * NOISE / Math.sqrt(320));
        assertThat(r.common()).isCloseTo(12 / Math.sqrt(2), within(0.5));
        assertThat(r.plane().pixels().mismatch(p.pixels())).as("pixels are not touched").isEqualTo(-1);
    }

    @Test
    void recordedOnlyChangesNothing() {
        PixelPlane p = frame(4, FrameOffsetsTest::expected);
        FrameOffsets.Result r = new FrameOffsets(HandFrame.dark("leak", "record"), FULL).apply(p);
        assertThat(r.plane()).isSameAs(p);
        assertThat(r.leak()).isPresent();
        assertThat(new FrameOffsets(HandFrame.dark(), FULL).apply(p).leak()).isEmpty();
    }

    @Test
    void residualSeesAShiftOfAllPixelsAndOfAFewRows() {
        assertThat(DarkResidual.measure(frame(5, (x, y) -> 0)).mean())
                .isCloseTo(0, within(4 * NOISE / Math.sqrt(2560)));
        assertThat(Math.abs(DarkResidual.measure(frame(5, (x, y) -> 0)).extreme()))
                .isLessThan(4 * NOISE / Math.sqrt(320));
        assertThat(DarkResidual.measure(frame(6, (x, y) -> 4)).mean())
                .isCloseTo(4, within(4 * NOISE / Math.sqrt(2560)));
        DarkResidual rows = DarkResidual.measure(frame(7, (x, y) -> y < 119 ? -7 : 0));
        assertThat(rows.extreme()).as("rows below 119 are stale").isCloseTo(-7, within(4 * NOISE / Math.sqrt(320)));
        StaleRule rule = StaleRule.of(HandFrame.dark());
        assertThat(rule.judge(10, rows)).isEqualTo(StaleRule.MISFIT);
        assertThat(rule.judge(90000, new DarkResidual(0, 0.4))).isEqualTo(StaleRule.OLD);
        assertThat(rule.judge(86400, new DarkResidual(0, 3))).isZero();
        assertThat(StaleRule.of(HandFrame.dark("maxage", "0", "maxresidual", "0")).judge(1e8, rows)).isZero();
    }
}
