// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** The stage {@code coordinates}: ACT, DET, FOC and sky position of every event. */
public final class CoordinateStage {
    /** Contract of the stage. */
    public static final StageSpec SPEC = new StageSpec("coordinates", "positions on CCD, detector and sky",
            List.of(EventColumns.TIME, EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE,
                    EventColumns.RAWX, EventColumns.RAWY),
            List.of(EventColumns.ACTX, EventColumns.ACTY, EventColumns.DETX, EventColumns.DETY, EventColumns.FOCX,
                    EventColumns.FOCY, EventColumns.X, EventColumns.Y),
            List.of("teldef"), List.of(),
            List.of(Parameter.choice("randomize", List.of("TELDEF", "no"),
                    "spread positions over the pixel of the system that the TelDef names, if any"),
                    Parameter.choice("attinterp", List.of("LINEAR", "CONSTANT"), "attitude between two rows"),
                    Parameter.real("attdt", "s", 0, 1e6, 32, "how far beyond its ends the attitude holds"),
                    Parameter.choice("stopsys", List.of("SKY", "FOC", "DET", "ACT"), "last system made")));

    private CoordinateStage() {
    }

    /** Attitude of an observation: the table, or the nominal pointing RA_NOM, DEC_NOM, PA_NOM of the header. */
    public static Attitude attitude(Optional<Path> file, TelDef teldef, Keywords header, Parameters p) {
        return file.<Attitude>map(path -> AttitudeTable.load(path, AttitudeTable.Layout.DEFAULT,
                new AttitudeTable.Settings(p.text("attinterp").equals("LINEAR"), p.real("attdt"))))
                .orElseGet(() -> PointingKeywords.nominal(teldef, SkyCentre.of(header),
                        header.real("PA_NOM").orElse(0)));
    }

    /**
     * Opens the stage.
     *
     * @param teldef telescope
     * @param attitude attitude file, if there is one
     * @param header keywords of EVENTS
     * @param p parameters of the stage
     * @param seed seed of the random spread
     */
    public static EventStep open(TelDef teldef, Optional<Path> attitude, Keywords header, Parameters p, long seed) {
        CoordinateOptions options = new CoordinateOptions(0, teldef.index(p.text("stopsys")), true, false, false,
                EventColumns.TIME.name());
        Optional<Shifts> shifts =
                p.text("randomize").equals("TELDEF") ? Optional.of(Shifts.byRow(seed)) : Optional.empty();
        return new CoordinateChain(teldef, attitude(attitude, teldef, header, p),
                new SkyProjection(teldef, SkyCentre.of(header), Aberration.NONE), options, shifts,
                new EventSchema(SPEC.reads()), header);
    }
}
