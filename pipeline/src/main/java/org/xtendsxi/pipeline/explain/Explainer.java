// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.RawRows;
import org.xtendsxi.caldb.fits.RowRewrite;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.grade.Grader;
import org.xtendsxi.pipeline.pulse.NullReason;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.PulseColumns;

/** Recomputes one event of an unfiltered file with the kernels of the pipeline. */
final class Explainer {
    private static final List<String> ADDRESS = List.of("CCD_ID", "SEGMENT", "READNODE", "RAWX", "RAWY", "ACTX", "ACTY",
            "DETX", "DETY", "X", "Y");

    private final FitsReader file;
    private final Hdu events;
    private final RunSettings run;
    private final EnergyReplay replay;

    Explainer(FitsReader file, Optional<Path> caldb) {
        this.file = file;
        this.events = file.need("EVENTS");
        for (Column c : List.of(EventColumns.PHAS, EventColumns.PHAS_MASK, EventColumns.STATUS, EventColumns.PHA,
                EventColumns.PI, EventColumns.GRADE)) {
            if (!new EventSchema(events.columns()).has(c.name())) {
                throw SxiException.data("events are not calibrated").in(file.path()).hdu(events.name())
                        .column(c.name()).todo("give the unfiltered file that sxi run wrote").build();
            }
        }
        this.run = RunSettings.of(file.path());
        this.replay = new EnergyReplay(run, events.keywords(), caldb);
    }

    /** Explains a row, from 1. */
    Explanation explain(long row) {
        if (row < 1 || row > events.rows()) {
            throw SxiException.usage("no such row").in(file.path()).hdu(events.name()).value(row)
                    .limit("1.." + events.rows()).todo("correct --row").build();
        }
        try (EventChunk was = read(row); EventChunk first = read(row); EventChunk now = read(row)) {
            List<Explanation.Step> steps = new ArrayList<>();
            steps.add(new Explanation.Step("start", replay.start(now)));
            replay.run(now);
            steps.add(step("even/odd", now, PulseColumns.PHAS_EVENODD));
            steps.add(step(replay.settings().corrections().chtrailall() ? "charge trail, all pixels" : "charge trail",
                    now, PulseColumns.PHAS_TRAILCORR));
            if (replay.settings().passes() == 2) {
                replay.firstPass(first);
                steps.add(step("CTI pass 1", first, PulseColumns.PHAS_CTICORR));
                steps.add(step("CTI pass 2", now, PulseColumns.PHAS_CTICORR));
            } else {
                steps.add(step("CTI", now, PulseColumns.PHAS_CTICORR));
            }
            int segmentRow = SegmentRow.of(was.ints("CCD_ID")[0], was.ints("SEGMENT")[0], was.ints("READNODE")[0]);
            int mask = PulseBatch.of(was).masked()[0];
            int outer = was.ints("P_OUTER_MOST")[0];
            NullReason reason = NullReason.of(now.ints(PulseColumns.NULL_REASON.name())[0]);
            long status = was.longs("STATUS")[0];
            List<String> why = Verdict.against(was, run.condition(file.path(), events.keywords()),
                    run.parameters("screen").real("tolerance"), gti(), events.keywords());
            return new Explanation(file.path().toString(), row, event(was), raw(was),
                    bits(outer).stream().map(k -> k + EventPixels.INNER).toList(), bits(mask),
                    replay.calibration(segmentRow), steps, words(reason, mask),
                    reason == NullReason.NONE ? thresholds(steps.getLast().pulses(), mask, outer, segmentRow)
                            : List.of(),
                    values(was, now), flags(status), why.isEmpty(), why, replay.notes());
        }
    }

    private EventChunk read(long row) {
        EventSchema in = new EventSchema(events.columns());
        List<Column> more = new ArrayList<>(PulseColumns.debug());
        more.add(PulseColumns.NULL_REASON);
        EventSchema work = in.with(more.stream().filter(c -> !in.has(c.name())).toList());
        Set<String> all = work.columns().stream().map(Column::name).collect(Collectors.toSet());
        ByteBuffer bytes = ByteBuffer.allocate(events.rowBytes());
        file.readData(events, (row - 1) * events.rowBytes(), bytes);
        return new RowRewrite(in, work, all, Set.of()).decode(new RawRows(row - 1, 1, bytes.array()));
    }

    private static Explanation.Step step(String name, EventChunk chunk, Column column) {
        return new Explanation.Step(name, chunk.doubles(column.name()));
    }

