// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.GradePatternTable;
import org.xtendsxi.caldb.table.SplitThresholdTable;
import org.xtendsxi.pipeline.energy.StartColumn;
import org.xtendsxi.pipeline.pulse.PulseColumns;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;

/** What xtdpi and sxipi share: from files and parameters to the chain, and from the chain to a file. */
abstract class EnergyTask implements Task {
    private static final List<Column> READS = EnergyParameters.STAGES.stream().flatMap(s -> s.reads().stream())
            .distinct().toList();
    private static final List<Column> COPIES = List.of(PulseColumns.PHA_COPY, PulseColumns.GRADE_COPY);

    /** Whether the switches that XRISM added are there. */
    abstract boolean xrism();

    @Override
    public String summary() {
        return "Correct pulse heights, grade events, and find PHA and PI.";
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(EnergyParameters.files());
        all.addAll(EnergyParameters.switches(xrism()));
        all.add(EventRewrite.THREADS);
        return all;
    }

    @Override
    public List<String> accepted() {
        return List.of();
    }

    @Override
    public void run(TaskCall call, Console console) {
        EnergySettings settings = EnergyParameters.settings(call.values(), call.compat());
        EventRewrite.run(call, header -> {
            Readout readout = EnergyParameters.readout(Readout.of(header), call.values());
            EnergyTables tables = tables(call, settings, readout, header, console);
            return new Work(call.values(), new EnergyChain(settings, readout, tables));
        });
        console.say(call.name() + ": wrote " + call.values().text("outfile"));
    }

    private static EnergyTables tables(TaskCall call, EnergySettings settings, Readout readout, Keywords header,
            Console console) {
        EnergySettings.Corrections on = settings.corrections();
        CalibrationFinder f = new CalibrationFinder(call, header, readout, console);
        boolean columns = on.vtcor() || on.evnoddcor();
        Optional<VideoTemperature> hk = on.vtcor() ? temperature(call, readout, console) : Optional.empty();
        return new EnergyTables(
                f.find("vtevnoddfile", CaldbKind.VT_EVEN_ODD, columns)
                        .map(t -> EvenOddTable.load(t.source(), t.choice())),
                hk,
                f.find("chtrailfile", CaldbKind.CHARGE_TRAIL, on.chtrailcor())
                        .map(t -> ChargeTrailTable.load(t.source(), t.choice())),
                f.find("ctifile", CaldbKind.CTI, on.cticor()).map(t -> CtiTable.load(t.source(), t.choice())),
                f.find("spthfile", CaldbKind.SPLIT_TH, settings.split().spthcaldb())
                        .map(t -> SplitThresholdTable.load(t.source(), t.choice())),
                f.find("patternfile", CaldbKind.HIT_PATTERN, settings.startcol() != StartColumn.PHA)
                        .map(t -> GradePatternTable.load(t.source())),
                f.find("gainfile", CaldbKind.GAIN, on.gaincor()).map(t -> GainTable.load(t.source(), t.choice())));
    }

    private static Optional<VideoTemperature> temperature(TaskCall call, Readout readout, Console console) {
        Parameters p = call.values();
        Optional<VideoTemperature> hk = call.file("hkfile").map(path -> VideoTemperature.load(path,
                new VideoTemperature.Location(p.text("hkext"), p.text("hkcolstem"), p.text("hkvideoid")),
                readout.start(), readout.stop(), call.compat().keeps(Fault.NULL_TEMPERATURE)));
        if (hk.isEmpty()) {
            console.warn(call.name() + ": hkfile=NONE: no video temperature, every event gets STATUS flag 28");
        }
        return hk;
    }

    /** Chunks through the chain. */
    private static final class Work implements EventRewrite.Work<EnergyChain.Started> {
        private final Parameters values;
        private final EnergyChain chain;
        private int cursor;

        Work(Parameters values, EnergyChain chain) {
            this.values = values;
            this.chain = chain;
        }

        @Override
        public EventSchema schema(EventSchema in) {
            EventSchema out = values.yes("debugcol") ? in.with(PulseColumns.debug())
                    : EventRewrite.without(in, PulseColumns.debug());
            out = values.yes("copygrade") ? out.with(COPIES) : EventRewrite.without(out, COPIES);
            List<Column> results = new ArrayList<>();
            for (Column c : List.of(EventColumns.PHA, EventColumns.PI, EventColumns.GRADE)) {
                Column old = in.find(c.name()).orElse(c);
                Column limited = old.nullValue(c.nullValue().orElseThrow());
                results.add(c == EventColumns.GRADE ? limited
                        : limited.range(c.min().orElseThrow(), c.max().orElseThrow()));
            }
            StartColumn start = StartColumn.valueOf(values.text("startcol"));
            in.column(start.name());
            return out.with(results);
        }

        @Override
        public List<Column> reads() {
            return READS;
        }

        @Override
        public Set<String> writes() {
            Set<String> all = new HashSet<>(Set.of("PHA", "PI", "GRADE", "STATUS"));
            Stream.of(PulseColumns.debug(), COPIES).flatMap(List::stream).forEach(c -> all.add(c.name()));
            return all;
        }

        @Override
        public EnergyChain.Started start(EventChunk chunk) {
            EnergyChain.Started s = chain.start(chunk, cursor);
            cursor = chain.advance(s);
            return s;
        }

        @Override
        public EventChunk finish(EnergyChain.Started s) {
            chain.finish(s);
            return s.batch().chunk();
        }
    }
}
