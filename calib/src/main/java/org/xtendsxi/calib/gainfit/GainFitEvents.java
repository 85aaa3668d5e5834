// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.pipeline.task.TableEdit;
import org.xtendsxi.pipeline.task.TaskFile;

/** The event files of a gain fit, in time order (energy-chain section 13.2). */
final class GainFitEvents {
    private final List<Input> inputs;
    private final String energy;
    private final String split;

    private record Input(Path file, Keywords header, Keywords primary, double start, double stop) {
    }

    /** Takes an event; says whether it lies in the good times. */
    interface Taker {
        boolean accept(double time, double energy, int split);
    }

    /** Where in its channel the energy of a column lies. */
    interface Place {
        double of(boolean wholeNumbers);
    }

    /**
     * What became of the events.
     *
     * @param all events read
     * @param bad null in time, energy or split column, or bad PROC_STATUS
     * @param outside energy outside the mesh
     * @param badTime outside the good time intervals
     * @param lastSplit split value of the last row read, usable or not; NaN if null or no row was read
     */
    record Counts(long all, long bad, long outside, long badTime, double lastSplit) {
        long used() {
            return all - bad - outside - badTime;
        }
    }

    /** Opens the files' headers, sorts them by TSTART and refuses files that overlap in time. */
    GainFitEvents(List<Path> files, String energy, String split) {
        this.energy = energy;
        this.split = split;
        this.inputs = files.stream().map(GainFitEvents::input).sorted(Comparator.comparingDouble(Input::start))
                .toList();
        for (int i = 1; i < inputs.size(); i++) {
            if (inputs.get(i).start() < inputs.get(i - 1).stop()) {
                throw SxiException.data("event files overlap in time").in(inputs.get(i).file())
                        .value("TSTART " + inputs.get(i).start())
                        .limit("TSTOP " + inputs.get(i - 1).stop() + " of " + inputs.get(i - 1).file())
                        .todo("give files that follow each other").build();
            }
        }
    }

    /** Files of a list: names separated by commas, or one a line in the file after {@code @}. */
    static List<Path> files(String list) {
        List<String> names;
        if (list.startsWith("@")) {
            Path file = Path.of(list.substring(1));
            try {
                names = Files.readAllLines(file);
            } catch (IOException e) {
                throw SxiException.data("list of event files cannot be read").in(file).value(e.getMessage()).cause(e)
                        .todo("give a text file of one name a line").build();
            }
        } else {
            names = Arrays.asList(list.split(","));
        }
        List<Path> files = names.stream().map(String::strip).filter(n -> !n.isEmpty())
                .map(n -> TaskFile.path(Path.of(n))).toList();
        if (files.isEmpty()) {
            throw SxiException.usage("no event file is given").value(list).todo("give infile=FILE").build();
        }
        return files;
    }

    private static Input input(Path file) {
        try (FitsReader f = FitsReader.open(file)) {
            Keywords k = f.need("EVENTS").keywords();
            return new Input(file, k, f.primary().keywords(), k.needReal("TSTART"), k.needReal("TSTOP"));
        }
    }

    /** Keywords of the first event table, TSTOP of the last. */
    Keywords header() {
        Keywords k = inputs.getFirst().header().copy();
        k.set("TSTOP", inputs.getLast().stop(), "[s] end");
        inputs.getLast().header().text("DATE-END").ifPresent(d -> k.set("DATE-END", d, "end"));
        return k;
    }

    /** Keywords of the first file. */
    Keywords primary() {
        return new Keywords().take(inputs.getFirst().primary(), "TELESCOP", "INSTRUME", "OBS_ID", "OBJECT");
    }

    /**
     * Hands out all events that can be used.
     *
     * @param low lowest position, channels
     * @param high highest position, channels
     * @param place where in its channel an energy lies
     * @param taker takes the events
     */
    Counts each(double low, double high, Place place, Taker taker) {
        List<Counts> all = new ArrayList<>();
        double[] last = {Double.NEGATIVE_INFINITY};
        for (Input in : inputs) {
            try (FitsReader f = FitsReader.open(in.file())) {
                Hdu h = f.need("EVENTS");
                try (TableReader t = f.table(h, TableEdit.CHUNK)) {
                    needColumns(in.file(), t.schema());
                    double add = place.of(t.schema().column(energy).type().integer());
                    for (Optional<EventChunk> c = t.next(); c.isPresent(); c = t.next()) {
                        try (EventChunk chunk = c.get()) {
                            all.add(chunk(chunk, in.file(), low, high, add, last, taker));
                        }
                    }
                }
            }
        }
        return all.stream().reduce(new Counts(0, 0, 0, 0, Double.NaN), (a, b) -> new Counts(a.all() + b.all(),
                a.bad() + b.bad(), a.outside() + b.outside(), a.badTime() + b.badTime(),
                b.all() > 0 ? b.lastSplit() : a.lastSplit()));
    }

    private void needColumns(Path file, EventSchema schema) {
        for (String name : List.of("TIME", energy, split, "PROC_STATUS")) {
            if (!schema.has(name)) {
                throw SxiException.data("event list lacks a column").in(file).hdu("EVENTS").column(name)
                        .todo("name an existing column with energycol and splitcol, or give another list").build();
            }
        }
    }

    private Counts chunk(EventChunk c, Path file, double low, double high, double add, double[] last, Taker taker) {
        double[] time = c.doubles("TIME");
        double[] value = c.doubles(energy);
        double[] part = c.doubles(split);
        long[] status = c.longs("PROC_STATUS");
        long bad = 0;
        long outside = 0;
        long badTime = 0;
        for (int i = 0; i < c.rows(); i++) {
            double position = value[i] + add;
            if ((status[i] & EventColumns.UNUSABLE) != 0 || Double.isNaN(time[i]) || Double.isNaN(position)
                    || Double.isNaN(part[i])) {
                bad++;
            } else if (position < low || position > high) {
                outside++;
            } else {
                if (time[i] < last[0]) {
                    throw SxiException.data("events are not in time order").in(file).hdu("EVENTS")
                            .row(c.firstRow() + i + 1).column("TIME").value(time[i]).limit(last[0])
                            .todo("sort the events by TIME").build();
                }
                last[0] = time[i];
                badTime += taker.accept(time[i], position, (int) part[i]) ? 0 : 1;
            }
        }
        return new Counts(c.rows(), bad, outside, badTime, c.rows() > 0 ? part[c.rows() - 1] : Double.NaN);
    }
}
