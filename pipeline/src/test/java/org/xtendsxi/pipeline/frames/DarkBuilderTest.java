// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xtendsxi.pipeline.frames.HandFrame.SMALL;

import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.pipeline.dark.DarkSettings;

/** Which frames make the dark, and for whom. */
class DarkBuilderTest {
    private static HandFrame withPixel(int height) {
        return new HandFrame(SMALL, 1000).add(100, 10, height);
    }

    private static DarkBuilder builder(boolean darkFrames, String... pairs) {
        return new DarkBuilder(HandFrame.header(SMALL), HandFrame.bias(), HandFrame.dark(pairs), darkFrames);
    }

    @Test
    void darkFramesAreAveragedAndRawFramesPassedOver() {
        DarkBuilder b = builder(true, "trim", "0");
        b.accept(withPixel(10).frame(1, 0, 0, FrameType.DARK, 0, 1));
        b.accept(withPixel(99).frame(1, 0, 0, FrameType.RAW, 4, 2));
        b.accept(withPixel(20).frame(1, 0, 0, FrameType.DARK, 8, 3));
        assertThat(b.method()).isEqualTo(DarkSettings.Method.TRIMMED);
        assertThat(b.build().need(1, 0, 0).level().at(10 * 320 + 100)).isEqualTo(15);
        assertThat(b.build().need(1, 0, 0).frames()).isEqualTo(2);
    }

    @Test
    void withoutDarkFramesTheFirstRawFramesServe() {
        DarkBuilder b = builder(false, "frames", "3");
        int[] heights = {10, 500, 12, 0, 0, 0};
        for (int n = 0; n < heights.length; n++) {
            assertThat(b.wants(withPixel(0).frame(1, 0, 0))).isEqualTo(n < 3);
            b.accept(withPixel(heights[n]).frame(1, 0, 0));
        }
        assertThat(b.build().need(1, 0, 0).level().at(10 * 320 + 100)).isEqualTo(12);
    }

    @Test
    void segmentsAndNodesAreKeptApart() {
        DarkBuilder b = builder(true);
        b.accept(withPixel(10).frame(1, 0, 0, FrameType.DARK, 0, 1));
        b.accept(withPixel(20).frame(1, 0, 1, FrameType.DARK, 4, 2));
        DarkMaps m = b.build();
        assertThat(m.need(1, 0, 0).level().at(3300)).isEqualTo(10);
        assertThat(m.need(1, 0, 1).level().at(3300)).isEqualTo(20);
        assertThatThrownBy(() -> m.need(2, 0, 0)).isInstanceOf(SxiException.class).hasMessageContaining("CCD_ID 2")
                .hasMessageContaining("dark.method=median");
    }

    @Test
    void noneSubtractsNothingAndNeedsNoFrame() {
        DarkBuilder b = builder(true, "method", "none");
        assertThat(b.wants(withPixel(10).frame(1, 0, 0, FrameType.DARK, 0, 1))).isFalse();
        assertThat(b.build().need(3, 1, 1).level().at(0)).isZero();
    }

    @Test
    void framesThatWereNotReadOutDoNotCount() {
        DarkBuilder b = builder(true);
        b.accept(withPixel(10).frame(1, 0, 0, FrameType.DARK, 0, 1));
        b.accept(new HandFrame(SMALL, 4095).frame(1, 0, 0, FrameType.DARK, 4, 2));
        assertThat(b.unusable()).isOne();
        assertThat(b.build().need(1, 0, 0).frames()).isOne();
    }

    @Test
    void hotPixelsAreListedInChipCoordinates() {
        FrameGeometry g = new FrameGeometry(3, 320, 6, 2, 48, 1);
        FrameHeader h = HandFrame.header(g, DataMode.WINDOW2, false);
        DarkBuilder b = new DarkBuilder(h, HandFrame.bias(), HandFrame.dark("hot", "100"), true);
        HandFrame f = new HandFrame(g, 1000).add(10, 2, 300).add(10, 8, 350).add(11, 8, 100);
        b.accept(f.frame(1, 1, 0, FrameType.DARK, 0, 1));
        assertThat(b.build().hotPixels(h)).containsExactly(new DarkMaps.HotPixel(1, 630, 457, 350));
    }
}
