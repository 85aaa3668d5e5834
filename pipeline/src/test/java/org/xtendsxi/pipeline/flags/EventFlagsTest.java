// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/** Flags of single events, and the search for echoes. */
class EventFlagsTest {
    private static final long HIGH = StatusFlag.bits(StatusFlag.NO_INNER, StatusFlag.NEGATIVE_CORRECTION);

    private static EventChunk events(int rows) {
        List<Column> all = new ArrayList<>(FlagStage.SPEC.reads());
        all.addAll(FlagStage.SPEC.writes());
        all.add(EventColumns.PHAS);
        EventChunk c = EventChunk.allocate(new EventSchema(all), 0, rows);
        fill(c, "CCD_ID", 0);
        fill(c, "SEGMENT", 0);
        fill(c, "READNODE", 0);
        fill(c, "RAWX", 100);
        fill(c, "RAWY", 100);
        fill(c, "ACTX", 101);
        fill(c, "ACTY", 101);
        c.put("TIME", new double[rows]);
        return c;
    }

    private static void fill(EventChunk c, String column, int value) {
        int[] v = new int[c.rows()];
        Arrays.fill(v, value);
        c.put(column, v);
    }

    private static FlagSettings settings(Compat compat, String reset) {
        return FlagSettings.of(Parameters.of("flags", FlagSettings.parameters(), Map.of("resetflags", reset)), compat);
    }

    private static FlagMap map(int x, int y, StatusFlag... flags) {
        FlagMap m = new FlagMap();
        m.set(0, x, y, StatusFlag.bits(flags));
        m.index();
        return m;
    }

    @ParameterizedTest
    @CsvSource({"strict", "heasoft-6.20"})
    void flagsAreAssignedAndThoseOfOthersKept(String word) {
        Compat compat = Compat.of(word).orElseThrow();
        try (EventChunk c = events(2)) {
            c.put("STATUS", new long[] {HIGH | StatusFlag.CI_ROW.bit() | 1L << 47, 0});
            new EventFlags(map(100, 100, StatusFlag.SEGMENT_BOUNDARY), settings(compat, "yes"), false).process(c);
            long expected = HIGH | StatusFlag.SEGMENT_BOUNDARY.bit();
            // Flag 25 is in the list, but only the mended behaviour looks at it.
            long first = compat.equals(Compat.STRICT) ? expected | 1 : expected;
            assertThat(c.longs("STATUS")).containsExactly(first, StatusFlag.SEGMENT_BOUNDARY.bit());
        }
    }

