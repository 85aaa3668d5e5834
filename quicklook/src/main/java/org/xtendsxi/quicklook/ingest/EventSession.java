// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.flow.EventChain;
import org.xtendsxi.quicklook.store.Batch;
import org.xtendsxi.quicklook.store.CycleRow;
import org.xtendsxi.quicklook.store.EventRows;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.SourceFile.State;

/** An event list, taken in groups of the events of one cycle time; the last group waits until the next one begins. */
final class EventSession implements Session {
    private static final int ROWS = 4096;

    private final Setting setting;
    private Optional<EventChain> chain = Optional.empty();

    EventSession(Setting setting) {
        this.setting = setting;
    }

    @Override
    public Batch advance(SourceFile file, Path path, boolean last, Map<String, Path> auxiliary, double now) {
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.need("EVENTS");
            if (h.rows() < file.rows()) {
                throw SxiException.data("file has fewer rows than were taken from it").in(path).hdu("EVENTS")
                        .value(h.rows()).limit(file.rows())
                        .todo("give the whole file again under another name").build();
            }
            int rows = ROWS;
            while (true) {
                try (EventChunk raw = f.table(h, rows).from(file.rows()).next()
                        .orElseGet(() -> EventChunk.allocate(new EventSchema(h.columns()), file.rows(), 0))) {
                    boolean end = last && file.rows() + raw.rows() == h.rows();
                    double cycle = timing(h.keywords()).nominal();
                    double[] time = raw.doubles("TIME");
                    int take = end ? time.length : whole(time, cycle);
                    if (take == 0 && raw.rows() == rows) {
                        rows *= 2;
                        continue;
                    }
                    SourceFile next = file.at(file.rows() + take, end ? State.DONE : State.GROWING, file.message());
                    return take == 0 ? Batch.of(next) : batch(next, raw, h.keywords(), take, auxiliary, now);
                }
            }
        }
    }

    private static FrameTiming timing(Keywords k) {
        return DataMode.of(k.text("DATAMODE").orElse("")).orElse(DataMode.WINDOW1).timing();
    }

    /** Rows before the group of the last row. */
    private static int whole(double[] time, double cycle) {
        int n = time.length;
        while (n > 0 && group(time[n - 1], cycle) == group(time[time.length - 1], cycle)) {
            n--;
        }
        return n;
    }

    private static long group(double time, double cycle) {
        return (long) Math.floor(time / cycle);
    }

    private Batch batch(SourceFile next, EventChunk raw, Keywords k, int take, Map<String, Path> auxiliary,
            double now) {
        if (chain.isEmpty()) {
            try {
                chain = Optional.of(EventChain.ofEvents(k, raw.schema(), auxiliary, setting.caldb(),
                        setting.parameters()));
            } catch (SxiException e) {
                if (auxiliary.isEmpty()) {
                    throw e;
                }
                chain = Optional.of(EventChain.ofEvents(k, raw.schema(), Map.of(), setting.caldb(),
                        setting.parameters()));
            }
        }
        boolean[] keep = new boolean[raw.rows()];
        Arrays.fill(keep, 0, take, true);
        FrameTiming timing = timing(k);
        try (EventChunk part = raw.select(keep, raw.firstRow()); EventChunk events = chain.get().calibrate(part)) {
            double[] time = events.doubles("TIME");
            GtiList all = GtiList.of(List.of(new Gti(time[0] - timing.nominal(), time[take - 1] + timing.nominal())));
            EventRows rows = EventRows.of(next.dataset(), events, chain.get().keep(events, all));
            boolean[] bad = Tally.bad(events);
            List<CycleRow> cycles = new ArrayList<>();
            for (int from = 0; from < take;) {
                long group = group(time[from], timing.nominal());
                int to = from;
                while (to < take && group(time[to], timing.nominal()) == group) {
                    to++;
                }
                Tally t = Tally.of(rows, bad, from, to);
                cycles.add(new CycleRow(next.dataset(), (int) (group % Integer.MAX_VALUE), group * timing.nominal(),
                        timing.liveTime(), 0, 0, 0, 0, to - from, t.clean(), t.lamp(), t.grades(), 0, Double.NaN,
                        auxiliary.containsKey("xtd_a0.hk"), now));
                from = to;
            }
            return new Batch(next, cycles, List.of(), List.of(rows), List.of(), List.of());
        }
    }

    @Override
    public void close() {
        chain = Optional.empty();
    }
}
