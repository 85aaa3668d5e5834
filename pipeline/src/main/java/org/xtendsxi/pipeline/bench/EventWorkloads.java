// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.RawRows;
import org.xtendsxi.caldb.fits.RowRewrite;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.GradePatternTable;
import org.xtendsxi.caldb.table.SplitThresholdTable;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.assembly.AssemblyStage;
import org.xtendsxi.pipeline.coordinates.CoordinateStage;
import org.xtendsxi.pipeline.flags.FlagInputs;
import org.xtendsxi.pipeline.flags.FlagStage;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.xtdpi.EnergyChain;
import org.xtendsxi.pipeline.xtdpi.EnergyParameters;
import org.xtendsxi.pipeline.xtdpi.EnergyTables;

/** The steps on events, one thread, on a chunk in memory. */
public final class EventWorkloads {
    /** Events of a chunk. */
    public static final int EVENTS = 8192;
    private static final double MILLION = 1e6;
    private static final double GIGA = 1e9;

    private final Caldb caldb;
    private final Keywords header = EventMaker.keywords(EVENTS);
    private final EventChunk chunk = EventMaker.chunk(EventMaker.SCHEMA, 0, EVENTS);
    private final List<Workload> all = new ArrayList<>();

    private EventWorkloads(Caldb caldb) {
        this.caldb = caldb;
        Parameters position = defaults("coordinates", CoordinateStage.SPEC.parameters());
        Parameters flagging = defaults("flags", FlagStage.SPEC.parameters());
        step("coordinates", CoordinateStage.open(TelDef.load(source(CaldbKind.TELDEF).path()), Optional.empty(),
                header, position, 1));
        step("phas", AssemblyStage.step());
        FlagInputs inputs = FlagInputs.load(Optional.of(source(CaldbKind.MASK).path()),
                Optional.of(source(CaldbKind.BADPIX).path()), Optional.empty(), Optional.empty());
        step("flags", FlagStage.open(FlagStage.map(inputs, header, flagging, Compat.STRICT, Optional.empty()),
                flagging, Compat.STRICT));
        energy();
        codec("58-byte row", narrow());
        codec(EventMaker.SCHEMA.rowBytes() + "-byte row", EventMaker.SCHEMA);
    }

    /** All of them, with tables of a calibration database. */
    public static List<Workload> of(Caldb caldb) {
        return List.copyOf(new EventWorkloads(caldb).all);
    }

    private void step(String name, EventStep step) {
        step.process(chunk);
        all.add(new Workload(name, "Mevents/s", EVENTS / MILLION, () -> {
            step.process(chunk);
            return chunk.rows();
        }));
    }

    /** The chain with all steps in one and two passes, then without one step each, which tells the cost of the step. */
    private void energy() {
        energy("energy, 2 passes", Map.of("passes", "2"));
        energy("energy, 1 pass", Map.of());
        energy("energy, no random numbers", Map.of("randomize", "no"));
        energy("energy, no even/odd", Map.of("evnoddcor", "no", "vtcor", "no"));
        energy("energy, no charge trail", Map.of("chtrailcor", "no"));
        energy("energy, charge trail of all pixels", Map.of("chtrailpixels", "all"));
        energy("energy, no CTI", Map.of("cticor", "no"));
        energy("energy, no gain", Map.of("gaincor", "no"));
    }

    private void energy(String name, Map<String, String> given) {
        Readout readout = Readout.of(header);
        TableChoice choice = new TableChoice(readout.mode(), readout.injection().status(), readout.start(), false);
        double[][] boards = new double[4][];
        double[] time;
        try (EventChunk hk = EventMaker.temperatures(EVENTS)) {
            time = hk.doubles("TIME");
            for (int ccd = 0; ccd < boards.length; ccd++) {
                boards[ccd] = hk.doubles(hk.schema().columns().get(1 + ccd).name());
            }
        }
        EnergyTables tables = new EnergyTables(
                Optional.of(EvenOddTable.load(source(CaldbKind.VT_EVEN_ODD), choice)),
                Optional.of(VideoTemperature.of(time, boards, false)),
                Optional.of(ChargeTrailTable.load(source(CaldbKind.CHARGE_TRAIL), choice)),
                Optional.of(CtiTable.load(source(CaldbKind.CTI), choice)),
                Optional.of(SplitThresholdTable.load(source(CaldbKind.SPLIT_TH), choice)),
                Optional.of(GradePatternTable.load(source(CaldbKind.HIT_PATTERN))),
                Optional.of(GainTable.load(source(CaldbKind.GAIN), choice)));
        Parameters p = Parameters.of("energy", EnergyParameters.switches(true), given);
        step(name, new EnergyChain(EnergyParameters.settings(p, Compat.STRICT), readout, tables));
        int[] grade = chunk.ints("GRADE");
        if (Arrays.stream(grade).filter(g -> g >= 0).count() < EVENTS / 2) {
            throw new IllegalStateException("most events got no energy: their speed would say nothing");
        }
    }

    private static EventSchema narrow() {
        List<Column> columns = new ArrayList<>(List.of(EventColumns.TIME));
        for (int i = 0; i < 8; i++) {
            columns.add(Column.of("I" + i, ColumnType.SHORT, 1));
        }
        columns.addAll(List.of(Column.of("J", ColumnType.INT, 1), Column.of("E", ColumnType.FLOAT, 1),
                Column.of("K", ColumnType.SHORT, 1), EventColumns.PHAS, Column.of("S16", ColumnType.BITS, 16),
                Column.of("S32", ColumnType.BITS, 32)));
        return new EventSchema(columns);
    }

    private void codec(String name, EventSchema schema) {
        Set<String> names = schema.columns().stream().map(Column::name).collect(Collectors.toSet());
        RowRewrite codec = new RowRewrite(schema, schema, names, names);
        EventChunk events = EventMaker.chunk(schema, 0, EVENTS);
        byte[] empty = new byte[EVENTS * schema.rowBytes()];
        RawRows rows = new RawRows(0, EVENTS, codec.encode(new RawRows(0, EVENTS, empty), events));
        double gigabytes = EVENTS * schema.rowBytes() / GIGA;
        Workload.Work read = () -> {
            try (EventChunk c = codec.decode(rows)) {
                return c.rows();
            }
        };
        Workload.Work write = () -> codec.encode(rows, events).length;
        all.add(new Workload("read " + name, "Mrows/s", EVENTS / MILLION, read));
        all.add(new Workload("write " + name, "Mrows/s", EVENTS / MILLION, write));
        all.add(new Workload("read " + name + ", bytes", "GB/s", gigabytes, read));
        all.add(new Workload("write " + name + ", bytes", "GB/s", gigabytes, write));
    }

    private static Parameters defaults(String stage, List<Parameter> declared) {
        return Parameters.of(stage, declared, Map.of());
    }

    private TableSource source(CaldbKind kind) {
        CaldbEntry e = caldb.select(CaldbQuery.of(kind, "XRISM", "XTEND",
                MissionTime.XRISM.mjd(header.needReal("TSTART")), DataMode.WINDOW1, 1));
        return new TableSource(caldb.file(e), Integer.toString(e.extension()));
    }
}
