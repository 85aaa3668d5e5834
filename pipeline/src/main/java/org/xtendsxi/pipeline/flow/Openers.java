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
import org.xtendsxi.caldb.instrument.StatusFlag;
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
import org.xtendsxi.pipeline.flags.FlagMap;
import org.xtendsxi.pipeline.flags.FlagStage;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;
import org.xtendsxi.pipeline.xtdpi.EnergyChain;
import org.xtendsxi.pipeline.xtdpi.EnergyParameters;
import org.xtendsxi.pipeline.xtdpi.EnergySettings;
import org.xtendsxi.pipeline.xtdpi.EnergyTables;

/** How the stages on events get what they need from an observation and the calibration. */
final class Openers {
    /** Contract of the energy chain, whose steps share one reading of the events. */
    static final StageSpec ENERGY = new StageSpec("energy",
            "even/odd columns, charge trail, CTI, grade, CTI by grade, grade, PHA and PI",
            List.of(EventColumns.TIME, EventColumns.CCD_ID, EventColumns.SEGMENT, EventColumns.READNODE,
                    EventColumns.ADCAVE, EventColumns.RAWX, EventColumns.ACTX, EventColumns.ACTY, EventColumns.PHAS,
                    EventColumns.P_OUTER_MOST, EventColumns.PHAS_MASK, EventColumns.STATUS, EventColumns.PROC_STATUS),
            List.of(EventColumns.PHA, EventColumns.PI, EventColumns.GRADE, EventColumns.STATUS),
            List.of("VT_EVEN_ODD", "CHARGE_TRAIL", "CTI", "SPLIT_TH", "HIT_PATTERN", "GAIN"),
            List.of(StatusFlag.BELOW_THRESHOLD, StatusFlag.TEMPERATURE_RANGE, StatusFlag.NO_TEMPERATURE,
                    StatusFlag.NEGATIVE_CORRECTION, StatusFlag.NULL_IN_CORRECTION),
            energyParameters());

    private Openers() {
    }

    private static List<Parameter> energyParameters() {
        List<Parameter> all = new ArrayList<>();
        for (Parameter p : EnergyParameters.switches(true)) {
            all.add(p.name().equals("passes") ? Parameter.integer("passes", "", 1, 2, 2, p.text()) : p);
        }
        all.add(Parameter.text("hkext", VideoTemperature.Location.ARCHIVE.extension(), "extension of the HK file"));
        all.add(Parameter.text("hkcolstem", VideoTemperature.Location.ARCHIVE.stem(), "start of its column names"));
        all.add(Parameter.text("hkvideoid", VideoTemperature.Location.ARCHIVE.boards(), "video board of each CCD"));
        return all;
    }

    static EventStage.Opened coordinates(StageContext c) {
        TelDef teldef = TelDef.load(c.calibration(CaldbKind.TELDEF).path());
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
        FlagMap map = FlagStage.map(c.pixels().inputs(c), c.header(), c.parameters(), c.compat(),
                Optional.empty());
        return new EventStage.Opened(FlagStage.SPEC.writes(), FlagStage.open(map, c.parameters(), c.compat()),
                new Keywords());
    }

    static EventStage.Opened energy(StageContext c) {
        Parameters p = c.parameters();
        EnergySettings s = EnergyParameters.settings(p, c.compat());
        Readout readout = EnergyParameters.readout(Readout.of(c.header()), p);
        TableChoice choice = new TableChoice(readout.mode(), readout.injection().status(), readout.start(), false);
        Optional<VideoTemperature> hk = s.corrections().vtcor() ? c.file("xtd_a0.hk").map(path -> VideoTemperature.load(
                path, new VideoTemperature.Location(p.text("hkext"), p.text("hkcolstem"), p.text("hkvideoid")),
                readout.start(), readout.stop(), c.compat() == Compat.HEASOFT_6_20)) : Optional.empty();
        EnergyTables tables = EnergyTables.load(kind -> source(c, kind), choice, hk);
        return new EventStage.Opened(ENERGY.writes(), new EnergyChain(s, readout, tables), new Keywords());
    }

    private static TableSource source(StageContext c, CaldbKind kind) {
        CalibrationFile f = c.calibration(kind);
        return TableSource.parse(f.path() + "+" + f.extension());
    }

    /** Path of the housekeeping file that the energy chain reads, if the observation has one. */
    static Optional<Path> housekeeping(Observation o) {
        return o.file("xtd_a0.hk");
    }
}
