// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;

/** One open calibration extension, cut to the rows of its time block, with checked access to columns and keywords. */
final class CalibrationTable implements AutoCloseable {
    private static final List<String> INSTRUMENTS = List.of("SXI", "XTEND");

    private final FitsReader file;
    private final Hdu hdu;
    private final EventChunk rows;
    private int first;
    private int last;

    private CalibrationTable(FitsReader file, Hdu hdu) {
        this.file = file;
        this.hdu = hdu;
        this.rows = file.whole(hdu);
        this.last = rows.rows();
    }

    /** Opens the extension that a source names, or else the first table. */
    static CalibrationTable first(TableSource source) {
        return open(source, f -> named(f, source).orElseGet(() -> f.hdus().stream().filter(CalibrationTable::isTable)
                .findFirst().orElseThrow(() -> SxiException.calibration("file has no table").in(source.path())
                        .todo("give a calibration file").build())));
    }

    /** Opens the extension of a data mode and charge-injection state. */
    static CalibrationTable ofMode(TableSource source, TableChoice choice) {
        return open(source, f -> choice.byPosition() ? byPosition(f, choice)
                : named(f, source).orElseGet(() -> byKeywords(f, choice)));
    }

    /** Opens another extension of the same file by name. */
    static CalibrationTable named(TableSource source, String extname) {
        return open(source, f -> f.need(extname));
    }

    private static CalibrationTable open(TableSource source, Function<FitsReader, Hdu> choose) {
        FitsReader f;
        try {
            f = FitsReader.open(source.path());
        } catch (SxiException e) {
            throw SxiException.calibration(e.getMessage()).cause(e).build();
        }
        try {
            Hdu h = choose.apply(f);
            if (h.rows() == 0) {
                throw SxiException.calibration("table has no rows").in(f.path()).hdu(h.name())
                        .todo("give a calibration file with rows").build();
            }
            h.keywords().text("INSTRUME").filter(i -> !INSTRUMENTS.contains(i.strip())).ifPresent(i -> {
                throw SxiException.calibration("table is for another instrument").in(f.path()).hdu(h.name())
                        .column("INSTRUME").value(i).limit("SXI or XTEND").todo("give a file of this instrument")
                        .build();
            });
            return new CalibrationTable(f, h);
        } catch (SxiException e) {
            f.close();
            throw e.exitCode() == ExitCode.CALIBRATION ? e
                    : SxiException.calibration(e.getMessage()).cause(e).build();
        }
    }

    private static boolean isTable(Hdu h) {
        return h.kind() == Hdu.Kind.TABLE;
    }

    private static Optional<Hdu> named(FitsReader f, TableSource source) {
        if (source.extension().isEmpty()) {
            return Optional.empty();
        }
        Hdu h = source.extension().matches("\\d+")
                ? f.hdus().stream().filter(x -> x.index() == Integer.parseInt(source.extension())).findFirst()
                        .orElseGet(() -> f.need("#" + source.extension()))
                : f.need(source.extension());
        return isTable(h) ? Optional.of(h) : Optional.empty();
    }

    private static Hdu byPosition(FitsReader f, TableChoice choice) {
        int index = choice.mode().equals("WINDOW1") ? 1 : 2;
        return f.hdus().stream().filter(h -> h.index() == index && isTable(h)).findFirst()
                .orElseThrow(() -> SxiException.calibration("file has no table for the data mode").in(f.path())
                        .hdu("#" + index).value(choice.mode()).todo("give a file with one extension per mode").build());
    }

    /** Mode and charge injection match; else the mode alone (a file named by the user is the user's choice). */
    private static Hdu byKeywords(FitsReader f, TableChoice choice) {
        List<Hdu> tables = f.hdus().stream().filter(CalibrationTable::isTable).toList();
        List<Hdu> mode = tables.stream().filter(h -> says(h, "DATAMODE", choice.mode())).toList();
        return mode.stream().filter(h -> says(h, "CISTATUS", Integer.toString(choice.ciStatus()))).findFirst()
                .or(() -> mode.stream().findFirst())
                .orElseThrow(() -> SxiException.calibration("file has no extension for the data mode").in(f.path())
                        .value(tables.stream().map(Hdu::name).toList())
                        .limit("DATAMODE " + choice.mode() + ", CISTATUS " + choice.ciStatus())
                        .todo("give a file with this mode, or name the extension").build());
    }

    /** Whether a keyword, or a CALDB boundary keyword CBDn0001 such as {@code DATAMODE(WINDOW1)}, has a value. */
    private static boolean says(Hdu h, String key, String value) {
        Optional<String> direct = h.keywords().text(key);
        if (direct.isPresent()) {
            return direct.get().strip().startsWith(value);
        }
        return h.keywords().names().stream().filter(n -> n.startsWith("CBD"))
                .map(n -> h.keywords().text(n).orElse("").replaceAll("[\\s\"']", ""))
                .anyMatch(v -> v.startsWith(key + "(") && v.substring(key.length() + 1).startsWith(value));
    }

    /**
     * Cuts to the time block: the last one with TIME before the start, or the first if it starts exactly there.
     *
     * @param maxRows largest block that the format allows
     */
    CalibrationTable block(double start, int maxRows) {
        double[] time = times();
        if (time[0] > start) {
            throw at(SxiException.calibration("calibration begins after the observation"), "TIME", 0).value(time[0])
                    .limit("TSTART " + start).todo("give a file that covers the observation").build();
        }
        return cut(time, t -> t < start, maxRows);
    }

