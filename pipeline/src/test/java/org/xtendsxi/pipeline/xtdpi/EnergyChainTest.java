// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.SplitThresholdTable;
import org.xtendsxi.pipeline.correction.SyntheticTables;
import org.xtendsxi.pipeline.grade.SuzakuPatterns;
import org.xtendsxi.pipeline.pulse.EventFixture;
import org.xtendsxi.pipeline.pulse.PulseColumns;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/** The chain as a whole: passes, chunks, start columns, flags (energy-chain sections 3 and 5). */
class EnergyChainTest {
    private static final int ROWS = 700;
    private static final List<String> RESULTS = List.of("PHA", "PI", "GRADE");

    private static EnergyTables tables() {
        int[] s = SyntheticTables.segments();
        return new EnergyTables(Optional.of(SyntheticTables.evenOdd()), Optional.of(SyntheticTables.temperature()),
                Optional.of(SyntheticTables.trail()), Optional.of(SyntheticTables.cti(1)),
                Optional.of(SplitThresholdTable.of(s, SyntheticTables.everyRow(15, 0.004))),
                Optional.of(SuzakuPatterns.table()), Optional.of(GainTable.of(s,
                        SyntheticTables.everyRow(1, 0.98, 1e-6, 2, 0.985, 5e-7, -1, 0.99, 0, 300, 1500))));
    }

    private static EnergyChain chain(Compat compat, String... words) {
        Map<String, String> given = new HashMap<>();
        for (String w : words) {
            given.put(w.substring(0, w.indexOf('=')), w.substring(w.indexOf('=') + 1));
        }
        Parameters p = Parameters.of("xtdpi", EnergyParameters.switches(true), given);
        return new EnergyChain(EnergyParameters.settings(p, compat),
                EnergyParameters.readout(EventFixture.readout(), p), tables());
    }

    private static EventChunk events() {
        SplittableRandom random = new SplittableRandom(11);
        EventChunk c = EventFixture.chunk(0, ROWS, PulseColumns.debug().toArray(Column[]::new));
        double[] time = new double[ROWS];
        int[] x = new int[ROWS];
        int[] actX = new int[ROWS];
        int[] actY = new int[ROWS];
        int[] phas = new int[9 * ROWS];
        for (int i = 0; i < ROWS; i++) {
            time[i] = 12.0 * i / ROWS;
            x[i] = random.nextInt(320);
            actX[i] = ReadNode.actX(0, 0, x[i]);
            actY[i] = 1 + random.nextInt(640);
            for (int k = 0; k < 9; k++) {
                phas[9 * i + k] = k == 0 ? 100 + random.nextInt(1500) : random.nextInt(-20, i % 3 == 0 ? 200 : 20);
            }
        }
        c.put("TIME", time);
        c.put("RAWX", x);
        c.put("ACTX", actX);
        c.put("ACTY", actY);
        c.put("PHAS", phas);
        return c;
    }

    private static EventChunk part(EventChunk all, int from, int to) {
        boolean[] keep = new boolean[all.rows()];
        java.util.Arrays.fill(keep, from, to, true);
        return all.select(keep, from);
    }

    @ParameterizedTest
    @MethodSource("org.xtendsxi.pipeline.stage.Compat#both")
    void twoPassesInOneReadingAreTwoRuns(Compat compat) {
        try (EventChunk once = events(); EventChunk twice = events()) {
            chain(compat, "passes=2").process(once);
            chain(compat, "ctigrade=no", "usegoffset=no").process(twice);
            int[] first = twice.ints("PI");
            chain(compat).process(twice);
            assertThat(twice.ints("PI")).as("the second pass changes something").isNotEqualTo(first);
            for (String column : RESULTS) {
                assertThat(once.ints(column)).isEqualTo(twice.ints(column));
            }
            assertThat(once.doubles("PHAS_CTICORR")).isEqualTo(twice.doubles("PHAS_CTICORR"));
            assertThat(once.longs("STATUS")).isEqualTo(twice.longs("STATUS"));
        }
    }

