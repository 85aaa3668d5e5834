// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/** GTI extensions (OGIP; events-coords-screening section 11.1). */
public final class GtiTable {
    private static final EventSchema SCHEMA = new EventSchema(List.of(
            Column.of("START", ColumnType.DOUBLE, 1).unit("s").text("start of good time"),
            Column.of("STOP", ColumnType.DOUBLE, 1).unit("s").text("end of good time")));

    private GtiTable() {
    }

    /** Finds the GTI extension of a file: GTI, STDGTI, or the first whose name starts with GTI. */
    public static Optional<Hdu> find(FitsReader file) {
        return file.find("GTI").or(() -> file.find("STDGTI")).or(() -> file.hdus().stream()
                .filter(h -> h.kind() == Hdu.Kind.TABLE && h.name().startsWith("GTI")).findFirst());
    }

    /** Reads the intervals, TIMEZERO added; rows out of order or overlapping are joined, reversed ones refused. */
    public static GtiList read(FitsReader file, Hdu hdu) {
        double zero = hdu.keywords().real("TIMEZERO").orElse(0);
        try (EventChunk t = file.whole(hdu)) {
            double[] start = t.doubles("START");
            double[] stop = t.doubles("STOP");
            List<Gti> all = new ArrayList<>();
            for (int i = 0; i < start.length; i++) {
                if (!(start[i] <= stop[i])) {
                    throw SxiException.data("good time interval runs backwards").in(file.path()).hdu(hdu.name())
                            .row(i + 1).column("STOP").value(stop[i]).limit("START " + SxiException.plain(start[i]))
                            .todo("repair the GTI table").build();
                }
                all.add(new Gti(start[i] + zero, stop[i] + zero));
            }
            return GtiList.of(all);
        }
    }

    /**
     * What the standard does not allow but {@link #read(FitsReader, Hdu)} puts in order: rows unsorted, or overlapping.
     */
    public static Optional<String> disorder(FitsReader file, Hdu hdu) {
        try (EventChunk t = file.whole(hdu)) {
            double[] start = t.doubles("START");
            double[] stop = t.doubles("STOP");
            for (int i = 1; i < start.length; i++) {
                if (start[i] < stop[i - 1]) {
                    return Optional.of(file.path() + "[" + hdu.name() + "] (row " + (i + 1) + "): good time "
                            + (start[i] < start[i - 1] ? "is not in order" : "overlaps the row before")
                            + "; it is sorted and joined");
                }
            }
            return Optional.empty();
        }
    }

    /** Reads the GTI extension of a file by its path. */
    public static GtiList read(Path path) {
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = find(f).orElseThrow(() -> SxiException.data("file has no GTI extension").in(path)
                    .todo("give a file with a table GTI of columns START and STOP").build());
            return read(f, h);
        }
    }

    /**
     * Appends a GTI extension with OGIP keywords.
     *
     * @param file open file
     * @param extname GTI, GTIMKF, ...
     * @param gti the intervals
     * @param keywords observation and time keywords to carry; those of structure are left out
     */
    public static void write(FitsWriter file, String extname, GtiList gti, Keywords keywords) {
        Keywords k = keywords.observation().withoutCommentary().remove("TIMEZERO");
        k.set("HDUCLASS", "OGIP", "").set("HDUCLAS1", "GTI", "").set("HDUCLAS2", "STANDARD", "")
                .set("HDUVERS", "1.0.0", "");
        k.remove("HDUCLAS3").remove("HDUDOC");
        if (!gti.isEmpty()) {
            k.set("ONTIME", gti.total(), "[s] sum of the intervals").set("EXPOSURE", gti.total(), "[s] good time");
        }
        int n = gti.intervals().size();
        try (EventChunk t = EventChunk.allocate(SCHEMA, 0, n)) {
            t.put("START", gti.intervals().stream().mapToDouble(Gti::start).toArray());
            t.put("STOP", gti.intervals().stream().mapToDouble(Gti::stop).toArray());
            file.table(extname, t, k);
        }
    }
}
