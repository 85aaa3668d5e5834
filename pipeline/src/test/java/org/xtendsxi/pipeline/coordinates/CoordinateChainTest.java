// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.pipeline.golden.Golden;

/** Steps of the chain on single events. */
class CoordinateChainTest {
    private static final SkyCentre CENTRE = new SkyCentre(83, 22, 0);

    private static EventSchema schema() {
        List<Column> all = new ArrayList<>(CoordinateStage.SPEC.reads());
        all.addAll(CoordinateStage.SPEC.writes());
        return new EventSchema(all);
    }

    private static EventChunk events(int rows, int segment, int node, int rawX, int rawY) {
        EventChunk c = EventChunk.allocate(schema(), 0, rows);
        put(c, "CCD_ID", 1);
        put(c, "SEGMENT", segment);
        put(c, "READNODE", node);
        put(c, "RAWX", rawX);
        put(c, "RAWY", rawY);
        c.put("TIME", new double[rows]);
        return c;
    }

    private static void put(EventChunk c, String column, int value) {
        int[] v = new int[c.rows()];
        Arrays.fill(v, value);
        c.put(column, v);
    }

    private static Keywords header(int option, int size, int start) {
        return new Keywords().set("WINOPT", option, "").set("WIN_SIZE", size, "").set("WIN_ST", start, "");
    }

    private static CoordinateChain chain(TelDef t, int stop, Optional<Shifts> shifts, Keywords header) {
        return new CoordinateChain(t, PointingKeywords.nominal(t, CENTRE, 0),
                new SkyProjection(t, CENTRE, Aberration.NONE),
                new CoordinateOptions(0, stop, true, false, false, "TIME"), shifts, schema(), header);
    }