    /** Good time of the screening, which the cleaned file holds; that of the events where there is none. */
    private GtiList gti() {
        Path cleaned = RunSettings.cleaned(file.path());
        if (Files.isRegularFile(cleaned)) {
            return GtiTable.read(cleaned);
        }
        return GtiTable.find(file).map(h -> GtiTable.read(file, h)).orElseThrow(() -> SxiException
                .data("event file has no good time").in(file.path()).limit("extension GTI").todo("add a GTI table")
                .build());
    }

    private Map<String, Object> event(EventChunk c) {
        Map<String, Object> out = new LinkedHashMap<>();
        double time = c.doubles("TIME")[0];
        out.put("TIME", time);
        out.put("date", Double.isNaN(time) ? "null" : EnergyReplay.time(events.keywords()).calendar(time));
        for (String name : ADDRESS) {
            if (c.has(name)) {
                out.put(name, c.ints(name)[0]);
            }
        }
        int segment = c.ints("SEGMENT")[0];
        int node = c.ints("READNODE")[0];
        out.put("segment", segment == 0 ? "AB" : segment == 1 ? "CD" : "?");
        out.put("node", SegmentRow.of(0, segment, node) < 0 ? "?" : String.valueOf(ReadNode.letter(segment, node)));
        return out;
    }

    private static int[] raw(EventChunk c) {
        int[] out = new int[EventPixels.ALL];
        Arrays.fill(out, Sxi.NULL_PULSE_HEIGHT);
        if (c.has("PHAS_INNER3X3")) {
            System.arraycopy(c.ints("PHAS_INNER3X3"), 0, out, 0, EventPixels.INNER);
        }
        if (c.has("PHAS_OUTER5X5")) {
            System.arraycopy(c.ints("PHAS_OUTER5X5"), 0, out, EventPixels.INNER, EventPixels.OUTER);
        }
        return out;
    }

    private List<Explanation.Threshold> thresholds(double[] pulses, int mask, int outer, int segmentRow) {
        return replay.grader().steps(pulses, mask, outer, segmentRow).stream()
                .map(s -> new Explanation.Threshold(s, bits(s.pattern()), rule(s))).toList();
    }

    /** The rule of energy-chain section 8.4 that made the final grade of the shape. */
    private static String rule(Grader.Step s) {
        if (s.shape() <= 1) {
            return "the centre stands alone, so the shape is the grade";
        }
        if (s.shape() == 7) {
            return s.touches() ? "a shape of no other grade that reaches the outer ring"
                    : "a shape of no other grade inside the 3x3";
        }
        if (s.corner()) {
            return "the corner of the square holds more than both its neighbours";
        }
        if (s.touches()) {
            return "the shape touches an outer pixel at the split threshold";
        }
        return s.grade() == s.shape() ? "nothing overrules the shape" : "an L without its corner counts as a square";
    }

    private static List<Explanation.Value> values(EventChunk was, EventChunk now) {
        List<Explanation.Value> out = new ArrayList<>();
        for (String name : List.of("PHA", "PI", "GRADE")) {
            String a = number(was, name);
            String b = number(now, name);
            out.add(new Explanation.Value(name, a, b, a.equals(b)));
        }
        String a = words(was.longs("STATUS")[0]);
        String b = words(now.longs("STATUS")[0]);
        out.add(new Explanation.Value("STATUS", a, b, a.equals(b)));
        return out;
    }

    private static String number(EventChunk c, String name) {
        double v = c.doubles(name)[0];
        return Double.isNaN(v) ? Explanation.NULL : Long.toString((long) v);
    }

    private String words(NullReason reason, int mask) {
        boolean counts = reason == NullReason.GRADING && replay.settings().split().badpixopt() != 1;
        return reason.words() + (counts && (mask & 1) != 0 ? ": the centre is masked" : "");
    }

    private static String words(long status) {
        List<String> all = flags(status).stream().map(f -> Integer.toString(f.number())).toList();
        return all.isEmpty() ? "none" : String.join(",", all);
    }

    private static List<Explanation.Flag> flags(long status) {
        List<Explanation.Flag> out = new ArrayList<>();
        for (StatusFlag f : StatusFlag.values()) {
            if (f.in(status)) {
                out.add(new Explanation.Flag(f.number(), f.meaning()));
            }
        }
        return out;
    }

    private static List<Integer> bits(int set) {
        return IntStream.range(0, Integer.SIZE).filter(i -> (set >> i & 1) != 0).boxed().toList();
    }
}