    @ParameterizedTest
    @MethodSource("org.xtendsxi.pipeline.stage.Compat#both")
    void resultsDoNotDependOnChunks(Compat compat) {
        EnergyChain chain = chain(compat, "passes=2");
        try (EventChunk whole = events(); EventChunk source = events()) {
            chain.process(whole);
            for (int[] cut : new int[][] {{0, 1}, {1, 300}, {300, 557}, {557, ROWS}}) {
                try (EventChunk piece = part(source, cut[0], cut[1]);
                        EventChunk expected = part(whole, cut[0], cut[1])) {
                    chain.process(piece);
                    for (String column : RESULTS) {
                        assertThat(piece.ints(column)).isEqualTo(expected.ints(column));
                    }
                    assertThat(piece.doubles("PHAS_CTICORR")).isEqualTo(expected.doubles("PHAS_CTICORR"));
                }
            }
        }
    }

    @Test
    void temperaturePositionOfTheReferenceIsCarriedThroughChunksAndBlocks() {
        EnergyChain chain = chain(Compat.HEASOFT_6_20);
        try (EventChunk whole = backwards(); EventChunk source = backwards(); EventChunk alone = backwards()) {
            chain.finish(chain.start(whole, 0));
            int cursor = 0;
            for (int i = 0; i < ROWS; i++) {
                try (EventChunk piece = part(source, i, i + 1); EventChunk expected = part(whole, i, i + 1)) {
                    EnergyChain.Started s = chain.start(piece, cursor);
                    cursor = chain.advance(s);
                    chain.finish(s);
                    assertThat(piece.doubles("PHAS_EVENODD")).as("row %d", i)
                            .isEqualTo(expected.doubles("PHAS_EVENODD"));
                }
            }
            chain(Compat.STRICT).process(alone);
            assertThat(whole.doubles("PHAS_EVENODD")).isNotEqualTo(alone.doubles("PHAS_EVENODD"));
        }
    }

