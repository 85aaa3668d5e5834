// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.frames.CcdCycle;
import org.xtendsxi.pipeline.frames.FrameReducer;
import org.xtendsxi.pipeline.frames.ReducedCycle;
import org.xtendsxi.pipeline.frames.SegmentExposure;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.stage.Ordered;
import org.xtendsxi.quicklook.store.Batch;
import org.xtendsxi.quicklook.store.DarkRow;
import org.xtendsxi.quicklook.store.SegmentRow;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.SourceFile.State;
import org.xtendsxi.quicklook.store.TrendStore;

/** Raw frames: bias, dark, extraction and calibration of the cycles that are complete. */
final class FrameSession implements Session {
    /** Cycles taken in one transaction at most. */
    private static final int BATCH = 8;
    private static final int SMALL = 2;

    private final Setting setting;
    private final TrendStore store;
    private final int batch;
    private final Darks darks;
    private final CycleScan scan;
    private final CycleRows rows;
    private final Deque<ByteBuffer> spare = new ArrayDeque<>();
    private double previous;
    private boolean checked;
    private boolean newDarks;

    private FrameSession(Setting setting, TrendStore store, SourceFile file, Path path, FrameType type, int batch,
            Darks darks, boolean first) {
        this.setting = setting;
        this.store = store;
        this.batch = batch;
        this.darks = darks;
        this.newDarks = first;
        try (FrameReader f = FrameReader.open(path)) {
            this.scan = new CycleScan(f.header().detnam(), type);
        }
        int[] segments = store.segmentsSeen(file.dataset());
        scan.resume(segments[0], segments[1]);
        this.rows = new CycleRows(setting, file, darks);
        this.previous = store.lastTime(file.dataset());
        this.checked = file.rows() == 0;
    }

    /**
     * Begins with raw frames.
     *
     * @param path where the file is now
     * @param darks darks of the data set
     * @param first whether they are new and must be stored
     */
    static FrameSession ofRaw(Setting setting, TrendStore store, SourceFile file, Path path, Darks darks,
            boolean first) {
        return new FrameSession(setting, store, file, path, FrameType.RAW, BATCH, darks, first);
    }

    /** Begins with dark frames, as if they were raw, in small batches; for a {@link Rehearsal}. */
    static FrameSession ofDark(Setting setting, TrendStore store, SourceFile file, Path path, Darks darks) {
        return new FrameSession(setting, store, file, path, FrameType.DARK, SMALL, darks, false);
    }

    /** What a thread makes of a cycle. */
    private record Reduced(CycleScan.Span span, ReducedCycle cycle, List<SegmentRow> segments,
            List<ByteBuffer> buffers) {
    }

    @Override
    public Batch advance(SourceFile file, Path path, boolean last, Map<String, Path> auxiliary, double now) {
        try (FrameReader f = FrameReader.open(path)) {
            check(file, f);
            List<CycleScan.Span> spans = scan.next(f, file.rows(), last, batch);
            boolean all = last && (spans.isEmpty() || spans.size() < batch);
            long end = all ? f.rows() : spans.isEmpty() ? file.rows() : spans.getLast().end();
            String repeated = file.message();
            List<CycleScan.Span> fresh = new ArrayList<>();
            for (CycleScan.Span s : spans) {
                if (s.time() > (fresh.isEmpty() ? orNever(previous) : fresh.getLast().time())
                        || !store.has(file.dataset(), s.time())) {
                    fresh.add(s);
                } else {
                    repeated = "cycles that were taken before from another file are passed over";
                }
            }
            SourceFile next = file.at(end, all ? State.DONE : State.GROWING, repeated);
            return fresh.isEmpty() ? Batch.of(next) : reduce(f, fresh, next, auxiliary, now);
        }
    }

    private static double orNever(double time) {
        return Double.isNaN(time) ? Double.NEGATIVE_INFINITY : time;
    }