    /** Cuts to the last time block that begins at a time or before, or to the first block if all begin later. */
    CalibrationTable blockAt(double when, int maxRows) {
        return cut(times(), t -> t <= when, maxRows);
    }

    /** TIME of all rows, which must ascend. */
    private double[] times() {
        double[] time = rows.doubles(column("TIME", "s").name());
        for (int i = 0; i < time.length; i++) {
            if (Double.isNaN(time[i]) || i > 0 && time[i] < time[i - 1]) {
                throw at(SxiException.calibration("TIME does not ascend"), "TIME", i).value(time[i])
                        .todo("sort the table by TIME").build();
            }
        }
        return time;
    }

    private CalibrationTable cut(double[] time, DoublePredicate begun, int maxRows) {
        double chosen = time[0];
        for (double t : time) {
            chosen = begun.test(t) ? t : chosen;
        }
        int from = 0;
        while (time[from] != chosen) {
            from++;
        }
        int to = from;
        while (to < time.length && time[to] == chosen) {
            to++;
        }
        if (to - from > maxRows) {
            throw at(SxiException.calibration("too many rows of one TIME"), "TIME", from).value(to - from)
                    .limit(maxRows).todo("repair the table").build();
        }
        first = from;
        last = to;
        return this;
    }

    /** Values of a column in each row. */
    int width(String name) {
        return column(name).width();
    }

    int rows() {
        return last - first;
    }

    double real(String key) {
        double v = hdu.keywords().real(key).orElseThrow(() -> SxiException.calibration("keyword is missing")
                .in(file.path()).hdu(hdu.name()).column(key).todo("give a complete calibration file").build());
        if (!Double.isFinite(v)) {
            throw SxiException.calibration("keyword is not finite").in(file.path()).hdu(hdu.name()).column(key).value(v)
                    .todo("repair the file").build();
        }
        return v;
    }

    /** Reference pulse height, which must be positive. */
    double referencePulseHeight() {
        double v = real("PH_REF");
        if (v <= 0) {
            throw SxiException.calibration("reference pulse height is not positive").in(file.path()).hdu(hdu.name())
                    .column("PH_REF").value(v).todo("repair the file").build();
        }
        return v;
    }

    private Column column(String name, String... units) {
        Column c = rows.schema().find(name).orElseThrow(() -> SxiException.calibration("column is missing")
                .in(file.path()).hdu(hdu.name()).column(name).todo("give a calibration file of this kind").build());
        boolean known = c.unit().isEmpty() || units.length == 0 || Arrays.stream(units)
                .anyMatch(u -> u.equals(c.unit().toLowerCase(Locale.ROOT)));
        if (!known) {
            throw SxiException.calibration("column has another unit").in(file.path()).hdu(hdu.name()).column(name)
                    .value(c.unit()).limit(String.join(" or ", units)).todo("convert the column").build();
        }
        return c;
    }

    /** Refuses a column in one of some units, in lower case. */
    void refuseUnits(String name, Set<String> units) {
        Column c = column(name);
        if (units.contains(c.unit().toLowerCase(Locale.ROOT))) {
            throw SxiException.calibration("column has another unit").in(file.path()).hdu(hdu.name()).column(name)
                    .value(c.unit()).limit("chan for pulse heights, C for temperatures").todo("convert the column")
                    .build();
        }
    }

    /** Finite values of the block, row-major. */
    double[] doubles(String name, int width, String... units) {
        Column c = column(name, units);
        if (c.width() != width) {
            throw SxiException.calibration("column has another length").in(file.path()).hdu(hdu.name()).column(name)
                    .value(c.format()).limit(width).todo("repair the table").build();
        }
        double[] v = Arrays.copyOfRange(rows.doubles(name), first * width, last * width);
        for (int i = 0; i < v.length; i++) {
            if (!Double.isFinite(v[i])) {
                throw at(SxiException.calibration("value is not finite"), name, i / width).value(v[i])
                        .todo("repair the table").build();
            }
        }
        return v;
    }

    /** Whole numbers of the block, in a range. */
    int[] ints(String name, int width, int min, int max) {
        double[] v = doubles(name, width);
        int[] out = new int[v.length];
        for (int i = 0; i < v.length; i++) {
            if (v[i] != Math.rint(v[i]) || v[i] < min || v[i] > max) {
                throw at(SxiException.calibration("value out of range"), name, i / width).value(v[i])
                        .limit(min + ".." + max).todo("repair the table").build();
            }
            out[i] = (int) v[i];
        }
        return out;
    }

    /** Combination (CCD_ID, SEGMENT, READNODE) of every row of the block. */
    int[] segmentRows() {
        int[] ccd = ints("CCD_ID", 1, 0, 3);
        int[] segment = ints("SEGMENT", 1, 0, 1);
        int[] node = ints("READNODE", 1, 0, 1);
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < ccd.length; i++) {
            keys.add(SegmentRow.of(ccd[i], segment[i], node[i]));
        }
        return keys.stream().mapToInt(Integer::intValue).toArray();
    }

    SxiException.Builder at(SxiException.Builder b, String column, int row) {
        return b.in(file.path()).hdu(hdu.name()).column(column).row(first + row + 1L);
    }

    @Override
    public void close() {
        rows.close();
        file.close();
    }
}
