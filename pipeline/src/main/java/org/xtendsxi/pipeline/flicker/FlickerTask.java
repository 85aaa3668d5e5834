// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.TableEdit;
import org.xtendsxi.pipeline.task.Task;
import org.xtendsxi.pipeline.task.TaskFile;

/** The task {@code searchflickpix} (events-coords-screening section 10). */
public final class FlickerTask implements Task {
    @Override
    public List<String> names() {
        return List.of("searchflickpix");
    }

    @Override
    public String summary() {
        return "Search for flickering pixels.";
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(List.of(Parameter.text("infile", "", "input event file"),
                Parameter.text("outfile", "", "output file: events on flickering pixels, and the pixels"),
                Parameter.text("timecol", "TIME", "column of the event time"),
                Parameter.text("chipcol", "CCD_ID", "column of the CCD"),
                Parameter.text("xcol", "ACTX", "column of the first coordinate"),
                Parameter.text("ycol", "ACTY", "column of the second coordinate"),
                Parameter.text("chancol", "PI", "column of the energy channel"),
                Parameter.text("gradecol", "GRADE", "column of the event shape"),
                Parameter.text("grade", "0", "grades counted"),
                Parameter.integer("n_division", "", 1, 10000, 1, "divisions of the time"),
                Parameter.yesNo("cleanimg", false, "write the other events instead"),
                Parameter.choice("duration", List.of("no"), "search for the duration; only no is possible")));
        all.addAll(FlickerSettings.parameters());
        for (String name : List.of("firstchip", "xmin", "ymin", "chanmin")) {
            all.add(Parameter.text(name, "TLMIN", "lowest value, or TLMIN of the column"));
        }
        for (String name : List.of("lastchip", "xmax", "ymax", "chanmax")) {
            all.add(Parameter.text(name, "TLMAX", "highest value, or TLMAX of the column"));
        }
        return all;
    }

    @Override
    public List<String> accepted() {
        return List.of("sigma");
    }

    @Override
    public void run(TaskCall call, Console console) {
        Path out = call.output("outfile");
        Parameters p = call.values();
        try (FitsReader in = FitsReader.open(TaskFile.input(call, "infile"));
                FitsWriter w = FitsWriter.create(out)) {
            Hdu events = in.need("EVENTS");
            EventSchema schema = new EventSchema(events.columns());
            Keywords header = events.keywords();
            FlickerColumns columns = new FlickerColumns(p.text("timecol"), p.text("chipcol"), p.text("xcol"),
                    p.text("ycol"), p.text("chancol"), p.text("gradecol"));
            FlickerGrid grid = grid(p, columns, schema);
            double start = header.needReal("TSTART");
            double length = (header.needReal("TSTOP") - start) / p.integer("n_division");
            List<FlickerPixel> found = new ArrayList<>();
            w.primary(in.primary().keywords());
            try (TableWriter t = w.table("EVENTS", schema, header)) {
                for (int k = 0; k < p.integer("n_division"); k++) {
                    double from = start + length * k;
                    FlickerSearch search = new FlickerSearch(FlickerSettings.of(p, call.compat()), grid, columns,
                            FlickerStage.grades(p.text("grade")), from, from + length, 0);
                    each(in, events, search::accept);
                    found.addAll(search.pixels());
                    copy(in, events, search, p.yes("cleanimg"), t);
                }
                t.finish();
            }
            Keywords k = header.copy();
            if (call.history()) {
                k.addHistory(call.name() + ": " + found.size() + " flickering pixels, grade " + p.text("grade")
                        + ", cellsize " + p.text("cellsize") + ", impfac " + p.text("impfac") + ", logprob1 "
                        + p.text("logprob1") + ", logprob2 " + p.text("logprob2") + ", bthresh " + p.text("bthresh"));
            }
            FlickerTable.write(w, found, columns, schema, k);
            w.commit();
            console.say("searchflickpix: " + found.size() + " flickering pixels");
        }
    }

    private static void each(FitsReader in, Hdu events, Consumer<EventChunk> work) {
        try (TableReader r = in.table(events, TableEdit.CHUNK)) {
            for (Optional<EventChunk> c = r.next(); c.isPresent(); c = r.next()) {
                try (EventChunk chunk = c.get()) {
                    work.accept(chunk);
                }
            }
        }
    }

    /** Copies the events on flickering pixels that were counted, or all others. */
    private static void copy(FitsReader in, Hdu events, FlickerSearch search, boolean others, TableWriter t) {
        boolean[] flags = search.flags();
        each(in, events, chunk -> {
            int[] pixel = search.pixels(chunk);
            boolean[] keep = search.counted(chunk);
            for (int i = 0; i < keep.length; i++) {
                boolean flickering = pixel[i] >= 0 && flags[pixel[i]] && keep[i];
                keep[i] = pixel[i] >= 0 && flickering != others;
            }
            try (EventChunk kept = chunk.select(keep, t.rows())) {
                t.accept(kept);
            }
        });
    }

    private static FlickerGrid grid(Parameters p, FlickerColumns c, EventSchema schema) {
        FlickerGrid g = new FlickerGrid(limit(p, "firstchip", schema.column(c.chip())),
                limit(p, "lastchip", schema.column(c.chip())), limit(p, "xmin", schema.column(c.x())),
                limit(p, "xmax", schema.column(c.x())), limit(p, "ymin", schema.column(c.y())),
                limit(p, "ymax", schema.column(c.y())), limit(p, "chanmin", schema.column(c.channel())),
                limit(p, "chanmax", schema.column(c.channel())));
        if (g.lastChip() < g.firstChip() || g.xMax() < g.xMin() || g.yMax() < g.yMin()) {
            throw SxiException.usage("range of pixels is empty").value(g).todo("correct the limits").build();
        }
        return g;
    }

    /** A limit given as a number, or as TLMIN or TLMAX of the column; never beyond these. */
    private static int limit(Parameters p, String name, Column c) {
        boolean low = p.text(name).equalsIgnoreCase("TLMIN");
        boolean lower = name.contains("min") || name.equals("firstchip");
        if (low || p.text(name).equalsIgnoreCase("TLMAX")) {
            return Math.toIntExact((low ? c.min() : c.max()).orElseThrow(() -> SxiException
                    .data("column has no legal range").column(c.name()).limit("TLMIN and TLMAX")
                    .todo("give " + name + " as a number").build()));
        }
        try {
            int v = Integer.parseInt(p.text(name).strip());
            return (int) (lower ? Math.max(v, c.min().orElse(v)) : Math.min(v, c.max().orElse(v)));
        } catch (NumberFormatException e) {
            throw SxiException.usage("limit is not a number").column(name).value(p.text(name)).limit("TLMIN, TLMAX")
                    .todo("give a whole number").cause(e).build();
        }
    }
}
