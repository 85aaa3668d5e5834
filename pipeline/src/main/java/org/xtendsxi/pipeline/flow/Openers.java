// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.pipeline.assembly.AssemblyStage;
import org.xtendsxi.pipeline.coordinates.CoordinateColumns;
import org.xtendsxi.pipeline.coordinates.CoordinateOptions;
import org.xtendsxi.pipeline.coordinates.CoordinateStage;
import org.xtendsxi.pipeline.coordinates.PointingKeywords;
import org.xtendsxi.pipeline.coordinates.SkyCentre;
import org.xtendsxi.pipeline.correction.EvenOddStage;
import org.xtendsxi.pipeline.flags.FlagStage;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.xtdpi.EnergyChain;
import org.xtendsxi.pipeline.xtdpi.EnergyParameters;
import org.xtendsxi.pipeline.xtdpi.EnergySettings;
import org.xtendsxi.pipeline.xtdpi.EnergyTables;

/** How the stages on events get what they need from an observation and the calibration. */
final class Openers {
    private Openers() {
    }

    static EventStage.Opened coordinates(StageContext c) {
        TelDef teldef = TelDef.load(c.calibration(CaldbKind.TELDEF).path(), c.header());
        SkyCentre centre = SkyCentre.of(c.header());
        List<Column> columns = CoordinateColumns.of(teldef, centre, CoordinateOptions.all(teldef), c.schema());
        Keywords k = new Keywords();
        PointingKeywords.write(k, teldef, centre, c.header().real("PA_NOM").orElse(0));
        return new EventStage.Opened(columns,
                CoordinateStage.open(teldef, c.file(".att"), c.header(), c.parameters(), c.seed()), k);
    }

    static EventStage.Opened assembly(StageContext c) {
        List<Column> columns = new ArrayList<>(AssemblyStage.columns(c.parameters()));
        columns.add(EventColumns.STATUS);
        return new EventStage.Opened(columns, AssemblyStage.step(), new Keywords());
    }

    static EventStage.Opened flags(StageContext c) {
        return new EventStage.Opened(FlagStage.SPEC.writes(), FlagStage.open(c.pixels().map(c), c.parameters(),
                c.compat()), new Keywords());
    }

    /** A step of the energy chain that the last of its stages makes, {@link #energy}, with the others. */
    static EventStage.Opened inChain(StageContext c) {
        return new EventStage.Opened(List.of(), chunk -> { }, new Keywords());
    }

    /** The energy chain: all its stages in one reading of the events. */
    static EventStage.Opened energy(StageContext c) {
        Parameters p = EnergyParameters.ofStages(c.stages());
        EnergySettings s = EnergyParameters.settings(p, c.compat());
        Readout readout = EnergyParameters.readout(Readout.of(c.header()), p);
        TableChoice choice = new TableChoice(readout.mode(), readout.injection().status(), readout.start(), false);
        Parameters k = c.stages().apply(EvenOddStage.SPEC.id());
        Optional<VideoTemperature> hk = s.corrections().vtcor() ? c.file("xtd_a0.hk").map(path -> VideoTemperature.load(
                path, new VideoTemperature.Location(k.text("hkext"), k.text("hkcolstem"), k.text("hkvideoid")),
                readout.start(), readout.stop(), c.compat().keeps(Fault.NULL_TEMPERATURE))) : Optional.empty();
        EnergyTables tables = EnergyTables.load(kind -> Optional.ofNullable(c.calibration().get(kind))
                .map(f -> TableSource.parse(f.path() + "+" + f.extension())), choice, hk);
        return new EventStage.Opened(
                List.of(EventColumns.PHA, EventColumns.PI, EventColumns.GRADE, EventColumns.STATUS),
                new EnergyChain(s, readout, tables), new Keywords());
    }

    /** Path of the housekeeping file that the energy chain reads, if the observation has one. */
    static Optional<Path> housekeeping(Observation o) {
        return o.file("xtd_a0.hk");
    }
}
