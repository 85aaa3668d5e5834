// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;

/**
 * Writes calibration files: {@code xa_xtd_WORD_YYYYMMDDvNNN.fits}, the date being the start of validity and the version
 * one above every one that the output folder and the database in force have (frames-and-science section 5.3). Nothing
 * that exists is overwritten.
 */
public final class CalibrationWriter {
    private static final Set<String> OWN = Set.of("CVSD0001", "CVST0001", "CDES0001", "CCLS0001", "CDTP0001", "ORIGIN",
            "CREATOR", "DATE", "FILENAME");

    private final Path folder;
    private final LocalDate from;
    private final OptionalInt version;

    /**
     * A writer.
     *
     * @param folder where new files go
     * @param validFrom start of validity, {@code yyyy-mm-dd}
     * @param version version wanted; empty takes the next one
     */
    public CalibrationWriter(Path folder, String validFrom, OptionalInt version) {
        this.folder = folder;
        this.version = version;
        try {
            this.from = LocalDate.parse(validFrom);
        } catch (DateTimeException e) {
            throw SxiException.usage("start of validity is not a date").value(validFrom).limit("yyyy-mm-dd")
                    .todo("correct --valid-from").cause(e).build();
        }
        if (version.isPresent() && (version.getAsInt() < 1 || version.getAsInt() > 999)) {
            throw SxiException.usage("version is out of range").value(version.getAsInt()).limit("1..999")
                    .todo("correct --file-version").build();
        }
    }

    /** Start of validity, {@code yyyy-mm-dd}. */
    public String validFrom() {
        return from.toString();
    }

    /**
     * Name that a new file gets.
     *
     * @param data database in force
     * @throws SxiException (output) if the version asked for exists
     */
    public Path target(CaldbKind kind, CalibrationData data) {
        return target(kind.fileWord(), List.of(data.caldb().root()));
    }

    /** Name that a new file gets; other folders count for the version, too. */
    public Path target(String word, List<Path> others) {
        int highest = Stream.concat(Stream.of(folder), others.stream()).mapToInt(p -> highest(p, word)).max().orElse(0);
        int number = version.orElse(highest + 1);
        Path target = folder.resolve(String.format("xa_xtd_%s_%sv%03d.fits", word, from.toString().replace("-", ""),
                number));
        if (number > 999 || version.isPresent() && number <= highest) {
            throw SxiException.output("version exists already").in(target).value(number)
                    .limit("above " + highest + ", the highest of " + word)
                    .todo("leave --file-version out, or give a higher one").build();
        }
        return target;
    }

