// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.pixel.PixelEntry;
import org.xtendsxi.caldb.pixel.PixelList;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/** Flags of pixels from header keywords and lists. */
class FlagMapTest {
    private static FlagSettings settings(Compat compat) {
        return FlagSettings.of(Parameters.of("flags", FlagSettings.parameters(), Map.of()), compat);
    }

    private static FlagMap map(Keywords header, Compat compat, Optional<PixelList> bad, Optional<PixelList> hot) {
        header.set("TSTART", 1000.0, "").set("TSTOP", 2000.0, "");
        return new FlagInputs(Optional.empty(), bad, hot, Optional.empty()).map(header, settings(compat),
                Optional.empty());
    }

    private static PixelList list(PixelEntry... entries) {
        return new PixelList(Path.of("list.fits"), List.of(entries));
    }

    private static List<Integer> rows(FlagMap m, int ccd, StatusFlag flag) {
        return IntStream.range(0, 640).filter(y -> flag.in(m.at(ccd, 7, y))).boxed().toList();
    }

    private static Keywords injection(int first, int offset, int period) {
        return new Keywords().set("CISTATUS", 1, "").set("CIFIRST", first, "").set("CIOFFSET", offset, "")
                .set("CIPERIOD", period, "");
    }

    @Test
    void listOfFlags() {
        assertThat(BadStatus.parse("3:9,11,12,16:19,25:28,30,37")).isEqualTo(0x102F078DFCL);
        assertThat(BadStatus.parse(" 1 , 48")).isEqualTo(1L | 1L << 47);
        for (String wrong : List.of("", "0", "49", "5:3", "a", "1:2:3", "1,,2", "-1")) {
            assertThatThrownBy(() -> BadStatus.parse(wrong)).as(wrong).isInstanceOfSatisfying(SxiException.class,
                    e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
        }
    }

    @Test
    void chargeInjectionRows() {
        FlagMap m = map(injection(1, 40, 80), Compat.STRICT, Optional.empty(), Optional.empty());
        assertThat(rows(m, 3, StatusFlag.CI_ROW)).containsExactly(40, 120, 200, 280, 360, 440, 520, 600);
        assertThat(rows(m, 3, StatusFlag.CI_TRAILING)).hasSize(16).startsWith(41, 42, 121, 122);
        assertThat(rows(m, 3, StatusFlag.CI_PRECEDING)).hasSize(8).startsWith(39, 119);
        assertThat(rows(m, 3, StatusFlag.CI_AFTER_3)).startsWith(43, 123);
        assertThat(rows(m, 3, StatusFlag.CI_BEFORE_2)).startsWith(38, 118);
        assertThat(rows(m, 3, StatusFlag.BAD_3X3)).contains(38, 39, 40, 43);
    }

    @Test
    void injectionNearTheEdgeStopsOnlyTheReference() {
        FlagMap strict = map(injection(0, 3, 80), Compat.STRICT, Optional.empty(), Optional.empty());
        assertThat(rows(strict, 0, StatusFlag.CI_ROW)).hasSize(8).startsWith(2, 82);
        assertThat(rows(strict, 0, StatusFlag.CI_BEFORE_3)).hasSize(7).startsWith(79);
        FlagMap compat = map(injection(0, 3, 80), Compat.HEASOFT_6_20, Optional.empty(), Optional.empty());
        assertThat(rows(compat, 0, StatusFlag.CI_ROW)).containsExactly(2);
        assertThat(rows(compat, 0, StatusFlag.CI_AFTER_3)).containsExactly(5);
        assertThat(rows(compat, 0, StatusFlag.CI_BEFORE_3)).isEmpty();
    }

    @Test
    void impossibleInjectionIsAnError() {
        assertThatThrownBy(() -> map(injection(1, 0, 0), Compat.STRICT, Optional.empty(), Optional.empty()))
                .isInstanceOf(SxiException.class).hasMessageContaining("CIPERIOD");
        FlagMap off = map(injection(1, 0, 0).set("CISTATUS", 0, ""), Compat.STRICT, Optional.empty(),
                Optional.empty());
        assertThat(rows(off, 0, StatusFlag.CI_ROW)).isEmpty();
    }

    @Test
    void windowOfTheFirstTwoCcds() {
        Keywords k = new Keywords().set("WIN_ST", 281, "").set("WIN_SIZE", 80, "");
        FlagMap m = map(k, Compat.STRICT, Optional.empty(), Optional.empty());
        assertThat(rows(m, 1, StatusFlag.OUT_OF_WINDOW)).hasSize(560).contains(279, 360).doesNotContain(280, 359);
        assertThat(rows(m, 1, StatusFlag.WINDOW_BOUNDARY)).containsExactly(280, 359);
        assertThat(rows(m, 1, StatusFlag.NEAR_CCD_BOUNDARY)).containsExactly(279, 281, 358, 360);
        assertThat(rows(m, 2, StatusFlag.OUT_OF_WINDOW)).isEmpty();
    }

    @Test
    void areasTurnWithTheNode() {
        Keywords k = new Keywords().set("ACTVNODE", "(0,1,0,1,1,0,1,0)", "").set("C2S0ARON", "(1,0,0,0,0)", "")
                .set("C2S0ARIN", "(10,99,20,39)", "").set("C0S1ARON", "(0,0,1,0,0)", "")
                .set("C0S1AROU", "(0,0,0,0,10,99,20,39,0,0,0,0,0,0,0,0)", "");
        FlagMap m = map(k, Compat.STRICT, Optional.empty(), Optional.empty());
        // Node B of segment AB: RAWX 10..99 is ACTX 310..221, from 0 309..220.
        assertThat(StatusFlag.OUT_OF_AREA.in(m.at(2, 220, 20))).isFalse();
        assertThat(StatusFlag.AREA_BOUNDARY.in(m.at(2, 220, 20))).isTrue();
        assertThat(StatusFlag.OUT_OF_AREA.in(m.at(2, 219, 20))).isTrue();
        assertThat(StatusFlag.OUT_OF_AREA.in(m.at(2, 309, 39))).isFalse();
        assertThat(StatusFlag.OUT_OF_AREA.in(m.at(2, 310, 39))).isTrue();
        assertThat(m.at(2, 320, 5)).isZero();
        // Node C of segment CD: an exclusion at ACTX 331..420.
        assertThat(m.at(0, 330, 25)).isEqualTo(StatusFlag.bits(StatusFlag.OUT_OF_AREA, StatusFlag.AREA_BOUNDARY));
        assertThat(m.at(0, 340, 25)).isEqualTo(StatusFlag.OUT_OF_AREA.bit());
        assertThat(m.at(0, 329, 25)).isZero();
    }

    @Test
    void badColumnsAndPixels() {
        PixelList bad = list(new PixelEntry(500, 0, 8, 101, 20), new PixelEntry(500, 1, 8, 1, 1));
        FlagMap m = map(new Keywords(), Compat.STRICT, Optional.of(bad), Optional.empty());
        assertThat(rows(m, 0, StatusFlag.BAD_COLUMN)).hasSize(20).startsWith(100).endsWith(119);
        assertThat(rows(m, 0, StatusFlag.BAD_COLUMN_LINE)).hasSize(620).doesNotContain(100, 119);
        assertThat(StatusFlag.NEAR_BAD.in(m.at(0, 6, 110))).isTrue();
        assertThat(StatusFlag.NEAR_BAD_COLUMN_LINE.in(m.at(0, 6, 400))).isTrue();
        assertThat(rows(m, 1, StatusFlag.BAD_PIXEL)).containsExactly(0);
        assertThat(rows(m, 1, StatusFlag.BAD_COLUMN)).isEmpty();
        assertThat(rows(m, 1, StatusFlag.BAD_COLUMN_LINE)).hasSize(639);
        assertThat(StatusFlag.NEAR_BAD.in(m.at(1, 8, 1))).isTrue();
    }

    @Test
    void hotPixelsKeepTheNeighboursOfBadOnesExceptInTheReference() {
        PixelList bad = list(new PixelEntry(500, 0, 8, 101, 1));
        PixelList hot = list(new PixelEntry(1500, 0, 300, 300, 1), new PixelEntry(1e6, 0, 8, 500, 1));
        FlagMap strict = map(new Keywords(), Compat.STRICT, Optional.of(bad), Optional.of(hot));
        FlagMap compat = map(new Keywords(), Compat.HEASOFT_6_20, Optional.of(bad), Optional.of(hot));
        assertThat(StatusFlag.NEAR_BAD.in(strict.at(0, 7, 101))).isTrue();
        assertThat(StatusFlag.NEAR_BAD.in(compat.at(0, 7, 101))).isFalse();
        assertThat(StatusFlag.NEAR_BAD.in(compat.at(0, 299, 300))).isTrue();
        assertThat(rows(strict, 0, StatusFlag.HOT_PIXEL)).isEmpty();
        assertThat(StatusFlag.HOT_PIXEL.in(strict.at(0, 299, 299))).isTrue();
    }

    @Test
    void validBlockOfBadPixels() {
        PixelList l = list(new PixelEntry(100, 0, 1, 1, 1), new PixelEntry(500, 0, 2, 2, 1),
                new PixelEntry(500, 0, 3, 3, 1), new PixelEntry(500, 0, 4, 4, 1));
        assertThat(ListFlags.bad(l, 1000, settings(Compat.STRICT))).extracting(PixelEntry::actX)
                .containsExactly(2, 3, 4);
        assertThat(ListFlags.bad(l, 1000, settings(Compat.HEASOFT_6_20))).extracting(PixelEntry::actX)
                .containsExactly(4, 3, 4);
        assertThat(ListFlags.bad(l, 300, settings(Compat.STRICT))).extracting(PixelEntry::actX).containsExactly(1);
        assertThat(ListFlags.bad(l, 300, settings(Compat.HEASOFT_6_20))).isEmpty();
        assertThatThrownBy(() -> ListFlags.bad(l, 50, settings(Compat.STRICT))).isInstanceOfSatisfying(
                SxiException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION));
    }
}
