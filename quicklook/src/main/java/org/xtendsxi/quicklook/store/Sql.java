// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.error.SxiException;

/** Queries on one connection, with the errors of this program. One thread at a time. */
public final class Sql implements AutoCloseable {
    private final Connection connection;

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        /** Value of the current row. */
        T map(ResultSet r) throws SQLException;
    }

    /** Rows of a query. */
    public synchronized <T> List<T> list(String sql, RowMapper<T> mapper, Object... values) {
        try (PreparedStatement s = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            List<T> out = new ArrayList<>();
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    out.add(mapper.map(r));
                }
            }
            return out;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Rows of a query of the user, values by the names of the columns.
     *
     * @throws SxiException (usage) if the database does not understand it
     */
    public synchronized List<Map<String, Object>> ask(String sql) {
        try (Statement s = connection.createStatement(); ResultSet r = s.executeQuery(sql)) {
            List<Map<String, Object>> out = new ArrayList<>();
            while (r.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    row.put(r.getMetaData().getColumnLabel(i), r.getObject(i));
                }
                out.add(row);
            }
            return out;
        } catch (SQLException e) {
            throw SxiException.usage("query cannot be answered").value(first(e)).cause(e)
                    .todo("correct it (docs/quicklook.md lists the tables; 'describe cycle' the columns of one)")
                    .build();
        }
    }

    /** The number that a query gives; NaN if it gives none. */
    public double number(String sql, Object... values) {
        List<Double> all = list(sql, r -> {
            double v = r.getDouble(1);
            return r.wasNull() ? Double.NaN : v;
        }, values);
        return all.isEmpty() ? Double.NaN : all.getFirst();
    }

    /** Runs a statement that gives no rows. */
    public synchronized void run(String sql, Object... values) {
        try {
            if (values.length == 0) {
                try (Statement s = connection.createStatement()) {
                    s.execute(sql);
                }
                return;
            }
            try (PreparedStatement s = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    s.setObject(i + 1, values[i]);
                }
                s.execute();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    Connection connection() {
        return connection;
    }

    static SxiException failed(SQLException e) {
        return SxiException.output("trend store fails").value(first(e)).cause(e)
                .todo("check the folder of --store and its space").build();
    }

    static String first(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
