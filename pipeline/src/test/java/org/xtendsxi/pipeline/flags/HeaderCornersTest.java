// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.pixel.PixelEntry;
import org.xtendsxi.caldb.pixel.PixelList;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/** Keywords and lists at the limits of what headers and calibration files hold (sections 9.5 and 9.6). */
class HeaderCornersTest {
    private static final double START = 1000;

    private static FlagMap map(Keywords header, Optional<PixelList> bad, Compat compat) {
        header.set("TSTART", START, "").set("TSTOP", START + 100, "");
        Parameters p = Parameters.of("flags", FlagStage.SPEC.parameters(), Map.of("echoflag", "no"));
        FlagInputs inputs = new FlagInputs(Optional.empty(), bad, Optional.empty(), Optional.empty());
        return FlagStage.map(inputs, header, p, compat, Optional.empty());
    }

    private static boolean has(FlagMap map, int x, int y, StatusFlag flag) {
        return flag.in(map.at(0, x, y));
    }

    /** Columns 10 to 20 of node A are columns 10 to 20 of the CCD, those of node B columns 299 to 309. */
    @ParameterizedTest
    @CsvSource({"'(10,20,5,9)', 0, 15", "'(20,10,5,9)', 0, 15", "'(10,20,5,9)', 1, 304", "'(20,10,5,9)', 1, 304"})
    void columnsOfAnExclusionInEitherOrder(String rectangle, int node, int inside) {
        String regions = rectangle.replace(")", "") + ",0,0,0,0,0,0,0,0,0,0,0,0)";
        Keywords h = new Keywords().set("ACTVNODE", "(" + node + ",1,0,1,0,1,0,1)", "")
                .set("C0S0ARON", "(0,1,0,0,0)", "").set("C0S0AROU", regions, "");
        FlagMap strict = map(h, Optional.empty(), Compat.STRICT);
        assertThat(has(strict, inside, 7, StatusFlag.OUT_OF_AREA)).isTrue();
        assertThat(has(strict, inside, 10, StatusFlag.OUT_OF_AREA)).isFalse();
        assertThat(has(strict, inside - 6, 7, StatusFlag.OUT_OF_AREA)).isFalse();
        assertThat(has(strict, inside + 6, 7, StatusFlag.OUT_OF_AREA)).isFalse();
        assertThat(has(strict, inside + 5, 7, StatusFlag.AREA_BOUNDARY)).isTrue();
        FlagMap compat = map(h, Optional.empty(), Compat.HEASOFT_6_20);
        assertThat(has(compat, inside, 7, StatusFlag.OUT_OF_AREA)).isEqualTo(rectangle.startsWith("(10"));
    }

    @Test
    void injectionThatBeginsBelowTheCcd() {
        Keywords h = new Keywords().set("CISTATUS", 1, "").set("CIPERIOD", 80, "").set("CIFIRST", 0, "")
                .set("CIOFFSET", 0, "");
        FlagMap m = map(h, Optional.empty(), Compat.STRICT);
        assertThat(has(m, 5, 79, StatusFlag.CI_ROW)).isTrue();
        assertThat(has(m, 5, 0, StatusFlag.CI_TRAILING)).isTrue();
        assertThat(has(m, 5, 639, StatusFlag.CI_ROW)).isTrue();
    }

    /** A list whose first block begins just at TSTART is read in full by the reference too. */
    @ParameterizedTest
    @MethodSource("org.xtendsxi.pipeline.stage.Compat#both")
    void badPixelsValidFromTheVeryStart(Compat compat) {
        PixelList list = new PixelList(Path.of("badpix"), List.of(new PixelEntry(START, 0, 11, 21, 1),
                new PixelEntry(START, 0, 31, 41, 1), new PixelEntry(START + 500, 0, 51, 61, 1)));
        FlagMap m = map(new Keywords(), Optional.of(list), compat);
        assertThat(has(m, 10, 20, StatusFlag.BAD_PIXEL)).isTrue();
        assertThat(has(m, 30, 40, StatusFlag.BAD_PIXEL)).isTrue();
        assertThat(has(m, 50, 60, StatusFlag.BAD_PIXEL)).isFalse();
    }

    /** Faults of the reader of the reference: a later block makes it lose the valid one, else the first row is lost. */
    @ParameterizedTest
    @CsvSource({"heasoft-6.20, true, false, false", "heasoft-6.20, false, false, true", "strict, true, true, true",
        "strict, false, true, true"})
    void laterBlockOfBadPixels(String word, boolean laterBlock, boolean first, boolean second) {
        Compat compat = Compat.of(word).orElseThrow();
        List<PixelEntry> rows = List.of(new PixelEntry(0, 0, 1, 1, 1), new PixelEntry(500, 0, 11, 21, 1),
                new PixelEntry(500, 0, 31, 41, 1), new PixelEntry(START + 500, 0, 51, 61, 1));
        PixelList list = new PixelList(Path.of("badpix"), laterBlock ? rows : rows.subList(0, 3));
        FlagMap m = map(new Keywords(), Optional.of(list), compat);
        assertThat(has(m, 10, 20, StatusFlag.BAD_PIXEL)).isEqualTo(first);
        assertThat(has(m, 30, 40, StatusFlag.BAD_PIXEL)).isEqualTo(second);
    }
}
