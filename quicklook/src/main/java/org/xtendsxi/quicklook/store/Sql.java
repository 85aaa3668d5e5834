// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
        return SxiException.output("trend store fails")
                .value(String.valueOf(e.getMessage()).lines().findFirst().orElse("")).cause(e)
                .todo("check the folder of --store and its space").build();
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
