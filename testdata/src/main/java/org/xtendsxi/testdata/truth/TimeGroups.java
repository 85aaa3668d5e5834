// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.TableReader;

/** Streams a table in time order as groups of rows of equal TIME; one chunk and one group are in memory. */
final class TimeGroups implements AutoCloseable {
    /** Times nearer than this are equal, s; sub-exposures are 0.5 s apart or more. */
    static final double TOLERANCE = 1e-3;
    private static final int CHUNK = 16384;

    private final FitsReader file;
    private final Hdu hdu;
    private final TableReader table;
    private final String[] columns;
    private double[][] values;
    private int rows;
    private int at;
    private long done;
    private double last = Double.NEGATIVE_INFINITY;

    /**
     * Starts.
     *
     * @param file open file
     * @param hdu table
     * @param columns columns wanted, the first being TIME; scalars
     */
    TimeGroups(FitsReader file, Hdu hdu, String... columns) {
        this.file = file;
        this.hdu = hdu;
        this.columns = columns;
        this.table = file.table(hdu, CHUNK);
        load();
    }

    private void load() {
        done += rows;
        rows = 0;
        at = 0;
        Optional<EventChunk> next = table.next();
        if (next.isPresent()) {
            try (EventChunk c = next.get()) {
                rows = c.rows();
                values = new double[columns.length][];
                for (int i = 0; i < columns.length; i++) {
                    values[i] = c.doubles(columns[i]);
                }
            }
        }
    }

    /** Time of the next group, or infinity at the end. */
    double time() {
        double time = at < rows ? values[0][at] : Double.POSITIVE_INFINITY;
        if (Double.isNaN(time)) {
            throw disorder("row has no time", "a finite number");
        }
        return time;
    }

    /** Takes the next group: rows with the columns in the order wanted, null values being NaN. */
    List<double[]> take() {
        List<double[]> out = new ArrayList<>();
        double start = time();
        if (start < last) {
            throw disorder("rows are not in order of time", "at least " + last);
        }
        last = start;
        while (Math.abs(time() - start) <= TOLERANCE) {
            double[] row = new double[columns.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = values[i][at];
            }
            out.add(row);
            if (++at == rows) {
                load();
            }
        }
        return out;
    }

    private SxiException disorder(String what, String limit) {
        return SxiException.data(what).in(file.path()).hdu(hdu.name()).row(done + at + 1).column(columns[0])
                .value(values[0][at]).limit(limit).todo("sort the table by TIME").build();
    }

    @Override
    public void close() {
        table.close();
    }
}
