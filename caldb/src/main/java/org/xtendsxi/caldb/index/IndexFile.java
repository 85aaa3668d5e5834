// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * Reads and writes {@code caldb.indx}; widths of text columns are taken from the file, they differ between generations.
 */
public final class IndexFile {
    private static final int BOUNDARY = 70;
    private static final int BOUNDARIES = 9;
    private static final int DAY = 86400;
    private static final int BAD = 5;

    private IndexFile() {
    }

    /** Reads all rows. */
    static List<CaldbEntry> read(Path index) {
        return SxiException.asCalibration(() -> entries(index));
    }

    private static List<CaldbEntry> entries(Path index) {
        try (FitsReader f = FitsReader.open(index)) {
            Hdu h = f.find("CIF").orElseGet(() -> f.hdus().getLast());
            try (EventChunk t = f.whole(h)) {
                List<CaldbEntry> all = new ArrayList<>();
                for (int i = 0; i < t.rows(); i++) {
                    all.add(entry(t, i));
                }
                return List.copyOf(all);
            }
        }
    }

    private static CaldbEntry entry(EventChunk t, int i) {
        String bounds = text(t, "CAL_CBD", i);
        List<String> boundaries = new ArrayList<>();
        for (int at = 0; at < bounds.length(); at += BOUNDARY) {
            String b = bounds.substring(at, Math.min(bounds.length(), at + BOUNDARY)).strip();
            if (!b.isEmpty() && !b.equals("NONE")) {
                boundaries.add(b);
            }
        }
        String vsd = text(t, "CAL_VSD", i).strip();
        return new CaldbEntry(i + 1, text(t, "TELESCOP", i).strip(), text(t, "INSTRUME", i).strip(),
                text(t, "DETNAM", i).strip(), text(t, "FILTER", i).strip(),
                Path.of(text(t, "CAL_DIR", i).strip()).resolve(text(t, "CAL_FILE", i).strip()),
                t.ints("CAL_XNO")[i], text(t, "CAL_CNAM", i).strip(), List.copyOf(boundaries),
                t.doubles("REF_TIME")[i], vsd, t.ints("CAL_QUAL")[i], text(t, "CAL_DESC", i).strip());
    }

    private static String text(EventChunk t, String column, int row) {
        int width = t.schema().column(column).repeat();
        byte[] b = t.memory(column).asSlice((long) row * width, width).toArray(ValueLayout.JAVA_BYTE);
        return new String(b, US_ASCII).replace('\0', ' ');
    }

    /**
     * Writes an index.
     *
     * @param index file to write
     * @param entries its rows, in order
     * @param date CAL_DATE, {@code yyyy-mm-dd}
     */
    public static void write(Path index, List<CaldbEntry> entries, String date) {
        EventSchema schema = new EventSchema(List.of(column("TELESCOP", 10), column("INSTRUME", 10),
                column("DETNAM", 20), column("FILTER", 10), column("CAL_DEV", 20), column("CAL_DIR", 70),
                column("CAL_FILE", 40), column("CAL_CLAS", 3), column("CAL_DTYP", 4), column("CAL_CNAM", 20),
                column("CAL_CBD", BOUNDARY * BOUNDARIES), Column.of("CAL_XNO", ColumnType.SHORT, 1),
                column("CAL_VSD", 10), column("CAL_VST", 8), Column.of("REF_TIME", ColumnType.DOUBLE, 1).unit("d"),
                Column.of("CAL_QUAL", ColumnType.SHORT, 1), column("CAL_DATE", 10), column("CAL_DESC", 70)));
        try (FitsWriter w = FitsWriter.create(index);
                EventChunk t = EventChunk.allocate(schema, 0, entries.size())) {
            for (int i = 0; i < entries.size(); i++) {
                fill(t, i, entries.get(i), date);
            }
            w.primary(new Keywords());
            w.table("CIF", t, new Keywords().set("CIFVERSN", "1992a", "version of the index format"));
            w.commit();
        }
    }

    /**
     * Writes an index with further rows: all others stay as they are, byte by byte, but rows of good quality that a new
     * one replaces get quality 5. A new row comes before the first one of its kind that is not younger, because of
     * several rows the first counts.
     *
     * @param index index in force
     * @param target file to write
     * @param added new rows
     * @param date CAL_DATE of the new rows, {@code yyyy-mm-dd}
     */
    public static void insert(Path index, Path target, List<CaldbEntry> added, String date) {
        List<CaldbEntry> old = read(index);
        try (FitsReader f = FitsReader.open(index)) {
            Hdu h = f.find("CIF").orElseGet(() -> f.hdus().getLast());
            List<Integer> from = order(old, added);
            try (EventChunk t = f.whole(h); EventChunk all = EventChunk.allocate(t.schema(), 0, from.size());
                    FitsWriter w = FitsWriter.create(target)) {
                int[] quality = new int[from.size()];
                for (int i = 0; i < from.size(); i++) {
                    int row = from.get(i);
                    if (row >= 0) {
                        copy(t, row, all, i);
                        CaldbEntry e = old.get(row);
                        quality[i] = added.stream().anyMatch(n -> replaces(n, e)) ? Math.max(BAD,
                                e.quality()) : e.quality();
                    } else {
                        fill(all, i, added.get(-1 - row), date);
                    }
                }
                all.put("CAL_QUAL", quality);
                w.primary(f.primary().keywords().observation().withoutCommentary());
                w.table(h.name(), all, h.keywords().observation().withoutCommentary());
                w.commit();
            }
        }
    }