    private static int highest(Path folder, String word) {
        Pattern name = Pattern.compile("xa_xtd_" + Pattern.quote(word) + "_\\d{8}v(\\d{3})\\.fits(\\.gz)?");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder, 3)) {
            return all.map(p -> name.matcher(p.getFileName().toString())).filter(Matcher::matches)
                    .mapToInt(m -> Integer.parseInt(m.group(1))).max().orElse(0);
        } catch (IOException e) {
            throw SxiException.output("folder cannot be read").in(folder).value(e.getMessage()).cause(e)
                    .todo("check its permissions").build();
        }
    }

    /**
     * What is said of a new file.
     *
     * @param description CDES, what it holds
     * @param history further lines of HISTORY
     * @param findings rows of FIT_RESULTS
     */
    public record Notes(String description, List<String> history, List<Finding> findings) {
    }

    /**
     * Writes the successor of the file in force: the extension of the data is changed, all others are taken over. Every
     * table is cut to the time block that is in force, which gets the start of validity as its TIME.
     *
     * @param kind what it holds
     * @param data the observations
     * @param notes what is said of it
     * @param change changes the rows of the extension
     * @return the file written
     */
    public Path revise(CaldbKind kind, CalibrationData data, Notes notes, Consumer<EventChunk> change) {
        return revise(kind, data, notes, new Changes(change, c -> { }, k -> { }));
    }

    /**
     * What a new file has instead of its predecessor.
     *
     * @param rows changes the rows of the extension of the data
     * @param others changes the rows of the tables without code name
     * @param keywords changes the header of the extension of the data
     */
    public record Changes(Consumer<EventChunk> rows, Consumer<EventChunk> others, Consumer<Keywords> keywords) {
    }

    /** The same with changes of further tables and of the header. */
    public Path revise(CaldbKind kind, CalibrationData data, Notes notes, Changes changes) {
        return revise(kind, data, notes, changes, new double[1]);
    }

    /**
     * The same with several time blocks in the extension of the data.
     *
     * @param starts starts of the blocks, s, ascending; the first block begins with the validity all the same. The rows
     *     to change are those of the first block, then those of the second, and so on
     */
    public Path revise(CaldbKind kind, CalibrationData data, Notes notes, Changes changes, double[] starts) {
        CaldbEntry entry = data.entry(kind);
        Path old = data.caldb().file(entry);
        Path target = target(kind, data);
        try (FitsReader in = FitsReader.open(old); FitsWriter out = FitsWriter.create(target)) {
            Keywords primary = in.primary().keywords().observation().withoutCommentary();
            mark(primary, target, notes.description());
            out.primary(history(primary.copy(), data, notes, old));
            for (Hdu h : in.hdus()) {
                if (h.kind() == Hdu.Kind.TABLE && !h.name().equals("FIT_RESULTS")) {
                    boolean own = h.index() == entry.extension();
                    Keywords k = h.keywords().observation().withoutCommentary();
                    mark(k, target, own ? notes.description() : h.keywords().text("CDES0001").orElse(""));
                    if (own) {
                        changes.keywords().accept(k);
                    }
                    copy(in, h, out, data, k, own ? changes.rows() : h.keywords().has("CCNM0001") ? c -> { }
                            : changes.others(), own ? starts : new double[1]);
                }
            }
            Finding.write(out, notes.findings(), mark(new Keywords().take(primary, "TELESCOP", "INSTRUME"), target,
                    ""));
            out.commit();
        }
        return target;
    }

    /**
     * Writes a file of other contents.
     *
     * @param target its name, see {@link #target}
     * @param kind code name
     * @param data the observations
     * @param notes what is said of it
     * @param content writes the extensions with the keywords that it is given
     */
    public void write(Path target, String kind, Keywords data, Notes notes, Content content) {
        try (FitsWriter out = FitsWriter.create(target)) {
            Keywords common = new Keywords().set("TELESCOP", data.text("TELESCOP").orElse("XRISM"), "mission")
                    .set("INSTRUME", data.text("INSTRUME").orElse("XTEND"), "instrument");
            Keywords primary = mark(common.copy(), target, "");
            addHistory(primary, notes.history());
            out.primary(primary);
            Keywords k = mark(common.copy(), target, notes.description());
            k.set("CCNM0001", kind, "code name");
            content.write(out, k);
            Finding.write(out, notes.findings(), mark(common.copy(), target, ""));
            out.commit();
        }
    }

    /** Extensions of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes them. */
        void write(FitsWriter file, Keywords keywords);
    }

    private void copy(FitsReader in, Hdu h, FitsWriter out, CalibrationData data, Keywords k,
            Consumer<EventChunk> change, double[] starts) {
        try (EventChunk all = in.whole(h); EventChunk one = block(all, data.start());
                EventChunk block = repeated(one, starts.length)) {
            if (block.has("TIME")) {
                double first = Math.min(data.epoch().ofCalendar(validFrom()), data.start());
                double[] time = new double[block.rows()];
                Arrays.setAll(time, i -> i < one.rows() ? first : starts[i / one.rows()]);
                block.put("TIME", time);
            }
            change.accept(block);
            out.table(h.name(), block, k);
        }
    }

    private static EventChunk repeated(EventChunk one, int times) {
        EventChunk out = EventChunk.allocate(one.schema(), 0, one.rows() * times);
        for (Column c : one.schema().columns()) {
            MemorySegment from = one.memory(c.name());
            MemorySegment to = out.memory(c.name());
            for (int i = 0; i < times; i++) {
                MemorySegment.copy(from, 0, to, i * from.byteSize(), from.byteSize());
            }
        }
        return out;
    }

    /** Rows of the last time block that begins before a time; all rows of a table without TIME. */
    private static EventChunk block(EventChunk all, double start) {
        boolean[] keep = new boolean[all.rows()];
        if (!all.has("TIME")) {
            Arrays.fill(keep, true);
            return all.select(keep, 0);
        }
        double[] time = all.doubles("TIME");
        double chosen = time.length == 0 ? 0 : time[0];
        for (double t : time) {
            chosen = t < start ? t : chosen;
        }
        for (int i = 0; i < keep.length; i++) {
            keep[i] = time[i] == chosen;
        }
        return all.select(keep, 0);
    }

    private Keywords mark(Keywords k, Path target, String description) {
        OWN.forEach(k::remove);
        k.set("ORIGIN", Software.NAME, "derived from data").set("CREATOR", Software.creator(), "program")
                .set("DATE", RunClock.fitsDate(), "written (UTC)").set("FILENAME", target.getFileName().toString(), "");
        if (!description.isEmpty()) {
            k.set("CCLS0001", "BCF", "basic calibration file").set("CDTP0001", "DATA", "real data, not a task")
                    .set("CVSD0001", validFrom(), "valid from").set("CVST0001", "00:00:00", "valid from")
                    .set("CDES0001", description, "content");
        }
        return k;
    }

    private static Keywords history(Keywords k, CalibrationData data, Notes notes, Path old) {
        List<String> lines = new ArrayList<>();
        lines.add("successor of " + old.getFileName() + ", SHA-256 " + Digest.of(old).substring(0, 16));
        data.files().forEach(p -> lines.add("events " + p.getFileName()));
        lines.add(data.rows() + " events in " + data.files().size() + " files, DATAMODE " + data.readout().mode()
                + ", CISTATUS " + data.readout().injection().status());
        lines.add(data.temperatures());
        lines.addAll(notes.history());
        addHistory(k, lines);
        return k;
    }

    private static void addHistory(Keywords k, List<String> lines) {
        lines.forEach(l -> k.addHistory("sxi calib: " + l));
    }

    /** Start of validity: as the user says, or the day of the first observation. */
    static String validFrom(Optional<String> asked, String firstDate) {
        return asked.orElse(firstDate.substring(0, 10));
    }
}
