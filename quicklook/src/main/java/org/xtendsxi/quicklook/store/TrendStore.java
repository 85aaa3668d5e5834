// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.xtendsxi.caldb.error.SxiException;

/**
 * The trend store: a DuckDB database in a folder of its own. One process holds it at a time. Rows and journal change in
 * one transaction ({@link #commit}); readers see whole transactions only.
 */
public final class TrendStore implements AutoCloseable {
    private static final String FILE = "trend.duckdb";
    /** What the database may use: enough to draw months (docs/quicklook-validation.md), and soon filled. */
    private static final String MEMORY = "64MB";
    private static final Pattern HOLDER = Pattern.compile("(?i)lock.*PID (\\d+)");

    private final Path folder;
    private final DuckDBConnection writer;
    private final Sql sql;
    private Rollup rollup;

    private TrendStore(Path folder, DuckDBConnection writer) {
        this.folder = folder;
        this.writer = writer;
        this.sql = new Sql(writer);
    }

    /**
     * Opens a store, or makes it.
     *
     * @param folder folder of the store
     * @throws SxiException (output) if another process holds it or the folder cannot be written
     */
    public static TrendStore open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw SxiException.output("folder of the trend store cannot be made").in(folder).value(e.getMessage())
                    .cause(e).todo("give another --store").build();
        }
        TrendStore s = new TrendStore(folder, connect(folder, false));
        s.prepare();
        return s;
    }

    /**
     * Opens a store for queries; nothing can be changed through it.
     *
     * @throws SxiException (data) if there is none, (output) if another process writes to it
     */
    public static TrendStore read(Path folder) {
        if (!Files.exists(folder.resolve(FILE))) {
            throw SxiException.data("there is no trend store").in(folder)
                    .todo("run sxi quicklook on the directory first, or give its --store").build();
        }
        return new TrendStore(folder, connect(folder, true));
    }

    private static DuckDBConnection connect(Path folder, boolean readOnly) {
        Properties p = new Properties();
        p.setProperty("memory_limit", MEMORY);
        p.setProperty("threads", "2");
        p.setProperty("temp_directory", folder.resolve("spill").toString());
        p.setProperty("autoinstall_known_extensions", "false");
        if (readOnly) {
            p.setProperty("access_mode", "READ_ONLY");
        }
        try {
            return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(FILE), p);
        } catch (SQLException e) {
            Matcher holder = HOLDER.matcher(Sql.first(e));
            if (holder.find()) {
                throw SxiException.output("another process holds the trend store").in(folder)
                        .value("process " + holder.group(1)).cause(e).todo("stop that sxi quicklook, or "
                                + (readOnly ? "ask its page for /api/trend.parquet?table=cycle"
                                        : "give another --store")).build();
            }
            throw SxiException.output("trend store cannot be opened").in(folder).value(Sql.first(e)).cause(e)
                    .todo("give another --store").build();
        }
    }

    private void prepare() {
        Tables.DDL.forEach(sql::run);
        Rollup.DDL.forEach(sql::run);
        rollup = new Rollup(sql);
        double version = sql.number("select max(number) from version");
        if (Double.isNaN(version)) {
            sql.run("insert into version values (?)", Tables.VERSION);
        } else if (version != Tables.VERSION) {
            throw SxiException.output("trend store is of another version").in(folder).value((int) version)
                    .limit(Tables.VERSION).todo("give another --store; the data are read again").build();
        }
    }

    /** Folder of the store. */
    public Path folder() {
        return folder;
    }

    /** Stores a batch: all of it or nothing. */
    public synchronized void commit(Batch b) {
        transaction(() -> {
            append(b);
            journal(b.file());
            DoubleStream.concat(b.cycles().stream().mapToDouble(CycleRow::time),
                    b.housekeeping().stream().mapToDouble(HousekeepingRow::time)).min().ifPresent(rollup::late);
        });
    }

    /** Sums the trend over 10 min where it is old enough; see {@link Rollup}. */
    public synchronized void roll() {
        double last = sql.number("select max(time) from cycle");
        if (!Double.isNaN(last)) {
            transaction(() -> rollup.roll(last));
        }
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private void transaction(Work work) {
        try {
            writer.setAutoCommit(false);
            try {
                work.run();
                writer.commit();
            } catch (SQLException | RuntimeException e) {
                writer.rollback();
                rollup = new Rollup(sql);
                throw e;
            } finally {
                writer.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw Sql.failed(e);
        }
    }

    /** Adds rows to a table. */
    @FunctionalInterface
    private interface Rows {
        void append(DuckDBAppender a) throws SQLException;
    }

    private void append(String table, boolean any, Rows rows) throws SQLException {
        if (any) {
            try (DuckDBAppender a = writer.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
                rows.append(a);
            }
        }
    }

    private void append(Batch b) throws SQLException {
        append("cycle", !b.cycles().isEmpty(), a -> {
            for (CycleRow r : b.cycles()) {
                Tables.append(a, r);
            }
        });
        append("segment", !b.segments().isEmpty(), a -> {
            for (SegmentRow r : b.segments()) {
                Tables.append(a, r);
            }
        });
        append("event", !b.events().isEmpty(), a -> {
            for (EventRows e : b.events()) {
                for (int i = 0; i < e.size(); i++) {
                    Tables.append(a, e, i);
                }
            }
        });
        append("dark", !b.darks().isEmpty(), a -> {
            for (DarkRow r : b.darks()) {
                Tables.append(a, r);
            }
        });
        append("housekeeping", !b.housekeeping().isEmpty(), a -> {
            for (HousekeepingRow r : b.housekeeping()) {
                Tables.append(a, r);
            }
        });
    }

    private void journal(SourceFile f) {
        sql.run("delete from source_file where identity = ?", f.identity());
        sql.run("insert into source_file values (?,?,?,?,?,?,?,?,?)", f.identity(), f.path(), f.kind().name(),
                f.dataset(), f.rows(), f.size(), f.state().name(), f.message(), f.changed());
    }

    /** The journal by identity. */
    public synchronized Map<String, SourceFile> journal() {
        Map<String, SourceFile> out = new TreeMap<>();
        sql.list("select * from source_file", r -> new SourceFile(r.getString(1), r.getString(2),
                SourceFile.Kind.valueOf(r.getString(3)), r.getString(4), r.getLong(5), r.getLong(6),
                SourceFile.State.valueOf(r.getString(7)), r.getString(8), r.getDouble(9)))
                .forEach(f -> out.put(f.identity(), f));
        return out;
    }

    /** Dark of a data set in use, one row per segment; empty if it has none yet. */
    public synchronized List<DarkRow> darks(String dataset) {
        return sql.list("select * from dark where dataset = ? order by ccd, segment", r -> new DarkRow(r.getString(1),
                r.getDouble(2), r.getInt(3), r.getInt(4), r.getString(5), r.getString(6), r.getInt(7), r.getDouble(8),
                r.getDouble(9), r.getInt(10), r.getInt(11)), dataset);
    }

    /** Time of the last cycle of a data set, s; NaN if there is none. */
    public synchronized double lastTime(String dataset) {
        return sql.number("select max(time) from cycle where dataset = ?", dataset);
    }

    /** Segments seen in a data set, one bit each, and the number of its cycles. */
    public synchronized int[] segmentsSeen(String dataset) {
        return new int[] {
            (int) sql.number("select coalesce(bit_or(1 << (2 * ccd::integer + segment::integer)), 0) from segment"
                    + " where dataset = ?", dataset),
            (int) sql.number("select count(*) from cycle where dataset = ?", dataset)};
    }

    /** Whether a cycle has been stored before, from another file. */
    public synchronized boolean has(String dataset, double time) {
        return sql.number("select count(*) from cycle where dataset = ? and time = ?", dataset, time) > 0;
    }

    /** Whether anything of a data set is stored from a kind of file. */
    public synchronized boolean hasSource(String dataset, SourceFile.Kind kind) {
        return sql.number("select count(*) from source_file where dataset = ? and kind = ? and rows_taken > 0", dataset,
                kind.name()) > 0;
    }

    /** Deletes events that are older than a time; trends are kept. */
    public synchronized void forget(double before) {
        sql.run("delete from event where time < ?", before);
    }

    /** A connection of its own for a reader. */
    public Sql reader() {
        try {
            return new Sql(writer.duplicate());
        } catch (SQLException e) {
            throw Sql.failed(e);
        }
    }

    @Override
    public synchronized void close() {
        sql.close();
    }
}
