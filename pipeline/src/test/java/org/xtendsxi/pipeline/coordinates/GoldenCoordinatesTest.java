// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.pipeline.golden.Golden;
import org.xtendsxi.pipeline.stage.Parameters;

/** The positions of the reference tool, event by event. */
@Tag("validation")
class GoldenCoordinatesTest {
    private static final List<String> COLUMNS = List.of("ACTX", "ACTY", "DETX", "DETY", "FOCX", "FOCY", "X", "Y");
    private static final SkyCentre CENTRE = new SkyCentre(83.633, 22.0145, 0);

    private static CoordinateChain chain(String name, CoordinateOptions options, EventChunk like) {
        TelDef t = Golden.telDef();
        return new CoordinateChain(t, AttitudeTable.load(Golden.file(name + "_att"), AttitudeTable.Layout.DEFAULT,
                AttitudeTable.Settings.DEFAULT), new SkyProjection(t, CENTRE, Aberration.NONE), options,
                Optional.empty(), like.schema(), Golden.header(name));
    }

    @ParameterizedTest
    @CsvSource({"base, 20000, 20000", "base, 777, 20000", "window, 4096, 10000", "edge, 64, 1052"})
    void everyPixelIsTheSame(String name, int chunkRows, int rows) {
        TelDef t = Golden.telDef();
        List<EventChunk> chunks = Golden.events(name, chunkRows, Golden.WORK);
        CoordinateChain chain = chain(name, CoordinateOptions.all(t), chunks.getFirst());
        int seen = 0;
        for (EventChunk c : chunks) {
            try (c) {
                chain.process(c);
                for (String column : COLUMNS) {
                    assertThat(Arrays.mismatch(c.ints(column), c.ints(column + "_OUT"))).as(column).isEqualTo(-1);
                }
                seen += c.rows();
            }
        }
        assertThat(seen).isEqualTo(rows);
    }

    @Test
    void unroundedPositionsAgreeToAMillionthOfAPixel() {
        TelDef t = Golden.telDef();
        CoordinateOptions options = new CoordinateOptions(0, 4, true, true, true, "TIME");
        EventChunk plain = Golden.events("edge", 2000, Golden.WORK).getFirst();
        var columns = CoordinateColumns.of(t, CENTRE, options, plain.schema());
        EventChunk c = Golden.events("edge", 2000, columns).getFirst();
        Map<String, double[]> expected = new HashMap<>();
        COLUMNS.forEach(n -> expected.put(n, c.doubles(n + "_FLOAT")));
        chain("edge", options, c).process(c);
        for (String n : COLUMNS) {
            assertThat(c.doubles(n + "_FLOAT")).as(n).containsExactly(expected.get(n), within(1e-6));
        }
        plain.close();
        c.close();
    }

    @Test
    void theStageDoesWhatTheTaskDoes() {
        EventChunk c = Golden.events("base", 20000, Golden.WORK).getFirst();
        Parameters p = Parameters.of("coordinates", CoordinateStage.SPEC.parameters(), Map.of());
        CoordinateStage.open(Golden.telDef(), Optional.of(Golden.file("base_att")), Golden.header("base"), p, 7)
                .process(c);
        for (String column : COLUMNS) {
            assertThat(Arrays.mismatch(c.ints(column), c.ints(column + "_OUT"))).as(column).isEqualTo(-1);
        }
        c.close();
    }
}
