// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.pulse.PulseColumns;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Stage {@code evenodd}: gain of even and odd columns with the video temperature (energy-chain sections 6 and 11A). */
public final class EvenOddStage {
    /** Polynomial of even and odd columns. */
    public static final Parameter COLUMNS = Parameter.yesNo("evnoddcor", true, "correct even and odd columns");
    /** Factor of the temperature. */
    public static final Parameter TEMPERATURE = Parameter.yesNo("vtcor", true, "correct the video temperature");
    /** Longest gap between two temperatures. */
    public static final Parameter MAX_GAP =
            Parameter.integer("deltatime", "s", 0, 1000000, 8, "longest time between two temperatures");
    /** Where the temperatures stand in the housekeeping file. */
    public static final List<Parameter> HOUSEKEEPING = List.of(
            Parameter.text("hkext", VideoTemperature.Location.ARCHIVE.extension(),
            "extension of the housekeeping file"),
            Parameter.text("hkcolstem", VideoTemperature.Location.ARCHIVE.stem(), "start of its column names"),
            Parameter.text("hkvideoid", VideoTemperature.Location.ARCHIVE.boards(), "video board of each CCD"));
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("evenodd", "gain of even and odd columns, video temperature",
            List.of(EventColumns.TIME, EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE,
                    EventColumns.ADCAVE, EventColumns.RAWX, EventColumns.ACTX, EventColumns.PHAS, EventColumns.STATUS),
            List.of(PulseColumns.PHAS_EVENODD, EventColumns.STATUS), List.of("VT_EVEN_ODD"),
            List.of(StatusFlag.TEMPERATURE_RANGE, StatusFlag.NO_TEMPERATURE),
            List.of(StageSpec.ENABLED, COLUMNS, TEMPERATURE, MAX_GAP, HOUSEKEEPING.get(0), HOUSEKEEPING.get(1),
                    HOUSEKEEPING.get(2)));

    private EvenOddStage() {
    }
}
