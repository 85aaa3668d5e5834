// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.frames.HandFrame;
import org.xtendsxi.pipeline.kernel.Adc;

/** Bias estimators against values worked out by hand. */
class BiasEstimatorTest {
    /** Two imaging rows with four overclock pixels each, one blank row before and after. */
    private static final FrameGeometry G = new FrameGeometry(2, 320, 4, 1, 2, 1);
    private static final Adc ADC = new Adc(12, false);

    /** Imaging rows: even 100, 102 | 104, 110; odd 200, 200 | 203, 201. Blank rows: 900. */
    private static HandFrame frame() {
        HandFrame f = new HandFrame(G, 500);
        int[][] rows = {{100, 200, 102, 200}, {104, 203, 110, 201}};
        for (int k = 0; k < 4; k++) {
            f.over(k, 0, 900).over(k, 1, rows[0][k]).over(k, 2, rows[1][k]).over(k, 3, 900);
        }
        return f;
    }

    private static SegmentBias estimate(HandFrame f, Adc adc, String... pairs) {
        return new BiasEstimator(G, adc, BiasSettings.of(HandFrame.bias(pairs))).estimate(f.pixels());
    }

    @Test
    void meanOfEvenAndOddColumns() {
        SegmentBias b = estimate(frame(), ADC);
        assertThat(b.even()).isEqualTo(104);
        assertThat(b.odd()).isEqualTo(201);
        assertThat(b.noiseEven()).isCloseTo(Math.sqrt((16 + 4 + 0 + 36) / 4.0), within(1e-12));
        assertThat(b.noiseOdd()).isCloseTo(Math.sqrt((1 + 1 + 4 + 0) / 4.0), within(1e-12));
        assertThat(b.used()).isEqualTo(8);
        assertThat(b.level().at(1, 0)).isEqualTo(104);
        assertThat(b.level().at(1, 1)).isEqualTo(201);
    }

    @Test
    void parityIsThatOfRawxNotOfTheFrameColumn() {
        FrameGeometry odd = new FrameGeometry(3, 320, 4, 1, 2, 1);
        HandFrame f = new HandFrame(odd, 500);
        for (int k = 0; k < 4; k++) {
            f.over(k, 1, k % 2 == 0 ? 100 : 200).over(k, 2, k % 2 == 0 ? 100 : 200);
        }
        SegmentBias b = new BiasEstimator(odd, ADC, BiasSettings.of(HandFrame.bias())).estimate(f.pixels());
        assertThat(b.even()).isEqualTo(100);
        assertThat(b.odd()).isEqualTo(200);
    }

    @Test
    void medianTrimmedAndTogether() {
        assertThat(estimate(frame(), ADC, "method", "median").even()).isEqualTo(103);
        assertThat(estimate(frame(), ADC, "method", "median").noiseEven())
                .isCloseTo(Math.sqrt((9 + 1 + 1 + 49) / 4.0), within(1e-9));
        assertThat(estimate(frame(), ADC, "method", "trimmed", "trim", "0.25").even()).isEqualTo(103);
        SegmentBias together = estimate(frame(), ADC, "split", "no", "ringing", "0");
        assertThat(together.even()).isEqualTo((416 + 804) / 8.0).isEqualTo(together.odd());
        assertThat(together.used()).isEqualTo(8);
    }

    @Test
    void rowsHaveLevelsOfTheirOwn() {
        SegmentBias b = estimate(frame(), ADC, "per", "row");
        assertThat(b.level().at(0, 0)).isEqualTo(101);
        assertThat(b.level().at(1, 0)).isEqualTo(107);
        assertThat(b.level().at(1, 1)).isEqualTo(202);
        assertThat(b.even()).isEqualTo(104);
        assertThat(b.noiseEven()).isCloseTo(Math.sqrt((1 + 1 + 9 + 9) / 4.0), within(1e-12));
    }

    @Test
    void blankRowsCountOnRequest() {
        assertThat(estimate(frame(), ADC, "rows", "all", "ringing", "0").even()).isEqualTo((416 + 4 * 900) / 8.0);
    }

    @Test
    void skippedPixelsAreNotUsed() {
        SegmentBias b = estimate(frame(), ADC, "skip", "2");
        assertThat(b.even()).isEqualTo(106);
        assertThat(b.odd()).isEqualTo(200.5);
        assertThatThrownBy(() -> estimate(frame(), ADC, "skip", "3")).isInstanceOf(SxiException.class)
                .hasMessageContaining("HOCLEGTH").hasMessageContaining("at least 5");
    }

    @Test
    void railsAndRingingAreLeftOutAndCounted() {
        SegmentBias b = estimate(frame().over(0, 1, 0).over(1, 1, 4095).over(2, 2, 400), ADC);
        assertThat(b.even()).as("102 and 104").isEqualTo(103);
        assertThat(b.odd()).isEqualTo((200 + 203 + 201) / 3.0);
        assertThat(b.railed()).isEqualTo(2);
        assertThat(b.ringing()).isOne();
        assertThat(b.used()).isEqualTo(5);
        assertThat(estimate(frame().over(2, 2, 400), ADC, "ringing", "0").even())
                .isEqualTo((100 + 102 + 104 + 400) / 4.0);
    }

    @Test
    void aRowOfRailsTakesTheLevelOfTheFrame() {
        HandFrame f = frame().over(0, 1, 0).over(2, 1, 0);
        SegmentBias b = estimate(f, ADC, "per", "row");
        assertThat(b.level().at(0, 0)).isEqualTo(107);
        assertThat(b.level().at(0, 1)).isEqualTo(200);
    }

    @Test
    void flatOverclockIsLegal() {
        SegmentBias b = estimate(new HandFrame(G, 777), ADC);
        assertThat(b.even()).isEqualTo(777);
        assertThat(b.noiseEven()).isZero();
        SegmentBias rail = estimate(new HandFrame(G, 0), ADC);
        assertThat(rail.even()).isZero();
        assertThat(rail.atRail()).isTrue();
        assertThat(rail.railed()).isEqualTo(8);
    }

    @Test
    void invertedPolarityIsTurnedRoundFirst() {
        SegmentBias b = estimate(frame(), new Adc(12, true));
        assertThat(b.even()).isEqualTo(4095 - 104);
        assertThat(b.odd()).isEqualTo(4095 - 201);
    }
}