    /** The rows taken before a restart must still be those that were taken. */
    private void check(SourceFile file, FrameReader f) {
        if (file.rows() > f.rows()) {
            throw SxiException.data("file has fewer rows than were taken from it").in(f.path()).hdu("FRAMES")
                    .value(f.rows()).limit(file.rows()).todo("give the whole file again under another name").build();
        }
        if (!checked && !store.has(file.dataset(), f.readIndex(file.rows() - 1).time())) {
            throw SxiException.data("rows that were taken have changed").in(f.path()).hdu("FRAMES").row(file.rows())
                    .todo("give the file again under another observation").build();
        }
        checked = true;
    }

    private Batch reduce(FrameReader f, List<CycleScan.Span> spans, SourceFile next, Map<String, Path> auxiliary,
            double now) {
        AreaDiscrimination area = AreaDiscrimination.of(f.keywords(), f.header());
        FrameReducer reducer = new FrameReducer(f.header(), area, setting.parameters().get("bias"),
                setting.parameters().get("extraction"), darks.maps(), setting.kernel());
        List<ReducedCycle> cycles = new ArrayList<>();
        List<SegmentRow> segments = new ArrayList<>();
        Deque<CycleScan.Span> waiting = new ArrayDeque<>(spans);
        Ordered.run(Math.min(setting.threads(), spans.size()),
                () -> Optional.ofNullable(waiting.poll()).map(s -> read(f, s)),
                loaded -> reduce(f, reducer, loaded, next.dataset()), r -> {
                    cycles.add(r.cycle());
                    segments.addAll(r.segments());
                    giveBack(r.buffers());
                });
        CycleRows.Result result = rows.of(f, spans, cycles, scan, previous, auxiliary, now);
        previous = Math.max(orNever(previous), spans.getLast().time());
        List<DarkRow> dark = newDarks ? darks.rows() : List.of();
        newDarks = false;
        return new Batch(next, result.cycles(), segments, result.events(), dark, List.of());
    }

    /** A cycle in memory. */
    private record Loaded(CycleScan.Span span, List<SegmentFrame> frames, List<ByteBuffer> buffers) {
    }

    private Loaded read(FrameReader f, CycleScan.Span s) {
        List<SegmentFrame> frames = new ArrayList<>();
        List<ByteBuffer> buffers = new ArrayList<>();
        for (long row : s.rows()) {
            ByteBuffer b = buffer(f.rowBytes());
            buffers.add(b);
            frames.add(f.read(row, b));
        }
        return new Loaded(s, frames, buffers);
    }

    private synchronized ByteBuffer buffer(int bytes) {
        return spare.isEmpty() ? ByteBuffer.allocateDirect(bytes) : spare.pop();
    }

    private synchronized void giveBack(List<ByteBuffer> buffers) {
        spare.addAll(buffers);
    }

    private Reduced reduce(FrameReader f, FrameReducer reducer, Loaded c, String dataset) {
        Map<Integer, List<SegmentFrame>> byCcd = new TreeMap<>(Comparator.naturalOrder());
        c.frames().forEach(s -> byCcd.computeIfAbsent(s.ccdId(), k -> new ArrayList<>()).add(s));
        List<ReducedCycle> ccds = new ArrayList<>();
        List<SegmentRow> segments = new ArrayList<>();
        Adc adc = Adc.of(f.header());
        for (List<SegmentFrame> frames : byCcd.values()) {
            CcdCycle unit = CcdCycle.of(frames);
            ReducedCycle r = reducer.reduce(unit);
            ccds.add(r);
            for (int i = 0; i < r.exposures().size(); i++) {
                SegmentExposure e = r.exposures().get(i);
                SegmentFrame s = unit.segments().get(i);
                PixelCensus p = e.usable() ? PixelCensus.of(s.pixels(), f.header().geometry(), adc, e.bias().level(),
                        darks.maps().need(s.ccdId(), s.segment(), s.readNode()).level())
                        : new PixelCensus(0, 0, Double.NaN, Double.NaN);
                segments.add(new SegmentRow(dataset, e.time(), e.ccdId(), e.segment(), e.usable(), e.bias().even(),
                        e.bias().odd(), e.bias().noiseEven(), e.bias().noiseOdd(), e.events(), p.saturated(),
                        p.saturatedBlock(), p.residual(), p.leak()));
            }
        }
        return new Reduced(c.span(), ReducedCycle.ofCcds(ccds), segments, c.buffers());
    }

    @Override
    public void close() {
        spare.clear();
    }
}
