// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.xtdpi.EnergyChain;
import org.xtendsxi.pipeline.xtdpi.EnergyParameters;
import org.xtendsxi.pipeline.xtdpi.EnergyTables;

/**
 * Event lists of any number of observations that were taken alike, streamed through the energy chain with the
 * calibration in force: each chunk carries PHAS, PHAS_EVENODD, PHAS_TRAILCORR, PHAS_CTICORR, GRADE, PHA and PI, so that
 * a task takes the pulse heights from before the step that it calibrates. Memory does not depend on the number of
 * events.
 */
public final class CalibrationData {
    private static final int CHUNK_ROWS = 8192;
    private static final List<String> ALIKE = List.of("TELESCOP", "INSTRUME", "CISTATUS", "CIPERIOD", "CIOFFSET",
            "CIFIRST",
            "ACTVNODE", "HUCLEGTH", "VUCHEGHT", "IMGHEGHT", "WIN_ST");

    private final List<Path> files;
    private final List<Path> housekeeping;
    private final Caldb caldb;
    private final List<Keywords> headers = new ArrayList<>();
    private final List<Readout> readouts = new ArrayList<>();
    private final Map<CaldbKind, Path> instead = new EnumMap<>(CaldbKind.class);
    private final Map<String, String> switches = new HashMap<>();
    private long rows;
    private String temperatures = OneTemperature.UNKNOWN;

    private CalibrationData(List<Path> files, Caldb caldb, List<Path> housekeeping) {
        this.files = List.copyOf(files);
        this.housekeeping = List.copyOf(housekeeping);
        this.caldb = caldb;
    }

    /**
     * Opens and compares the headers.
     *
     * @param files unfiltered event lists with PHAS, in any order
     * @param caldb calibration in force, empty for the default
     * @param housekeeping housekeeping files of the observations; none switches the video temperature off
     * @throws SxiException (data) if the observations were not taken alike: data mode, charge injection, nodes
     */
    public static CalibrationData open(List<Path> files, Optional<Path> caldb, List<Path> housekeeping) {
        if (files.isEmpty()) {
            throw SxiException.usage("no event list given").todo("give one or more event files").build();
        }
        CalibrationData d = new CalibrationData(files, Caldb.open(caldb), housekeeping);
        for (Path p : files) {
            try (FitsReader f = FitsReader.open(p)) {
                Hdu events = f.need("EVENTS");
                for (String column : List.of("PHAS", "STATUS", "GRADE")) {
                    new EventSchema(events.columns()).column(column);
                }
                Keywords k = events.keywords();
                d.readouts.add(Readout.of(k));
                d.headers.add(k.copy());
                d.rows += events.rows();
                d.checkAlike(p);
            }
        }
        return d;
    }

    private void checkAlike(Path file) {
        Keywords first = headers.getFirst();
        Keywords last = headers.getLast();
        if (!readouts.getFirst().mode().equals(readouts.getLast().mode())) {
            throw mixed(file, "DATAMODE", readouts.getLast().mode(), readouts.getFirst().mode());
        }
        for (String key : ALIKE) {
            String a = first.text(key).orElse("").replaceAll("\\s", "");
            String b = last.text(key).orElse("").replaceAll("\\s", "");
            if (!a.equals(b)) {
                throw mixed(file, key, b, a);
            }
        }
    }

    private SxiException mixed(Path file, String key, String value, String wanted) {
        return SxiException.data("observations were not taken alike").in(file).hdu("EVENTS").column(key).value(value)
                .limit(wanted + " of " + files.getFirst().getFileName())
                .todo("calibrate each mode from its own observations").build();
    }

    /** Files, in the order given. */
    public List<Path> files() {
        return files;
    }

    /** Number of events of all files. */
    public long rows() {
        return rows;
    }

    /** Readout of the first file; all agree but for the times. */
    public Readout readout() {
        return readouts.getFirst();
    }

