// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.housekeeping;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Range of the temperature of each CCD during an observation, without the lowest and highest 2 % of the rows. The
 * flight names of the columns are not public; those of the simulator are {@code SXI_USR_HKTBL_CCD1_TEMP_CAL} to
 * {@code …CCD4…}.
 *
 * @param low by CCD, C; NaN for a CCD without temperatures
 * @param high by CCD, C
 */
public record CcdTemperature(double[] low, double[] high) {
    private static final double TAIL = 0.02;

    /** Column of a CCD. */
    public static String column(int ccd) {
        return VideoTemperature.Location.ARCHIVE.stem() + "CCD" + (ccd + 1) + "_TEMP_CAL";
    }

    /**
     * Reads the housekeeping of an observation.
     *
     * @param path housekeeping file
     * @param start TSTART of the observation, s
     * @param stop TSTOP of the observation, s
     * @return empty if the file holds no CCD temperature of that time
     */
    public static Optional<CcdTemperature> load(Path path, double start, double stop) {
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.need(VideoTemperature.Location.ARCHIVE.extension());
            double[] low = new double[Sxi.CCDS];
            double[] high = new double[Sxi.CCDS];
            Arrays.fill(low, Double.NaN);
            Arrays.fill(high, Double.NaN);
            try (EventChunk rows = f.whole(h)) {
                double[] time = rows.doubles("TIME");
                for (int c = 0; c < Sxi.CCDS; c++) {
                    if (rows.has(column(c))) {
                        double[] all = rows.doubles(column(c));
                        double[] v = IntStream.range(0, time.length).filter(i -> time[i] >= start && time[i] <= stop)
                                .mapToDouble(i -> all[i]).filter(Double::isFinite).sorted().toArray();
                        int skipped = (int) (TAIL * v.length);
                        low[c] = v.length == 0 ? Double.NaN : v[skipped];
                        high[c] = v.length == 0 ? Double.NaN : v[v.length - 1 - skipped];
                    }
                }
            }
            return Arrays.stream(low).allMatch(Double::isNaN) ? Optional.empty()
                    : Optional.of(new CcdTemperature(low, high));
        }
    }
}
