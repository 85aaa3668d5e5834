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
import java.util.function.Function;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;

/** Reads and writes {@code caldb.indx}; widths of text columns are taken from the file, they differ between generations. */
public final class IndexFile {
    private static final int BOUNDARY = 70;
    private static final int BOUNDARIES = 9;
    private static final int DAY = 86400;

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
            put(t, "TELESCOP", entries, CaldbEntry::telescope);
            put(t, "INSTRUME", entries, CaldbEntry::instrument);
            put(t, "DETNAM", entries, CaldbEntry::detector);
            put(t, "FILTER", entries, CaldbEntry::filter);
            put(t, "CAL_DEV", entries, e -> "ONLINE");
            put(t, "CAL_DIR", entries, e -> e.file().getParent() == null ? "" : e.file().getParent().toString());
            put(t, "CAL_FILE", entries, e -> e.file().getFileName().toString());
            put(t, "CAL_CLAS", entries, e -> "BCF");
            put(t, "CAL_DTYP", entries, e -> "DATA");
            put(t, "CAL_CNAM", entries, CaldbEntry::codeName);
            put(t, "CAL_CBD", entries, e -> boundaries(e.boundaries()));
            t.put("CAL_XNO", entries.stream().mapToInt(CaldbEntry::extension).toArray());
            put(t, "CAL_VSD", entries, CaldbEntry::validFrom);
            put(t, "CAL_VST", entries, e -> timeOfDay(e.refTime()));
            t.put("REF_TIME", entries.stream().mapToDouble(CaldbEntry::refTime).toArray());
            t.put("CAL_QUAL", entries.stream().mapToInt(CaldbEntry::quality).toArray());
            put(t, "CAL_DATE", entries, e -> date);
            put(t, "CAL_DESC", entries, CaldbEntry::description);
            w.primary(new Keywords());
            w.table("CIF", t, new Keywords().set("CIFVERSN", "1992a", "version of the index format"));
            w.commit();
        }
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

    private static void put(EventChunk t, String column, List<CaldbEntry> entries, Function<CaldbEntry, String> of) {
        int width = t.schema().column(column).repeat();
        MemorySegment m = t.memory(column);
        for (int i = 0; i < entries.size(); i++) {
            String text = of.apply(entries.get(i));
            if (text.length() > width && !column.equals("CAL_DESC")) {
                throw SxiException.calibration("text is too long for the index").in(entries.get(i).file())
                        .column(column).value(text).limit(width + " characters").todo("shorten it").build();
            }
            byte[] b = String.format("%-" + width + "s", text).substring(0, width).getBytes(US_ASCII);
            MemorySegment.copy(b, 0, m, ValueLayout.JAVA_BYTE, (long) i * width, width);
        }
    }
}
