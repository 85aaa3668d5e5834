// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.pipeline.coordinates.Aberration;
import org.xtendsxi.pipeline.coordinates.CoordinateChain;
import org.xtendsxi.pipeline.coordinates.CoordinateColumns;
import org.xtendsxi.pipeline.coordinates.CoordinateOptions;
import org.xtendsxi.pipeline.coordinates.PointingKeywords;
import org.xtendsxi.pipeline.coordinates.SkyCentre;
import org.xtendsxi.pipeline.coordinates.SkyProjection;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Opens the coordinates of a run: the attitude file of the observation, or the nominal pointing without one. */
final class CoordinateOpener {
    /** Contract of the stage. */
    static final StageSpec SPEC = new StageSpec("coordinates", "RAW to ACT, DET, FOC and SKY",
            List.of(EventColumns.TIME, EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE,
                    EventColumns.RAWX, EventColumns.RAWY),
            List.of(EventColumns.ACTX, EventColumns.ACTY, EventColumns.DETX, EventColumns.DETY, EventColumns.FOCX,
                    EventColumns.FOCY, EventColumns.X, EventColumns.Y),
            List.of(CaldbKind.TELDEF.name()), List.of(), List.of());

    private CoordinateOpener() {
    }

    static EventStage.Opened open(StageContext c) {
        TelDef teldef = TelDef.load(c.calibration(CaldbKind.TELDEF).path());
        SkyCentre centre = SkyCentre.of(c.header());
        double roll = c.header().real("PA_NOM").orElse(0);
        Attitude attitude = c.file(".att").isPresent()
                ? AttitudeTable.load(c.file(".att").get(), AttitudeTable.Layout.DEFAULT, AttitudeTable.Settings.DEFAULT)
                : PointingKeywords.nominal(teldef, centre, roll);
        CoordinateOptions options = CoordinateOptions.all(teldef);
        List<Column> columns = CoordinateColumns.of(teldef, centre, options, c.schema());
        Keywords k = new Keywords();
        PointingKeywords.write(k, teldef, centre, roll);
        EventSchema schema = c.schema().with(columns);
        return new EventStage.Opened(columns, new CoordinateChain(teldef, attitude,
                new SkyProjection(teldef, centre, Aberration.NONE), options, Optional.empty(), schema, c.header()), k);
    }
}