    /** Keywords of EVENTS of the first file. */
    public Keywords header() {
        return headers.getFirst();
    }

    /** Earliest TSTART, s. */
    public double start() {
        return readouts.stream().mapToDouble(Readout::start).min().orElseThrow();
    }

    /** Latest TSTOP, s. */
    public double stop() {
        return readouts.stream().mapToDouble(Readout::stop).max().orElseThrow();
    }

    /** Epoch of the mission time. */
    public MissionTime epoch() {
        return epoch(header());
    }

    private static MissionTime epoch(Keywords k) {
        return new MissionTime((int) k.integer("MJDREFI").orElse(MissionTime.XRISM.mjdRefI()),
                k.real("MJDREFF").orElse(MissionTime.XRISM.mjdRefF()));
    }

    /** Database with the calibration in force. */
    public Caldb caldb() {
        return caldb;
    }

    /** Entry in force for a kind at the earliest observation. */
    public CaldbEntry entry(CaldbKind kind) {
        return entry(kind, header(), readout(), start());
    }

    private CaldbEntry entry(CaldbKind kind, Keywords k, Readout r, double time) {
        return caldb.select(new CaldbQuery(kind, k.text("TELESCOP").orElse("XRISM"), k.text("INSTRUME").orElse("XTEND"),
                OptionalDouble.of(epoch(k).mjd(time)), CaldbQuery.boundaries(kind, r.mode(), r.injection().status())));
    }

    /** Table in force for a kind at the earliest observation. */
    public TableSource source(CaldbKind kind) {
        CaldbEntry e = entry(kind);
        return new TableSource(caldb.file(e), Integer.toString(e.extension()));
    }

    /** Rule by which the time block of a table is taken, for the earliest observation. */
    public TableChoice choice() {
        return new TableChoice(readout().mode(), readout().injection().status(), start(), false);
    }

    /** Temperatures of the video boards during one observation, if its housekeeping was given. */
    public Optional<VideoTemperature> temperature(int file) {
        Readout r = readouts.get(file);
        for (Path p : housekeeping) {
            try (FitsReader f = FitsReader.open(p)) {
                Keywords k = f.need(VideoTemperature.Location.ARCHIVE.extension()).keywords();
                if (k.needReal("TSTOP") >= r.start() && k.needReal("TSTART") <= r.stop()) {
                    return Optional.of(VideoTemperature.load(p, VideoTemperature.Location.ARCHIVE, r.start(), r.stop(),
                            false));
                }
            }
        }
        if (!housekeeping.isEmpty()) {
            throw SxiException.data("no housekeeping file overlaps the events").in(files.get(file))
                    .value(r.start() + ".." + r.stop()).limit(housekeeping.size() + " files")
                    .todo("give the housekeeping file of every observation, or none").build();
        }
        return Optional.empty();
    }

    /** One file of events in the stream: its number and a chunk of its events. */
    @FunctionalInterface
    public interface Sink {
        /** Takes a chunk, which is closed afterwards. */
        void accept(int file, EventChunk chunk);
    }

    /** Reads all events as they stand in the files, chunk by chunk. */
    public void read(Console console, Sink sink) {
        try (Progress bar = console.progress("calib", rows, "events")) {
            for (int i = 0; i < files.size(); i++) {
                try (FitsReader f = FitsReader.open(files.get(i));
                        EventSource s = f.table(f.need("EVENTS"), CHUNK_ROWS)) {
                    for (Optional<EventChunk> next = s.next(); next.isPresent(); next = s.next()) {
                        try (EventChunk c = next.get()) {
                            sink.accept(i, c);
                            bar.advance(c.rows());
                        }
                    }
                }
            }
        }
    }

    /** TSTART and TSTOP of a file, s. */
    public double[] times(int file) {
        return new double[] {readouts.get(file).start(), readouts.get(file).stop()};
    }