    /** Whether a new row takes the place of one in force: same kind, boundaries and start of validity. */
    public static boolean replaces(CaldbEntry n, CaldbEntry old) {
        return same(n, old) && n.boundaries().equals(old.boundaries()) && n.detector().equals(old.detector())
                && n.filter().equals(old.filter()) && Math.abs(n.refTime() - old.refTime()) < 1.0 / DAY;
    }

    private static boolean same(CaldbEntry a, CaldbEntry b) {
        return a.instrument().equalsIgnoreCase(b.instrument()) && a.codeName().equalsIgnoreCase(b.codeName());
    }

    /** Old rows by their number, new ones by -1 minus theirs. */
    private static List<Integer> order(List<CaldbEntry> old, List<CaldbEntry> added) {
        List<Integer> out = new ArrayList<>(IntStream.range(0, old.size()).boxed().toList());
        for (int k = 0; k < added.size(); k++) {
            CaldbEntry n = added.get(k);
            int before = -1;
            int after = out.size();
            for (int i = 0; i < out.size(); i++) {
                boolean kin = out.get(i) >= 0 && same(n, old.get(out.get(i)));
                if (kin && before < 0 && old.get(out.get(i)).refTime() <= n.refTime()) {
                    before = i;
                }
                after = kin ? i + 1 : after;
            }
            out.add(before >= 0 ? before : after, -1 - k);
        }
        return out;
    }

    private static void copy(EventChunk from, int row, EventChunk to, int at) {
        for (Column c : from.schema().columns()) {
            long width = from.memory(c.name()).byteSize() / from.rows();
            MemorySegment.copy(from.memory(c.name()), row * width, to.memory(c.name()), at * width, width);
        }
    }

    private static void fill(EventChunk t, int row, CaldbEntry e, String date) {
        put(t, "TELESCOP", row, e, e.telescope());
        put(t, "INSTRUME", row, e, e.instrument());
        put(t, "DETNAM", row, e, e.detector());
        put(t, "FILTER", row, e, e.filter());
        put(t, "CAL_DEV", row, e, "ONLINE");
        put(t, "CAL_DIR", row, e, e.file().getParent() == null ? "" : e.file().getParent().toString());
        put(t, "CAL_FILE", row, e, e.file().getFileName().toString());
        put(t, "CAL_CLAS", row, e, "BCF");
        put(t, "CAL_DTYP", row, e, "DATA");
        put(t, "CAL_CNAM", row, e, e.codeName());
        put(t, "CAL_CBD", row, e, boundaries(e.boundaries()));
        put(t, "CAL_VSD", row, e, e.validFrom());
        put(t, "CAL_VST", row, e, timeOfDay(e.refTime()));
        put(t, "CAL_DATE", row, e, date);
        put(t, "CAL_DESC", row, e, e.description());
        number(t, "CAL_XNO", row, e.extension());
        number(t, "CAL_QUAL", row, e.quality());
        double[] time = t.doubles("REF_TIME");
        time[row] = e.refTime();
        t.put("REF_TIME", time);
    }

    private static void number(EventChunk t, String column, int row, int value) {
        int[] v = t.ints(column);
        v[row] = value;
        t.put(column, v);
    }

    private static Column column(String name, int width) {
        return Column.of(name, ColumnType.TEXT, width);
    }

    private static String timeOfDay(double mjd) {
        return LocalTime.ofSecondOfDay(Math.round((mjd - Math.floor(mjd)) * DAY)
                % DAY).format(DateTimeFormatter.ISO_LOCAL_TIME);
    }

    private static String boundaries(List<String> all) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < BOUNDARIES; i++) {
            b.append(String.format("%-" + BOUNDARY + "s", i < all.size() ? all.get(i) : "NONE"));
        }
        return b.toString();
    }

    private static void put(EventChunk t, String column, int row, CaldbEntry e, String text) {
        int width = t.schema().column(column).repeat();
        if (text.length() > width && !column.equals("CAL_DESC")) {
            throw SxiException.calibration("text is too long for the index").in(e.file()).column(column).value(text)
                    .limit(width + " characters").todo("shorten it").build();
        }
        byte[] b = String.format("%-" + width + "s", text).substring(0, width).getBytes(US_ASCII);
        MemorySegment.copy(b, 0, t.memory(column), ValueLayout.JAVA_BYTE, (long) row * width, width);
    }
}
