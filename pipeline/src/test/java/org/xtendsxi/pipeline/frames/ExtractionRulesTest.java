// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.xtendsxi.pipeline.frames.HandFrame.SMALL;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.extraction.ExtractedEvents;
import org.xtendsxi.pipeline.kernel.ScalarKernel;

/** Every rule of the extraction on frames made by hand (contract section 3). */
class ExtractionRulesTest {
    private static final int BIAS = 1000;

    private static HandFrame flat() {
        return new HandFrame(SMALL, BIAS);
    }

    private static ReducedCycle reduce(FrameHeader h, Keywords k, List<SegmentFrame> frames, String... extraction) {
        return new FrameReducer(h, AreaDiscrimination.of(k, h), HandFrame.bias(), HandFrame.extraction(extraction),
                DarkMaps.none(h.geometry()), new ScalarKernel()).reduce(CcdCycle.of(frames));
    }

    private static ReducedCycle reduce(List<SegmentFrame> frames, String... extraction) {
        return reduce(HandFrame.header(SMALL), new Keywords(), frames, extraction);
    }

    private static ReducedCycle one(HandFrame f, String... extraction) {
        return reduce(List.of(f.frame(1, 0, 0)), extraction);
    }

    private static String places(ExtractedEvents e) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < e.size(); i++) {
            b.append(e.segment(i)).append(':').append(e.rawX(i)).append(',').append(e.rawY(i)).append(' ');
        }
        return b.toString().strip();
    }

    @ParameterizedTest
    @CsvSource({"39, 0", "40, 1", "41, 1"})
    void centreMustReachTheThreshold(int height, int events) {
        assertThat(one(flat().add(100, 10, height)).events().size()).isEqualTo(events);
    }

    @Test
    void thresholdIsThatOfTheSegment() {
        FrameHeader h = HandFrame.header(SMALL);
        h.eventThreshold()[3] = 60;
        HandFrame f = flat().add(100, 10, 50);
        assertThat(reduce(h, new Keywords(), List.of(f.frame(1, 0, 0), f.frame(1, 1, 1))).events().size()).isOne();
    }

    @Test
    void pulseHeightsStandInTheNumberedOrder() {
        HandFrame f = flat();
        int[] heights = new int[25];
        for (int y = -2; y <= 2; y++) {
            for (int x = -2; x <= 2; x++) {
                f.add(50 + x, 12 + y, x == 0 && y == 0 ? 500 : 7 * (y + 2) + (x + 2));
            }
        }
        // the picture of energy-chain section 1.1, rows from RAWY-2 to RAWY+2
        int[][] picture = {{9, 10, 11, 12, 13}, {14, 1, 2, 3, 15}, {16, 4, 0, 5, 17}, {18, 6, 7, 8, 19},
                {20, 21, 22, 23, 24}};
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 5; x++) {
                heights[picture[y][x]] = 7 * y + x;
            }
        }
        heights[0] = 500;
        ExtractedEvents e = one(f).events();
        assertThat(e.size()).isOne();
        int[] found = new int[25];
        Arrays.setAll(found, i -> e.height(0, i));
        assertThat(found).isEqualTo(heights);
        // rows +0 to +2 hold pixels on both sides of the split threshold 15
        int mask = 0;
        int sum = 0;
        for (int i = 9; i < 25; i++) {
            mask |= heights[i] >= 15 ? 1 << i - 9 : 0;
            sum += heights[i] < 15 ? heights[i] : 0;
        }
        assertThat(e.outerMask(0)).isEqualTo(mask);
        assertThat(e.outerSum(0)).isEqualTo(sum);
    }

    @ParameterizedTest
    @CsvSource({"strict, ''", "acis, '0:100,11'"})
    void equalNeighboursKillEachOtherOrTheLaterWins(String tie, String expected) {
        // centre may equal pixels 1-4 (read before it), must exceed 5-8: the one read last stays
        ReducedCycle r = one(flat().add(100, 10, 300).add(100, 11, 300), "tie", tie);
        assertThat(places(r.events())).isEqualTo(expected);
        assertThat(r.rejects().tie()).isEqualTo(tie.equals("strict") ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "0,0", "1,1"})
    void oneOfTwoEqualPixelsAcrossTheBorderStaysUnderAcis(int nodeAb, int nodeCd) {
        HandFrame ab = flat().add(nodeAb == 0 ? 319 : 0, 10, 300);
        HandFrame cd = flat().add(nodeCd == 1 ? 0 : 319, 10, 300);
        List<SegmentFrame> frames = List.of(ab.frame(0, 0, nodeAb), cd.frame(0, 1, nodeCd));
        assertThat(reduce(frames, "tie", "acis").events().size()).isOne();
        assertThat(reduce(frames).events().size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"15, 0", "14, 1"})
    void surroundedCentresAreRejected(int weakest, int events) {
        HandFrame f = flat();
        for (int y = -1; y <= 1; y++) {
            for (int x = -1; x <= 1; x++) {
                f.add(100 + x, 10 + y, x == 0 && y == 0 ? 90 : x == 1 && y == 0 ? weakest : 20);
            }
        }
        assertThat(one(f).events().size()).isEqualTo(events);
        assertThat(one(f, "surround", "no").events().size()).isOne();
        assertThat(one(f, "surroundthr", "21").events().size()).isOne();
    }

    @Test
    void higherNeighbourAnywhereWins() {
        for (int i = 0; i < 9; i++) {
            if (i != 4) {
                int x = 100 + i % 3 - 1;
                int y = 10 + i / 3 - 1;
                ReducedCycle r = one(flat().add(100, 10, 300).add(x, y, 301));
                assertThat(places(r.events())).isEqualTo("0:" + x + "," + y);
                assertThat(r.rejects().notMaximum()).isOne();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, ccd, 1", "0, 5, ccd, 0", "5, 0, ccd, 0", "5, 23, ccd, 0", "5, 22, ccd, 1", "1, 5, ccd, 1",
        "319, 5, ccd, 1", "1, 5, segment, 0", "2, 2, segment, 1", "318, 5, segment, 0", "317, 21, segment, 1",
        "317, 22, segment, 0"})
    void centresStayInsideTheMargin(int x, int y, String margin, int events) {
        List<SegmentFrame> frames = List.of(flat().add(x, y, 300).frame(1, 0, 0), flat().frame(1, 1, 1));
        assertThat(reduce(frames, "margin", margin).events().size()).isEqualTo(events);
    }

    @Test
    void outerPixelsOffTheCcdAreNullWithBitZero() {
        HandFrame f = flat().add(1, 1, 300);
        for (int x = 0; x <= 3; x++) {
            f.add(x, 3, 20);
        }
        ExtractedEvents e = reduce(List.of(f.frame(1, 0, 0), flat().frame(1, 1, 1))).events();
        assertThat(e.size()).isOne();
        for (int i : new int[] {9, 10, 11, 12, 13, 14, 16, 18, 20}) {
            assertThat(e.height(0, i)).as("pixel %d", i).isEqualTo(-32768);
        }
        assertThat(e.outerMask(0)).isEqualTo(0b1111 << 21 - 9);
        assertThat(e.outerSum(0)).isZero();
    }

    @Test
    void withoutItsSisterTheBorderIsTheEndOfTheCcd() {
        HandFrame f = flat().add(319, 5, 300).add(318, 9, 300);
        ExtractedEvents e = one(f).events();
        assertThat(places(e)).isEqualTo("0:318,9");
        assertThat(e.height(0, 13)).isEqualTo(-32768);
        assertThat(e.height(0, 5)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "0, 0", "1, 1"})
    void theSisterContinuesTheSegmentInTheOrderOfTheCentresNode(int nodeAb, int nodeCd) {
        // two columns of each segment next to the border, in ACTX 319, 320 | 321, 322
        int[] act = {319, 320, 321, 322};
        int[] value = {11, 300, 12, 13};
        HandFrame ab = flat();
        HandFrame cd = flat();
        for (int i = 0; i < 4; i++) {
            int rawX = i < 2 ? (nodeAb == 0 ? act[i] - 1 : 320 - act[i]) : nodeCd == 1 ? act[i] - 321 : 640 - act[i];
            (i < 2 ? ab : cd).add(rawX, 10, value[i]);
        }
        ExtractedEvents e = reduce(List.of(ab.frame(2, 0, nodeAb), cd.frame(2, 1, nodeCd))).events();
        assertThat(e.size()).isOne();
        assertThat(e.segment(0)).isZero();
        // dACTX = dRAWX for node A, the opposite for node B
        int before = nodeAb == 0 ? 4 : 5;
        int after = nodeAb == 0 ? 5 : 4;
        int afterNext = nodeAb == 0 ? 17 : 16;
        assertThat(e.height(0, before)).isEqualTo(11);
        assertThat(e.height(0, after)).isEqualTo(12);
        assertThat(e.height(0, afterNext)).isEqualTo(13);
    }

    @Test
    void theSisterHasABiasOfItsOwn() {
        HandFrame cd = new HandFrame(SMALL, 1500).add(0, 10, 100);
        ExtractedEvents e = reduce(List.of(flat().add(319, 10, 300).frame(2, 0, 0), cd.frame(2, 1, 1))).events();
        assertThat(places(e)).isEqualTo("0:319,10");
        assertThat(e.height(0, 5)).isEqualTo(100);
    }

    @Test
    void windowBlocksKeepTheirEventsApart() {
        FrameGeometry g = new FrameGeometry(3, 320, 6, 2, 48, 1);
        FrameHeader h = HandFrame.header(g, DataMode.WINDOW2, false);
        HandFrame f = new HandFrame(g, BIAS);
        f.add(100, 5, 300).add(100, 6, 900).add(50, 4, 300).add(50, 6, 20).add(60, 9, 300).add(40, 1, 300);
        HandFrame sister = new HandFrame(g, BIAS).add(30, 3, 300);
        ReducedCycle r = reduce(h, new Keywords(), List.of(f.frame(1, 0, 0), sister.frame(1, 1, 1)));
        ExtractedEvents e = r.events();
        // blocks of 6 rows: rows 5 and 6 are edges; order: sub-exposure, segment, row
        assertThat(places(e)).isEqualTo("0:40,1 0:50,4 1:30,3 0:60,9");
        assertThat(e.time(0)).isEqualTo(1000 + 0.036864);
        assertThat(e.time(3)).isCloseTo(1000.5368464, within(1e-9));
        assertThat(e.height(1, 22)).as("row of the next block").isEqualTo(-32768);
    }

    @Test
    void windowMustFitTheFrame() {
        FrameGeometry g = new FrameGeometry(3, 320, 6, 2, 50, 1);
        assertThatThrownBy(() -> reduce(HandFrame.header(g, DataMode.WINDOW2, false), new Keywords(),
                List.of(new HandFrame(g, BIAS).frame(1, 0, 0)))).isInstanceOf(SxiException.class)
                .hasMessageContaining("WIN_SIZE").hasMessageContaining("50 imaging rows");
    }

    @Test
    void pulseHeightsRoundHalfUpAndClip() {
        FrameHeader h12 = HandFrame.header(SMALL);
        FrameHeader h = new FrameHeader(SMALL, 16, false, h12.mode(), "CCD", h12.timing(), 1, 24, h12.activeNode(),
                h12.eventThreshold(), h12.splitThreshold());
        HandFrame f = new HandFrame(SMALL, 40000);
        for (int r = 0; r < SMALL.height(); r++) {
            f.over(0, r, 40001); // even columns: (40001 + 2*40000)/3, odd columns 40000
        }
        for (int r = 2; r < 26; r++) {
            f.over(1, r, 40001).over(3, r, r % 2 == 0 ? 40001 : 40000); // odd: (1 + 0.5)/3 above 40000, that is 40000.5
        }
        f.add(101, 10, 101).set(101, 14, 0).add(100, 14, 300);
        ExtractedEvents e = reduce(h, new Keywords(), List.of(f.frame(1, 0, 0))).events();
        assertThat(places(e)).isEqualTo("0:101,10 0:100,14");
        assertThat(e.height(0, 0)).as("101 - 0.5 + 0.5").isEqualTo(101);
        assertThat(e.height(0, 11)).as("0 - 0.5 + 0.5").isZero();
        assertThat(e.height(1, 0)).as("floor(300 - 1/3 + 0.5)").isEqualTo(300);
        assertThat(e.height(1, 5)).isEqualTo(-32767);
        HandFrame deep = new HandFrame(SMALL, 100).set(50, 10, 65535);
        assertThat(reduce(h, new Keywords(), List.of(deep.frame(1, 0, 0))).events().height(0, 0)).isEqualTo(32767);
    }

    @Test
    void invertedPolarityIsTurnedRound() {
        FrameHeader h = HandFrame.header(SMALL, DataMode.WINDOW1, true);
        HandFrame f = new HandFrame(SMALL, 3000).add(100, 10, -300).add(101, 10, -20).add(120, 10, 500);
        ExtractedEvents e = reduce(h, new Keywords(), List.of(f.frame(1, 0, 0))).events();
        assertThat(places(e)).isEqualTo("0:100,10");
        assertThat(e.height(0, 0)).isEqualTo(300);
        assertThat(e.height(0, 5)).isEqualTo(20);
    }

    @Test
    void upperThresholdAndLimit() {
        HandFrame f = flat().add(10, 3, 300).add(20, 3, 400).add(30, 6, 500).add(40, 9, 600);
        assertThat(places(one(f, "upper", "400").events())).isEqualTo("0:10,3 0:20,3");
        ReducedCycle r = one(f, "limit", "3");
        assertThat(places(r.events())).isEqualTo("0:10,3 0:20,3 0:30,6");
        assertThat(r.rejects().limit()).isOne();
    }

    @Test
    void areaDiscrimination() {
        Keywords k = new Keywords().set("C1S0ARON", "(1,0,1,0,0)", "").set("C1S0ARIN", "(0,99,0,639)", "")
                .set("C1S0AROU", "(-1,-1,-1,-1,20,30,8,10,-1,-1,-1,-1,-1,-1,-1,-1)", "");
        HandFrame f = flat().add(99, 5, 300).add(100, 8, 300).add(20, 10, 300).add(31, 10, 300).add(25, 11, 300);
        FrameHeader h = HandFrame.header(SMALL);
        ReducedCycle r = reduce(h, k, List.of(f.frame(1, 0, 0)));
        assertThat(places(r.events())).isEqualTo("0:99,5 0:31,10 0:25,11");
        assertThat(r.rejects().area()).isEqualTo(2);
        assertThat(reduce(h, k, List.of(f.frame(1, 0, 0)), "area", "no").events().size()).isEqualTo(5);
        k.set("C1S0ARIN", "(0,-1,0,639)", "");
        assertThatThrownBy(() -> AreaDiscrimination.of(k, h)).isInstanceOf(SxiException.class)
                .hasMessageContaining("C1S0ARIN");
    }

    @Test
    void thresholdsMayBeGiven() {
        HandFrame f = flat().add(100, 10, 60).add(102, 10, 25);
        assertThat(one(f, "eventthr", "61").events().size()).isZero();
        assertThat(one(f, "splitthr", "26").events().outerMask(0)).isZero();
        assertThat(one(f).events().outerMask(0)).isEqualTo(1 << 17 - 9);
        assertThatThrownBy(() -> one(f, "eventthr", "high")).isInstanceOf(SxiException.class)
                .hasMessageContaining("extraction.eventthr");
    }

    @Test
    void eventsGoIntoTheRawColumns() {
        ExtractedEvents e = reduce(List.of(flat().add(319, 10, 300).frame(2, 0, 0),
                flat().add(7, 3, 200).add(8, 1, 30).frame(2, 1, 1))).events();
        EventSchema wide = new EventSchema(EventColumns.raw()).with(List.of(EventColumns.PI));
        try (EventChunk c = e.toChunk(wide, 17)) {
            assertThat(c.firstRow()).isEqualTo(17);
            assertThat(c.ints("CCD_ID")).containsExactly(2, 2);
            assertThat(c.ints("SEGMENT")).containsExactly(0, 1);
            assertThat(c.ints("READNODE")).containsExactly(0, 1);
            assertThat(c.ints("RAWX")).containsExactly(319, 7);
            assertThat(c.ints("RAWY")).containsExactly(10, 3);
            assertThat(c.doubles("TIME")).containsExactly(1000.036864, 1000.036864);
            assertThat(c.shorts("PHAS_INNER3X3")).hasSize(18).startsWith((short) 300);
            assertThat(c.ints("P_OUTER_MOST")).containsExactly(0, 1 << 12 - 9);
            assertThat(c.ints("ADCAVE")).containsExactly(0, 0);
            assertThat(c.longs("PROC_STATUS")).containsExactly(0, 0);
            assertThat(c.ints("PI")).containsExactly(4096, 4096);
        }
    }

    @Test
    void aSegmentThatWasNotReadOutIsOffTheCcd() {
        ReducedCycle r = reduce(List.of(flat().add(319, 10, 300).frame(2, 0, 0),
                new HandFrame(SMALL, 0).frame(2, 1, 1)));
        assertThat(r.events().size()).isZero();
        assertThat(r.exposures()).extracting(SegmentExposure::usable).containsExactly(true, false);
    }

    @Test
    void aSegmentMayNotComeTwice() {
        assertThatThrownBy(() -> CcdCycle.of(List.of(flat().frame(1, 1, 1), flat().frame(1, 1, 1))))
                .isInstanceOf(SxiException.class).hasMessageContaining("comes twice");
    }
}