    /** Passes all events through the chain, chunk by chunk. */
    public void stream(Console console, Consumer<EventChunk> sink) {
        stream(console, (file, chunk) -> sink.accept(chunk));
    }

    /** Passes all events through the chain, chunk by chunk, with the number of their file. */
    public void stream(Console console, Sink sink) {
        try (Progress bar = console.progress("calib", rows, "events")) {
            for (int i = 0; i < files.size(); i++) {
                try (ChainedEvents s = new ChainedEvents(files.get(i), chain(i))) {
                    for (Optional<EventChunk> next = s.next(); next.isPresent(); next = s.next()) {
                        try (EventChunk c = next.get()) {
                            sink.accept(i, c);
                            bar.advance(c.rows());
                        }
                    }
                }
            }
        }
    }

    /** The same events after two chains. */
    @FunctionalInterface
    public interface PairSink {
        /** Takes the same chunk twice; both are closed afterwards. */
        void accept(EventChunk mine, EventChunk other);
    }

    /** Passes all events through the chain of this calibration and of another one of the same files. */
    public void stream(Console console, CalibrationData other, PairSink sink) {
        try (Progress bar = console.progress("calib", rows, "events")) {
            for (int i = 0; i < files.size(); i++) {
                try (ChainedEvents s = new ChainedEvents(files.get(i), chain(i));
                        ChainedEvents t = new ChainedEvents(files.get(i), other.chain(i))) {
                    for (Optional<EventChunk> next = s.next(); next.isPresent(); next = s.next()) {
                        try (EventChunk a = next.get(); EventChunk b = t.next().orElseThrow()) {
                            sink.accept(a, b);
                            bar.advance(a.rows());
                        }
                    }
                }
            }
        }
    }

    /** The same observations with a file in the place of the one that the database has of its kind. */
    public CalibrationData with(CaldbKind kind, Path file) {
        CalibrationData d = copy();
        d.instead.put(kind, file);
        return d;
    }

    /** The same observations, of whose CCD temperatures something is known. */
    CalibrationData noted(String words) {
        CalibrationData d = copy();
        d.temperatures = words;
        return d;
    }

    /** What is known of the CCD temperatures, in words. */
    public String temperatures() {
        return temperatures;
    }

    /** The same observations with a switch of the energy chain set, such as {@code usegoffset=no}. */
    public CalibrationData with(String parameter, String value) {
        CalibrationData d = copy();
        d.switches.put(parameter, value);
        return d;
    }

    private CalibrationData copy() {
        CalibrationData d = new CalibrationData(files, caldb, housekeeping);
        d.headers.addAll(headers);
        d.readouts.addAll(readouts);
        d.rows = rows;
        d.temperatures = temperatures;
        d.instead.putAll(instead);
        d.switches.putAll(switches);
        return d;
    }

    private EnergyChain chain(int file) {
        Keywords k = headers.get(file);
        Readout r = readouts.get(file);
        Optional<VideoTemperature> vt = temperature(file);
        Map<String, String> set = new HashMap<>(Map.of("passes", "2", "debugcol", "yes", "vtcor",
                vt.isPresent() ? "yes" : "no"));
        set.putAll(switches);
        Parameters p = Parameters.of("energy", EnergyParameters.switches(true), set);
        Map<CaldbKind, TableSource> tables = new EnumMap<>(CaldbKind.class);
        TableChoice choice = new TableChoice(r.mode(), r.injection().status(), r.start(), false);
        EnergyTables all = EnergyTables.load(kind -> Optional.of(tables.computeIfAbsent(kind, x -> {
            if (instead.containsKey(x)) {
                return TableSource.of(instead.get(x));
            }
            CaldbEntry e = entry(x, k, r, r.start());
            return new TableSource(caldb.file(e), Integer.toString(e.extension()));
        })), choice, vt);
        return new EnergyChain(EnergyParameters.settings(p, Compat.STRICT), r, all);
    }
}