    @Test
    void eventsOffTheCcd() {
        for (String column : List.of("CCD_ID", "SEGMENT", "RAWX", "RAWY", "ACTX", "ACTY")) {
            try (EventChunk strict = events(1); EventChunk compat = events(1)) {
                for (EventChunk c : List.of(strict, compat)) {
                    fill(c, column, column.startsWith("R") || column.startsWith("A") ? -1 : 255);
                    c.put("STATUS", new long[] {StatusFlag.CI_ROW.bit()});
                    fill(c, "PHAS_MASK", new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1});
                }
                FlagMap m = map(100, 100);
                new EventFlags(m, settings(Compat.STRICT, "yes"), false).process(strict);
                new EventFlags(m, settings(Compat.HEASOFT_6_20, "yes"), false).process(compat);
                assertThat(strict.longs("STATUS")).as(column).containsExactly(1L | StatusFlag.OUT_OF_CCD.bit());
                assertThat(strict.ints("PHAS_MASK")).containsOnly(0);
                assertThat(compat.longs("STATUS")).as(column)
                        .containsExactly(StatusFlag.CI_ROW.bit() | StatusFlag.OUT_OF_CCD.bit());
                assertThat(compat.ints("PHAS_MASK")).containsOnly(1);
            }
        }
    }

    private static void fill(EventChunk c, String column, int[] row) {
        c.put(column, row);
    }

    @Test
    void unusableRowsAreLeftAlone() {
        try (EventChunk c = events(3)) {
            c.put("PROC_STATUS", new long[] {1L << 1, 1L << 16, 1L});
            new EventFlags(map(100, 100, StatusFlag.CI_ROW), settings(Compat.STRICT, "yes"), true).process(c);
            assertThat(c.longs("STATUS")[0]).isZero();
            assertThat(c.longs("STATUS")[1]).isZero();
            assertThat(c.longs("STATUS")[2]).isEqualTo(1L | StatusFlag.CI_ROW.bit());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 0", "0, 5, 1", "1, 5, 1", "1, 3, 0"})
    void badNeighbourFollowsTheDirectionOfTheNode(int node, int pixel, int dy0) {
        // Pixel 5 is RAWX+1 on the row, pixel 3 is RAWX+1 on the row below: ACTX+1 for node A, ACTX-1 for node B.
        int x = node == 0 ? 101 : 99;
        int y = dy0 == 1 ? 100 : 99;
        try (EventChunk c = events(1)) {
            fill(c, "READNODE", node);
            new EventFlags(map(x, y, StatusFlag.HOT_PIXEL), settings(Compat.STRICT, "yes"), false).process(c);
            int[] expected = new int[9];
            expected[pixel] = 1;
            assertThat(c.ints("PHAS_MASK")).containsExactly(expected);
        }
    }

    @Test
    void withoutResetTheMaskGrows() {
        try (EventChunk c = events(1)) {
            c.put("PHAS_MASK", new int[] {0, 0, 0, 0, 0, 0, 0, 0, 1});
            new EventFlags(map(100, 100, StatusFlag.HOT_PIXEL), settings(Compat.STRICT, "no"), false).process(c);
            assertThat(c.ints("PHAS_MASK")).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 1);
        }
    }

    private static FlagMap echoes(EventChunk c, Compat compat, Optional<GtiList> gti) {
        FlagSettings s = settings(compat, "yes");
        EchoSearch e = new EchoSearch(s, gti, new Keywords());
        e.accept(c);
        FlagMap m = new FlagMap();
        e.flag(m, s);
        return m;
    }

    /** Six events, of which some have pixel 5 (RAWX+1) above the threshold. */
    private static EventChunk hits(int above) {
        EventChunk c = events(6);
        short[] p = new short[54];
        for (int i = 0; i < 6; i++) {
            p[9 * i + 5] = (short) (i < above ? 16 : 15);
        }
        c.put("PHAS", p);
        c.put("PHAS_INNER3X3", p);
        return c;
    }

    /**
     * Section 9.10 skips neighbours off the CCD, not events: the reference counts the neighbours of a centre off it.
     */
    @Test
    @Tag("validation")
    void centresOffTheCcdHaveNeighboursOnItInTheReference() {
        long echo = StatusFlag.COSMIC_RAY_ECHO.bit();
        for (int y : new int[] {-1, 640}) {
            try (EventChunk c = hits(6)) {
                int dy = y < 0 ? 7 : 2;
                short[] p = new short[54];
                int[] rawY = new int[6];
                for (int i = 0; i < 6; i++) {
                    rawY[i] = y;
                    p[9 * i + dy] = 16;
                }
                c.put("PHAS", p);
                c.put("PHAS_INNER3X3", p);
                c.put("RAWY", rawY);
                int edge = y < 0 ? 0 : 639;
                assertThat(echoes(c, Compat.HEASOFT_6_20, Optional.empty()).at(0, 100, edge) & echo).isEqualTo(echo);
                assertThat(echoes(c, Compat.STRICT, Optional.empty()).at(0, 100, edge)).isZero();
            }
        }
    }

    @Test
    void echoNeedsFiveOfSix() {
        long echo = StatusFlag.COSMIC_RAY_ECHO.bit();
        for (Compat compat : Compat.both()) {
            try (EventChunk four = hits(4); EventChunk five = hits(5)) {
                assertThat(echoes(four, compat, Optional.empty()).at(0, 101, 100)).isZero();
                FlagMap m = echoes(five, compat, Optional.empty());
                assertThat(m.at(0, 101, 100)).isEqualTo(echo);
                assertThat(m.at(0, 103, 102)).isEqualTo(echo);
                assertThat(m.at(0, 104, 100)).isZero();
            }
        }
    }

    @Test
    void outerPixelsCountByTheirBit() {
        try (EventChunk c = events(6)) {
            fill(c, "P_OUTER_MOST", 0x8001);
            FlagMap m = echoes(c, Compat.STRICT, Optional.empty());
            // Pixels 9 and 24 are the corners below left and above right.
            assertThat(m.at(0, 98, 98)).isNotZero();
            assertThat(m.at(0, 102, 102)).isNotZero();
            assertThat(m.at(0, 102, 98)).isZero();
        }
    }

    @Test
    void onlyTheReferenceForgetsTheFirstGoodInterval() {
        GtiList gti = GtiList.of(List.of(new Gti(-1, 1)));
        try (EventChunk c = hits(6)) {
            assertThat(echoes(c, Compat.STRICT, Optional.of(gti)).at(0, 101, 100)).isNotZero();
            assertThat(echoes(c, Compat.HEASOFT_6_20, Optional.of(gti)).at(0, 101, 100)).isZero();
            assertThat(echoes(c, Compat.STRICT, Optional.of(GtiList.EMPTY)).at(0, 101, 100)).isZero();
        }
    }

    @Test
    void onlyTheReferenceNeedsTimeOrder() {
        try (EventChunk c = hits(6)) {
            c.put("TIME", new double[] {5, 4, 3, 2, 1, 0});
            assertThat(echoes(c, Compat.STRICT, Optional.empty()).at(0, 101, 100)).isNotZero();
            assertThatThrownBy(() -> echoes(c, Compat.HEASOFT_6_20, Optional.empty()))
                    .isInstanceOf(SxiException.class).hasMessageContaining("row 2");
        }
    }
}
