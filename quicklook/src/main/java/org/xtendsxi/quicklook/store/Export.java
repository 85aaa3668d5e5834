// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.MissionTime;

/** The trend as Parquet or FITS files. */
public final class Export {
    /** Tables of the trend. */
    public static final List<String> TABLES = List.of("cycle", "segment", "dark", "housekeeping", "alarm");
    private static final int CHUNK = 8192;
    private static final Set<String> SECONDS =
            Set.of("time", "live", "dark_age", "received", "raised", "cleared", "acknowledged");
    private static final Set<String> ADU =
            Set.of("even", "odd", "noise_even", "noise_odd", "residual", "leak", "level", "noise");

    private final Sql sql;

    /** Export of a store. */
    public Export(Sql sql) {
        this.sql = sql;
    }

    /** Writes a table as Parquet. */
    public void parquet(String table, Path file) {
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Files.createDirectories(target.getParent());
            sql.run("copy (select * from " + known(table) + ") to '" + part.toString().replace("'", "''")
                    + "' (format parquet, compression zstd)");
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw SxiException.output("trend cannot be written").in(file).value(e.getMessage()).cause(e)
                    .todo("check that the folder is writable").build();
        }
    }

    /**
     * Checks the name of a table, before a file is named after it.
     *
     * @throws SxiException (usage) if there is no such table
     */
    public static String known(String table) {
        if (!TABLES.contains(table)) {
            throw SxiException.usage("there is no such table").value(table).limit(String.join(", ", TABLES))
                    .todo("give one of these").build();
        }
        return table;
    }

    /** A column in the database. */
    private record Field(String name, String type) {
        Column column() {
            return switch (type) {
                case "DOUBLE" -> Column.of(name.toUpperCase(Locale.ROOT), ColumnType.DOUBLE, 1)
                        .unit(SECONDS.contains(name) ? "s" : ADU.contains(name) ? "adu" : "");
                case "VARCHAR" -> Column.of(name.toUpperCase(Locale.ROOT), ColumnType.TEXT, 64);
                case "BIGINT" -> Column.of(name.toUpperCase(Locale.ROOT), ColumnType.LONG, 1);
                default -> Column.of(name.toUpperCase(Locale.ROOT), ColumnType.INT, 1);
            };
        }
    }

    /** Writes all tables as extensions of one FITS file. */
    public void fits(Path file) {
        MissionTime t = MissionTime.XRISM;
        Keywords k = new Keywords().set("TELESCOP", "XRISM", "mission").set("INSTRUME", "XTEND", "instrument")
                .set("TIMESYS", "TT", "time system").set("TIMEUNIT", "s", "").set("MJDREFI", t.mjdRefI(), "epoch")
                .set("MJDREFF", t.mjdRefF(), "epoch").set("CREATOR", Software.creator() + " quicklook", "program")
                .set("DATE", RunClock.fitsDate(), "written (UTC)");
        try (FitsWriter w = FitsWriter.create(file)) {
            w.primary(k);
            for (String table : TABLES) {
                List<Field> fields = sql.list("select column_name, data_type from information_schema.columns where"
                        + " table_name = ? order by ordinal_position",
                        r -> new Field(r.getString(1), r.getString(2)), table);
                EventSchema schema = new EventSchema(fields.stream().map(Field::column).toList());
                try (TableWriter out = w.table(table.toUpperCase(Locale.ROOT), schema, k.copy())) {
                    // row numbers, which lead straight to their rows, may have gaps where rows were deleted
                    double last = sql.number("select max(rowid) from " + table);
                    long written = 0;
                    for (long from = 0; from <= last; from += CHUNK) {
                        written += chunk(table, fields, schema, from, written, out);
                    }
                    out.finish();
                }
            }
            w.commit();
        }
    }

    private long chunk(String table, List<Field> fields, EventSchema schema, long from, long written,
            TableWriter out) {
        List<Object[]> rows = sql.list("select * from " + table + " where rowid >= ? and rowid < ? order by rowid",
                r -> {
                    Object[] row = new Object[fields.size()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = r.getObject(i + 1);
                    }
                    return row;
                }, from, from + CHUNK);
        try (EventChunk c = EventChunk.allocate(schema, written, rows.size())) {
            for (int i = 0; i < fields.size(); i++) {
                put(c, schema.columns().get(i), rows, i);
            }
            out.accept(c);
        }
        return rows.size();
    }

    private static void put(EventChunk c, Column column, List<Object[]> rows, int at) {
        switch (column.type()) {
            case DOUBLE -> c.put(column.name(), rows.stream().mapToDouble(r -> r[at] == null ? Double.NaN
                    : ((Number) r[at]).doubleValue()).toArray());
            case LONG -> c.put(column.name(), rows.stream().mapToLong(r -> ((Number) r[at]).longValue()).toArray());
            case TEXT -> {
                List<byte[]> texts = new ArrayList<>();
                rows.forEach(r -> texts.add(Arrays.copyOf(String.valueOf(r[at]).replaceAll("[^ -~]", "?")
                        .getBytes(StandardCharsets.US_ASCII), column.repeat())));
                for (int i = 0; i < texts.size(); i++) {
                    MemorySegment.copy(MemorySegment.ofArray(texts.get(i)), 0, c.memory(column.name()),
                            (long) i * column.repeat(), column.repeat());
                }
            }
            default -> c.put(column.name(), rows.stream().mapToInt(r -> r[at] instanceof Boolean b ? b ? 1 : 0
                    : ((Number) r[at]).intValue()).toArray());
        }
    }
}