    /** Events from late to early. */
    private static EventChunk backwards() {
        EventChunk c = events();
        double[] time = c.doubles("TIME");
        double[] turned = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            turned[i] = time[ROWS - 1 - i];
        }
        c.put("TIME", turned);
        return c;
    }

    @Test
    void rawPulseHeightsStayAsTheyAre() {
        try (EventChunk c = events()) {
            short[] before = c.shorts("PHAS");
            chain(Compat.STRICT, "passes=2").process(c);
            assertThat(c.shorts("PHAS")).isEqualTo(before);
        }
    }

    @Test
    void strictNeverRepeatsACorrection() {
        try (EventChunk c = events()) {
            chain(Compat.STRICT, "randomize=no").process(c);
            int[] pi = c.ints("PI");
            for (String start : List.of("PHAS_EVENODD", "PHAS_TRAILCORR", "PHAS_CTICORR")) {
                chain(Compat.STRICT, "randomize=no", "ctigrade=no", "usegoffset=no").process(c);
                int[] free = c.ints("PI");
                chain(Compat.STRICT, "startcol=" + start, "debugcol=yes", "ctigrade=no", "usegoffset=no").process(c);
                assertThat(c.ints("PI")).as(start).isEqualTo(free).isNotEqualTo(pi);
            }
            int[] grade = c.ints("GRADE");
            chain(Compat.STRICT, "startcol=PHA", "debugcol=yes").process(c);
            assertThat(c.ints("GRADE")).as("quirk Q8").isEqualTo(grade);
        }
    }

    @Test
    void flagsOfAnEarlierRunAreClearedInStrictOnly() {
        long below = StatusFlag.BELOW_THRESHOLD.bit();
        try (EventChunk c = events()) {
            chain(Compat.STRICT, "evtthre=500").process(c);
            assertThat(java.util.Arrays.stream(c.longs("STATUS")).filter(s -> (s & below) != 0).count())
                    .isBetween(1L, ROWS - 1L);
            chain(Compat.HEASOFT_6_20).process(c);
            assertThat(java.util.Arrays.stream(c.longs("STATUS")).anyMatch(s -> (s & below) != 0)).isTrue();
            chain(Compat.STRICT).process(c);
            assertThat(java.util.Arrays.stream(c.longs("STATUS")).anyMatch(s -> (s & below) != 0)).isFalse();
        }
    }

    @Test
    void eventsThatFailATestAreNull() {
        try (EventChunk c = events()) {
            long[] bad = new long[ROWS];
            bad[0] = 1 << 16;
            c.put("PROC_STATUS", bad);
            double[] time = c.doubles("TIME");
            time[1] = Double.NaN;
            c.put("TIME", time);
            int[] x = c.ints("RAWX");
            x[2] = -1;
            c.put("RAWX", x);
            short[] phas = c.shorts("PHAS");
            phas[3 * 9 + 5] = -6000;
            phas[4 * 9] = -32768;
            c.put("PHAS", phas);
            chain(Compat.STRICT).process(c);
            assertThat(c.ints("PI")).startsWith(4096, 4096, 4096, 4096, 4096).doesNotContain(-1);
            assertThat(c.ints("GRADE")).startsWith(-1, -1, -1, -1, -1);
            assertThat(c.doubles("PHAS_EVENODD")).startsWith(Double.NaN, Double.NaN);
            assertThat(c.longs("STATUS")).startsWith(0, StatusFlag.TEMPERATURE_RANGE.bit(),
                    StatusFlag.NULL_IN_CORRECTION.bit(), 0, StatusFlag.BELOW_THRESHOLD.bit());
        }
    }

    @Test
    void contradictionsAndMissingTablesAreRefused() {
        assertThatThrownBy(() -> chain(Compat.STRICT, "startcol=PHAS_CTICORR")).isInstanceOf(SxiException.class)
                .hasMessageContaining("debugcol=yes");
        assertThatThrownBy(() -> chain(Compat.STRICT, "evtthre=100.0")).isInstanceOf(SxiException.class)
                .hasMessageContaining("100.0");
        EnergyTables none = new EnergyTables(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
        Parameters p = Parameters.of("xtdpi", EnergyParameters.switches(true), Map.of());
        EnergySettings s = EnergyParameters.settings(p, Compat.STRICT);
        assertThatThrownBy(() -> new EnergyChain(s, EventFixture.readout(), none)).isInstanceOf(SxiException.class)
                .hasMessageContaining("even/odd file");
    }

    /** The option of ours changes split events, and the reference does not have it. */
    @Test
    void trailOfAllPixelsIsAnOptionOfStrict() {
        try (EventChunk centre = events(); EventChunk all = events()) {
            chain(Compat.STRICT).process(centre);
            chain(Compat.STRICT, "chtrailpixels=all").process(all);
            assertThat(all.doubles("PHAS_EVENODD")).isEqualTo(centre.doubles("PHAS_EVENODD"));
            assertThat(all.ints("PI")).isNotEqualTo(centre.ints("PI"));
        }
        assertThatThrownBy(() -> chain(Compat.HEASOFT_6_20, "chtrailpixels=all")).isInstanceOf(SxiException.class)
                .hasMessageContaining("compat=heasoft-6.20").hasMessageContaining("chtrailpixels=centre");
    }

    @Test
    void columnsWithoutLimitsAreRefused() {
        try (EventChunk c = events()) {
            List<Column> columns = c.schema().columns().stream()
                    .map(k -> k.name().equals("RAWX") ? Column.of("RAWX", k.type(), 1) : k).toList();
            try (EventChunk bare = EventChunk.allocate(new EventSchema(columns), 0, 1)) {
                assertThatThrownBy(() -> chain(Compat.STRICT).process(bare)).isInstanceOf(SxiException.class)
                        .hasMessageContaining("RAWX").hasMessageContaining("TNULL");
            }
        }
    }
}