    /** Vectors of events-coords-screening section 18. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0, 1", "0, 0, 319, 320", "0, 1, 0, 320", "1, 1, 0, 321", "1, 1, 319, 640", "1, 0, 0, 640"})
    void nodesRunAlongOrAgainstTheColumns(int segment, int node, int rawX, int actX) {
        try (EventChunk c = events(1, segment, node, rawX, 5)) {
            chain(Golden.telDef(), 4, Optional.empty(), header(0, 640, 1)).process(c);
            assertThat(c.ints("ACTX")).containsExactly(actX);
            assertThat(c.ints("ACTY")).containsExactly(6);
        }
    }

    @Test
    void windowRowsAreUnpacked() {
        try (EventChunk c = events(1, 0, 0, 0, 85)) {
            chain(Golden.telDef(), 4, Optional.empty(), header(1, 80, 455)).process(c);
            assertThat(c.ints("ACTY")).containsExactly(460);
        }
    }

    @Test
    void unknownWindowIsACalibrationError() {
        assertThatThrownBy(() -> chain(Golden.telDef(), 4, Optional.empty(), header(1, 77, 1)))
                .isInstanceOf(SxiException.class).hasMessageContaining("no coefficients for this read-out");
    }

    @Test
    void nullsGoUpTheChain() {
        try (EventChunk c = events(4, 0, 0, 10, 10)) {
            c.put("RAWX", new int[] {-1, 10, 10, 10});
            c.put("SEGMENT", new int[] {0, 255, 0, 0});
            c.put("CCD_ID", new int[] {1, 1, 255, 1});
            c.put("TIME", new double[] {0, 0, 0, Double.NaN});
            chain(Golden.telDef(), 4, Optional.empty(), header(0, 640, 1)).process(c);
            assertThat(c.ints("ACTX")).containsExactly(-1, -1, 11, 11);
            assertThat(c.ints("DETX")[2]).isEqualTo(-1);
            assertThat(c.ints("DETX")[3]).isPositive();
            assertThat(c.ints("X")).containsExactly(-1, -1, -1, -1);
        }
    }

    @Test
    void columnsAboveTheLastSystemBecomeNull() {
        try (EventChunk c = events(1, 0, 0, 10, 10)) {
            put(c, "X", 100);
            chain(Golden.telDef(), 2, Optional.empty(), header(0, 640, 1)).process(c);
            assertThat(c.ints("DETX")[0]).isPositive();
            assertThat(c.ints("FOCX")).containsExactly(-1);
            assertThat(c.ints("X")).containsExactly(-1);
        }
    }

    @Test
    void nominalPointingPutsTheCentreOfTheFocalPlaneOnTheCentreOfTheSky() {
        TelDef t = Golden.telDef();
        var m = new SkyProjection(t, CENTRE, Aberration.NONE).at(PointingKeywords.nominal(t, CENTRE, 123).at(0), 0);
        assertThat(m.x(1215.5, 1215.5)).isCloseTo(1215.5, within(1e-9));
        assertThat(m.y(1215.5, 1215.5)).isCloseTo(1215.5, within(1e-9));
    }

    @Test
    void spreadFillsThePixelAndDoesNotDependOnChunks() {
        TelDef g = Golden.telDef();
        TelDef t = new TelDef(g.file(), g.systems(), g.transformations(), OptionalInt.of(2), 2, g.axis());
        int n = 20000;
        try (EventChunk whole = events(n, 0, 0, 100, 100)) {
            chain(t, 4, Optional.of(Shifts.byRow(7)), header(0, 640, 1)).process(whole);
            int[] x = whole.ints("FOCX");
            assertThat(Arrays.stream(x).distinct().count()).isEqualTo(2);
            try (EventChunk part = EventChunk.allocate(schema(), n - 1000, 1000);
                    EventChunk like = events(1000, 0, 0, 100, 100)) {
                for (String name : List.of("CCD_ID", "SEGMENT", "READNODE", "RAWX", "RAWY")) {
                    part.put(name, like.ints(name));
                }
                part.put("TIME", like.doubles("TIME"));
                chain(t, 4, Optional.of(Shifts.byRow(7)), header(0, 640, 1)).process(part);
                assertThat(part.ints("FOCX")).containsExactly(Arrays.copyOfRange(x, n - 1000, n));
            }
        }
    }

    @Test
    void shiftsAreUniform() {
        int n = 100_000;
        for (Shifts s : List.of(Shifts.byRow(1), Shifts.inOrder(1))) {
            double[] dx = new double[n];
            double[] dy = new double[n];
            s.fill(0, new double[n], dx, dy);
            assertThat(Arrays.stream(dx).min().orElseThrow()).isBetween(-0.5, -0.499);
            assertThat(Arrays.stream(dx).max().orElseThrow()).isBetween(0.499, 0.5);
            assertThat(Arrays.stream(dx).average().orElseThrow()).isCloseTo(0, within(0.004));
            double product = 0;
            for (int i = 0; i < n; i++) {
                product += dx[i] * dy[i];
            }
            assertThat(product / n).isCloseTo(0, within(0.001));
        }
    }

    /** First outputs of MT19937 with seed 5489, as published by its authors. */
    @Test
    void twisterOfTheReference() {
        double[] dx = new double[2];
        double[] dy = new double[2];
        Shifts.inOrder(5489).fill(0, new double[] {Double.NaN, 1}, dx, dy);
        assertThat(dx).containsExactly(0, 3499211612L / 4294967296.0 - 0.5);
        assertThat(dy).containsExactly(0, 581869302L / 4294967296.0 - 0.5);
    }

    @Test
    void columnsCarryWorldCoordinates() {
        TelDef t = Golden.telDef();
        var columns = CoordinateColumns.of(t, new SkyCentre(266.557125937341, -28.8894110496133, 0),
                CoordinateOptions.all(t), schema());
        Column x = columns.stream().filter(c -> c.name().equals("X")).findFirst().orElseThrow();
        assertThat(x.keywords()).containsEntry("TCTYP", "RA---TAN").containsEntry("TCRVL", 266.557125937341)
                .containsEntry("TCRPX", 1215.5).containsEntry("TCUNI", "deg");
        assertThat((Double) x.keywords().get("TCDLT")).isCloseTo(-4.91106681541e-4, within(1e-14));
        assertThat(x.min()).hasValue(1);
        assertThat(x.max()).hasValue(2430);
    }
}
