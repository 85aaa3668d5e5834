// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.frame.FrameOrder;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.frames.DarkBuilder;
import org.xtendsxi.pipeline.frames.DarkMaps;
import org.xtendsxi.pipeline.frames.DarkWatch;
import org.xtendsxi.pipeline.frames.ExposureLog;
import org.xtendsxi.pipeline.frames.ExposureTable;
import org.xtendsxi.pipeline.frames.FrameReducer;
import org.xtendsxi.pipeline.frames.ReducedCycle;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.stage.Ordered;
import org.xtendsxi.pipeline.stage.Parameters;

/** First pass: frames to raw events, with the exposure table. Streams cycle by cycle. */
final class EventsPass {
    private final Map<String, Parameters> parameters;
    private final ExtractionKernel kernel;
    private final int threads;
    private final Console console;

    EventsPass(Map<String, Parameters> parameters, ExtractionKernel kernel, int threads, Console console) {
        this.parameters = parameters;
        this.kernel = kernel;
        this.threads = threads;
        this.console = console;
    }

    /**
     * What the pass found.
     *
     * @param events number of events
     * @param exposure cycles and what was lost
     * @param dark the darks in the course of the observation
     */
    record Outcome(long events, ExposureLog.Summary exposure, DarkWatch.Summary dark) {
    }

    /**
     * Runs.
     *
     * @param set frames and dark frames
     * @param out event file to write
     * @param exposureOut exposure file to write
     * @param hotOut list of hot pixels to write
     * @param darkOut levels and noise of the darks at the end to write, if wanted
     */
    Outcome run(Observation.DataSet set, Path out, Path exposureOut, Path hotOut, Optional<Path> darkOut) {
        try (FrameReader frames = FrameReader.open(set.frames().orElseThrow())) {
            AreaDiscrimination area = AreaDiscrimination.of(frames.keywords(), frames.header());
            FrameReducer reducer = FrameReducer.of(frames.header(), area, parameters, darks(set, frames), kernel);
            List<DarkMaps.HotPixel> hot = reducer.darks().hotPixels(frames.header());
            Outcome outcome = reduce(set, frames, area, reducer, out, exposureOut);
            // written when the frames have proved good, so that a run that fails leaves nothing
            HotPixelFile.write(hotOut, hot, frames.readIndex(0).time(), Headers.ofFrames(frames));
            darkOut.ifPresent(p -> DarkMapFile.write(p, reducer.darks(), frames.header(), Headers.ofFrames(frames)));
            return outcome;
        }
    }

    private DarkBuilder darks(Observation.DataSet set, FrameReader frames) {
        boolean darkFrames = set.dark().isPresent();
        DarkBuilder builder = new DarkBuilder(frames.header(), parameters.get("bias"), parameters.get("dark"),
                darkFrames);
        Optional<FrameType> source = builder.source();
        if (source.isEmpty()) {
            return builder;
        }
        if (source.get() == FrameType.DARK && !darkFrames) {
            throw SxiException.data("there are no dark frames").in(set.frames().get())
                    .limit(set.stem() + "_dk.fits").todo("give dark frames, or set dark.method=median").build();
        }
        try (FrameReader from = source.get() == FrameType.DARK ? FrameReader.open(set.dark().get())
                : FrameReader.open(set.frames().get());
                Progress bar = console.progress("dark level", -1, "frames")) {
            if (!from.header().geometry().equals(frames.header().geometry())) {
                throw SxiException.data("dark frames have another geometry than the raw frames").in(from.path())
                        .hdu("FRAMES").value(from.header().geometry()).limit(frames.header().geometry())
                        .todo("give dark frames of the same layout").build();
            }
            ByteBuffer b = ByteBuffer.allocateDirect(from.rowBytes());
            FrameOrder order = new FrameOrder(from.path(), source.get());
            for (long row = 0; row < from.rows(); row++) {
                SegmentFrame index = from.readIndex(row);
                order.accept(index);
                if (builder.wants(index)) {
                    builder.accept(from.read(row, b));
                    bar.advance(1);
                }
            }
        }
        return builder;
    }

    private Outcome reduce(Observation.DataSet set, FrameReader frames, AreaDiscrimination area, FrameReducer reducer,
            Path out, Path exposureOut) {
        EventSchema schema = new EventSchema(EventColumns.raw());
        ExposureLog log = new ExposureLog(frames.header().timing());
        ExposureTable table = new ExposureTable(set.dataClass(), frames.header(), area, reducer.leakShape());
        DarkWatch watch = new DarkWatch(parameters.get("dark"));
        CycleReader cycles = new CycleReader(frames, FrameType.RAW);
        Keywords header = Headers.ofFrames(frames);
        long[] events = {0};
        try (FitsWriter w = FitsWriter.create(out); FitsWriter x = FitsWriter.create(exposureOut);
                Progress bar = console.progress("events from frames", frames.rows(), "frames")) {
            w.primary(header);
            x.primary(header);
            try (TableWriter t = w.table("EVENTS", schema, header);
                    TableWriter e = x.table(ExposureTable.NAME, table.schema(), header)) {
                // frames of all groups in flight together are a few batches, whatever the threads
                int most = Math.max(1, reducer.batch() / threads);
                Ordered.run(threads, () -> cycles.next(most).map(group -> Begun.of(group, reducer)), begun -> {
                    List<ReducedCycle> done = begun.finish();
                    begun.group().forEach(cycles::release);
                    bar.advance(begun.group().stream().mapToInt(CycleReader.Cycle::frames).sum());
                    return done;
                }, done -> done.forEach(r -> {
                    r.exposures().forEach(log::accept);
                    r.exposures().forEach(watch::accept);
                    try (EventChunk rows = table.toChunk(r.exposures(), e.rows());
                            EventChunk chunk = r.events().toChunk(schema, t.rows())) {
                        e.accept(rows);
                        t.accept(chunk);
                    }
                }));
                GtiList live = log.live();
                if (live.isEmpty()) {
                    throw SxiException.data("there is no complete cycle of raw frames").in(frames.path()).hdu("FRAMES")
                            .todo("check FRAMETYPE and the segments of the file").build();
                }
                Headers.time(t.keywords(), live);
                Headers.time(e.keywords(), live);
                t.finish();
                e.finish();
                events[0] = t.rows();
                Headers.time(header, live);
                GtiTable.write(w, "GTI", live, header);
                GtiTable.write(x, "GTI", live, header);
            }
            w.replacePrimary(header);
            x.replacePrimary(header);
            x.commit();
            w.commit();
        }
        return new Outcome(events[0], log.summary(), watch.summary());
    }

    /** Cycles whose part in order of time is done. */
    private record Begun(List<CycleReader.Cycle> group, Supplier<List<ReducedCycle>> rest) {
        static Begun of(List<CycleReader.Cycle> group, FrameReducer reducer) {
            return new Begun(group, reducer.begin(group.stream().flatMap(c -> c.ccds().stream()).toList()));
        }

        List<ReducedCycle> finish() {
            Iterator<ReducedCycle> ccds = rest.get().iterator();
            return group.stream().map(c -> ReducedCycle.ofCcds(c.ccds().stream().map(x -> ccds.next()).toList()))
                    .toList();
        }
    }
}
