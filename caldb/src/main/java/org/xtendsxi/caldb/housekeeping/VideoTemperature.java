// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.housekeeping;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.instrument.Sxi;

/** Temperature of the video boards over time, one series per CCD (energy-chain section 6.1), C. */
public final class VideoTemperature {
    private final double[][] time;
    private final double[][] value;

    /**
     * Where the temperatures stand in a housekeeping file.
     *
     * @param extension EXTNAME
     * @param stem start of the column names
     * @param boards letter of the video board of each CCD
     */
    public record Location(String extension, String stem, String boards) {
        /** Names of the Hitomi and XRISM archive. */
        public static final Location ARCHIVE =
                new Location("HK_SXI_USR_USER_HK1", "SXI_USR_HKTBL_", "A,B,B,B");

        private String column(int ccd) {
            String[] ids = boards.split(",");
            if (ids.length != Sxi.CCDS) {
                throw SxiException.usage("one video board per CCD is needed").value(boards).limit("such as A,B,B,B")
                        .todo("correct hkvideoid").build();
            }
            return stem + (ccd < 2 ? "MIO1" : "MIO2") + "_VT_" + ids[ccd].strip() + "_CAL";
        }
    }

    private VideoTemperature(double[][] time, double[][] value) {
        this.time = time;
        this.value = value;
    }

    /**
     * Makes series of columns.
     *
     * @param time mission time, s, ascending; rows with NaN are left out
     * @param value by CCD: temperatures, C
     * @param keepNull whether rows without temperature stay, as NaN, as in HEASoft 6.20
     */
    public static VideoTemperature of(double[] time, double[][] value, boolean keepNull) {
        double[][] times = new double[Sxi.CCDS][];
        double[][] values = new double[Sxi.CCDS][];
        for (int c = 0; c < Sxi.CCDS; c++) {
            double[] v = value[c];
            int[] rows = IntStream.range(0, time.length)
                    .filter(i -> !Double.isNaN(time[i]) && (keepNull || !Double.isNaN(v[i]))).toArray();
            times[c] = Arrays.stream(rows).mapToDouble(i -> time[i]).toArray();
            values[c] = Arrays.stream(rows).mapToDouble(i -> v[i]).toArray();
        }
        return new VideoTemperature(times, values);
    }

    /**
     * Reads a housekeeping file.
     *
     * @param path file
     * @param where extension and columns
     * @param start TSTART of the events, s
     * @param stop TSTOP of the events, s
     * @param keepNull as in {@link #of}
     */
    public static VideoTemperature load(Path path, Location where, double start, double stop, boolean keepNull) {
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.need(where.extension());
            double from = h.keywords().needReal("TSTART");
            double to = h.keywords().needReal("TSTOP");
            if (to < start || from > stop || h.rows() == 0) {
                throw SxiException.data("housekeeping does not overlap the events").in(path).hdu(h.name())
                        .value(SxiException.plain(from) + ".." + SxiException.plain(to))
                        .limit(SxiException.plain(start) + ".." + SxiException.plain(stop))
                        .todo("give the housekeeping file of this observation").build();
            }
            try (EventChunk rows = f.whole(h)) {
                double[] time = rows.doubles("TIME");
                double previous = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < time.length; i++) {
                    if (time[i] < previous) {
                        throw SxiException.data("housekeeping is not in time order").in(path).hdu(h.name())
                                .row(i + 1L).column("TIME").value(time[i]).limit("at least " + previous)
                                .todo("sort the table").build();
                    }
                    previous = Double.isNaN(time[i]) ? previous : time[i];
                }
                if (previous == Double.NEGATIVE_INFINITY) {
                    throw SxiException.data("housekeeping has no row with a time").in(path).hdu(h.name()).column("TIME")
                            .todo("repair the file, or switch the video temperature off (vtcor=no)").build();
                }
                double[][] value = new double[Sxi.CCDS][];
                for (int c = 0; c < Sxi.CCDS; c++) {
                    value[c] = rows.doubles(where.column(c));
                }
                return of(time, value, keepNull);
            }
        }
    }

    /** Number of rows of a CCD. */
    public int size(int ccd) {
        return time[ccd].length;
    }

    /** Time of a row, s. */
    public double time(int ccd, int row) {
        return time[ccd][row];
    }

    /** Temperature of a row, C. */
    public double value(int ccd, int row) {
        return value[ccd][row];
    }

    /** First row later than a time; the number of rows if there is none. */
    public int firstAfter(int ccd, double t) {
        double[] all = time[ccd];
        int low = 0;
        int high = all.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (all[middle] > t) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
