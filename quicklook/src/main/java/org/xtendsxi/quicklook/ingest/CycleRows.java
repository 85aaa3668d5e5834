// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.extraction.ExtractedEvents;
import org.xtendsxi.pipeline.flow.EventChain;
import org.xtendsxi.pipeline.frames.ReducedCycle;
import org.xtendsxi.quicklook.store.CycleRow;
import org.xtendsxi.quicklook.store.EventRows;
import org.xtendsxi.quicklook.store.SourceFile;

/** Calibrates the events of some cycles and counts them. */
final class CycleRows {
    private static final EventSchema RAW = new EventSchema(EventColumns.raw());

    private final Setting setting;
    private final SourceFile file;
    private final Darks darks;
    private Optional<EventChain> chain = Optional.empty();
    private boolean warmed;
    private Map<String, Long> sizes = Map.of();

    CycleRows(Setting setting, SourceFile file, Darks darks) {
        this.setting = setting;
        this.file = file;
        this.darks = darks;
    }

    /**
     * Rows for the store.
     *
     * @param cycles one per frame group
     * @param events their calibrated events
     */
    record Result(List<CycleRow> cycles, List<EventRows> events) {
    }

    /**
     * Makes rows of cycles.
     *
     * @param previous time of the cycle before, NaN if there is none, s
     * @param auxiliary attitude and housekeeping by suffix
     * @param now s since 1970
     */
    Result of(FrameReader f, List<CycleScan.Span> spans, List<ReducedCycle> cycles, CycleScan scan, double previous,
            Map<String, Path> auxiliary, double now) {
        FrameTiming timing = f.header().timing();
        int[] expected = new int[spans.size()];
        List<Gti> live = new ArrayList<>();
        for (int c = 0; c < expected.length; c++) {
            expected[c] = scan.taken(spans.get(c).segments());
            if (complete(cycles.get(c), expected[c])) {
                for (int i = 0; i < timing.exposures(); i++) {
                    double start = spans.get(c).time() + timing.liveStart(i);
                    live.add(new Gti(start, start + timing.liveTime(i)));
                }
            }
        }
        GtiList gti = GtiList.of(live);
        open(f, spans, timing, auxiliary);
        ExtractedEvents all = ExtractedEvents.joined(cycles.stream().map(ReducedCycle::events).toList());
        try (EventChunk raw = all.toChunk(RAW, 0); EventChunk events = chain.orElseThrow().calibrate(raw)) {
            EventRows r = EventRows.of(file.dataset(), events, chain.get().keep(events, gti));
            boolean[] bad = Tally.bad(events);
            List<CycleRow> rows = new ArrayList<>();
            int from = 0;
            double before = previous;
            for (int c = 0; c < expected.length; c++) {
                ReducedCycle cycle = cycles.get(c);
                int to = from + cycle.events().size();
                Tally t = Tally.of(r, bad, from, to);
                double time = spans.get(c).time();
                int unusable = (int) cycle.exposures().stream().filter(e -> !e.usable()).count();
                int segments = Integer.bitCount(expected[c]);
                rows.add(new CycleRow(file.dataset(), spans.get(c).number(), time,
                        complete(cycle, expected[c]) ? timing.liveTime() : 0, segments, cycle.exposures().size(),
                        unusable, lost(time - before, timing.nominal()) * segments, to - from, t.clean(), t.lamp(),
                        t.grades(), cycle.rejects().limit(), Math.max(0, time - darks.time()), warmed, now));
                from = to;
                before = time;
            }
            return new Result(rows, List.of(r));
        }
    }

    private static boolean complete(ReducedCycle c, int expected) {
        return c.exposures().stream().filter(e -> e.usable()).count() == Integer.bitCount(expected);
    }

    /** Cycles missing in a gap; a gap of more than an hour is not a loss but another part of the observation. */
    private static int lost(double gap, double nominal) {
        return Double.isNaN(gap) || gap > 3600 ? 0 : (int) Math.max(0, Math.round(gap / nominal) - 1);
    }

    /** Opens the stages, again when housekeeping or attitude have grown; without them if they cannot be used yet. */
    private void open(FrameReader f, List<CycleScan.Span> spans, FrameTiming timing, Map<String, Path> auxiliary) {
        Map<String, Long> now = new HashMap<>();
        auxiliary.forEach((k, p) -> now.put(k, size(p)));
        if (chain.isPresent() && now.equals(sizes)) {
            return;
        }
        double start = spans.getFirst().time() + timing.liveStart(0);
        GtiList live = GtiList.of(List.of(new Gti(start, spans.getLast().time() + timing.nominal())));
        Path hot = setting.scratch().resolve("hot-" + file.identity() + ".fits");
        try {
            chain = Optional.of(EventChain.ofFrames(f, darks.maps(), live, auxiliary, hot, setting.caldb(),
                    setting.parameters()));
            warmed = auxiliary.containsKey("xtd_a0.hk");
        } catch (SxiException e) {
            if (auxiliary.isEmpty()) {
                throw e;
            }
            chain = Optional.of(EventChain.ofFrames(f, darks.maps(), live, Map.of(), hot, setting.caldb(),
                    setting.parameters()));
            warmed = false;
        }
        sizes = now;
    }

    private static long size(Path p) {
        return Files.exists(p) ? p.toFile().length() : 0;
    }
}
