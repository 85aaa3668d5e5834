// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** The stage {@code flags}: STATUS flags 1 to 23 and 31 to 37, and PHAS_MASK, of every event. */
public final class FlagStage {
    /** Contract of the stage. */
    public static final StageSpec SPEC = new StageSpec("flags", "flag events by the state of their pixel",
            List.of(EventColumns.TIME, EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE,
                    EventColumns.RAWX, EventColumns.RAWY, EventColumns.ACTX, EventColumns.ACTY,
                    EventColumns.PHAS_INNER3X3, EventColumns.P_OUTER_MOST, EventColumns.PROC_STATUS),
            List.of(EventColumns.PHAS_MASK, EventColumns.STATUS), List.of("mask", "badpix"),
            Arrays.stream(StatusFlag.values()).filter(f -> (f.bit() & EventFlags.OWNED) != 0).toList(),
            FlagSettings.parameters());

    private FlagStage() {
    }

    /**
     * Starts the search for echoes, to be fed with all events before the stage is opened; empty if switched off.
     *
     * @param header keywords of EVENTS
     * @param p parameters of the stage
     * @param compat behaviour wanted
     * @param gti good time of the search, empty for all
     */
    public static Optional<EchoSearch> echo(Keywords header, Parameters p, Compat compat, Optional<GtiList> gti) {
        FlagSettings s = FlagSettings.of(p, compat);
        return s.echo().search() ? Optional.of(new EchoSearch(s, gti, header)) : Optional.empty();
    }

    /** Flags of all pixels. */
    public static FlagMap map(FlagInputs inputs, Keywords header, Parameters p, Compat compat,
            Optional<EchoSearch> echo) {
        return inputs.map(header, FlagSettings.of(p, compat), echo);
    }

    /** Opens the stage. */
    public static EventStep open(FlagMap map, Parameters p, Compat compat) {
        return new EventFlags(map, FlagSettings.of(p, compat), false);
    }
}
