// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.attitude;

import java.nio.file.Path;
import java.util.Arrays;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * A table of attitudes with interpolation (events-coords-screening section 7.6): between rows the rotation from one to
 * the next is done in part, keeping its axis; beyond the ends the end row holds for a limited time.
 */
public final class AttitudeTable implements Attitude {
    private final double[] time;
    private final double[] q;
    /** Per interval: axis of the rotation to the next row divided by sin(half angle), and the half angle. */
    private final double[] step;
    private final Settings settings;
    private final boolean annual;
    private final boolean orbital;
    private final boolean sun;

    /**
     * How to use the table.
     *
     * @param linear interpolate; otherwise the nearest row counts
     * @param margin how far beyond its ends the table holds, s
     */
    public record Settings(boolean linear, double margin) {
        /** Linear interpolation and 32 s. */
        public static final Settings DEFAULT = new Settings(true, 32);
    }

    /**
     * Where the attitude stands in the file.
     *
     * @param extension EXTNAME
     * @param column column of quaternions or Euler angles
     * @param euler Euler angles in degrees instead of quaternions with the scalar last
     */
    public record Layout(String extension, String column, boolean euler) {
        /** QPARAM of extension ATTITUDE. */
        public static final Layout DEFAULT = new Layout("ATTITUDE", "QPARAM", false);
    }

    private AttitudeTable(double[] time, double[] q, Settings settings, Keywords k) {
        this.time = time;
        this.q = q;
        this.step = new double[4 * Math.max(0, time.length - 1)];
        this.settings = settings;
        this.annual = k.isTrue("ABERRAT");
        this.orbital = k.isTrue("ABERORB");
        this.sun = k.isTrue("FOLOWSUN");
        for (int i = 0; i + 1 < time.length; i++) {
            Quaternion d = row(i).inverse().then(row(i + 1));
            double s = d.p3() < 0 ? -1 : 1;
            double half = Math.acos(Math.min(1, s * d.p3()));
            double scale = half == 0 ? 0 : s / Math.sin(half);
            step[4 * i] = scale * d.p0();
            step[4 * i + 1] = scale * d.p1();
            step[4 * i + 2] = scale * d.p2();
            step[4 * i + 3] = half;
        }
    }

    /** Reads an attitude file. */
    public static AttitudeTable load(Path path, Layout layout, Settings settings) {
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.need(layout.extension());
            try (EventChunk t = f.whole(h)) {
                double[] time = t.doubles("TIME");
                double zero = h.keywords().real("TIMEZERO").orElse(0);
                for (int i = 0; i < time.length; i++) {
                    time[i] += zero;
                    if (!(i == 0 || time[i] >= time[i - 1])) {
                        throw SxiException.data("attitude is not in time order").in(path).hdu(h.name()).row(i + 1)
                                .column("TIME").value(time[i]).limit("at least " + time[i - 1])
                                .todo("sort the table by TIME").build();
                    }
                }
                return new AttitudeTable(time, quaternions(t, layout, time.length, path), settings, h.keywords());
            }
        }
    }

    /** First and last time of an attitude file, s. */
    public static double[] span(Path path, Layout layout) {
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.need(layout.extension());
            if (h.rows() == 0) {
                throw SxiException.data("attitude table is empty").in(path).hdu(h.name())
                        .todo("give another attitude file").build();
            }
            double zero = h.keywords().real("TIMEZERO").orElse(0);
            try (EventChunk t = f.whole(h)) {
                double[] time = t.doubles("TIME");
                return new double[] {time[0] + zero, time[time.length - 1] + zero};
            }
        }
    }

    /** A table from arrays; quaternions row by row, scalar last. */
    public static AttitudeTable of(double[] time, double[] quaternions, Settings settings) {
        return new AttitudeTable(time.clone(), quaternions.clone(), settings, new Keywords());
    }

    private static double[] quaternions(EventChunk t, Layout layout, int rows, Path path) {
        double[] v = t.doubles(layout.column());
        int width = layout.euler() ? 3 : 4;
        if (rows == 0 || v.length != rows * width) {
            throw SxiException.data(rows == 0 ? "attitude table is empty" : "attitude column has another length")
                    .in(path).hdu(layout.extension()).column(layout.column()).value(v.length)
                    .limit(rows + " rows of " + width).todo("give another attitude file or column").build();
        }
        double[] q = new double[4 * rows];
        for (int i = 0; i < rows; i++) {
            int at = width * i;
            Quaternion p = layout.euler() ? Quaternion.ofEuler(v[at], v[at + 1], v[at + 2])
                    : Quaternion.normal(v[at], v[at + 1], v[at + 2], v[at + 3]);
            if (!p.known()) {
                throw SxiException.data("attitude is null").in(path).hdu(layout.extension()).row(i + 1)
                        .column(layout.column()).value(Arrays.toString(Arrays.copyOfRange(v, at, at + width)))
                        .todo("remove the row").build();
            }
            put(q, i, p);
        }
        return q;
    }

    private static void put(double[] q, int row, Quaternion p) {
        q[4 * row] = p.p0();
        q[4 * row + 1] = p.p1();
        q[4 * row + 2] = p.p2();
        q[4 * row + 3] = p.p3();
    }

    private Quaternion row(int i) {
        return new Quaternion(q[4 * i], q[4 * i + 1], q[4 * i + 2], q[4 * i + 3]);
    }

    @Override
    public Quaternion at(double t) {
        int last = time.length - 1;
        if (!(t >= time[0] - settings.margin() && t <= time[last] + settings.margin())) {
            return Quaternion.NONE;
        }
        if (t <= time[0]) {
            return row(0);
        }
        if (t >= time[last]) {
            return row(last);
        }
        int i = interval(t);
        if (!settings.linear()) {
            // Half-way between two rows the earlier one counts, as in the reference.
            return row(time[i + 1] - t < t - time[i] ? i + 1 : i);
        }
        double f = (t - time[i]) / (time[i + 1] - time[i]);
        double half = f * step[4 * i + 3];
        double s = Math.sin(half);
        return row(i).then(new Quaternion(s * step[4 * i], s * step[4 * i + 1], s * step[4 * i + 2], Math.cos(half)));
    }

    /** Last row whose time is not after t, for t between the ends. */
    private int interval(double t) {
        int low = 0;
        int high = time.length - 1;
        while (high - low > 1) {
            int mid = low + high >>> 1;
            if (time[mid] <= t) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return low;
    }

    @Override
    public boolean annualAberrationRemoved() {
        return annual;
    }

    @Override
    public boolean orbitalAberrationRemoved() {
        return orbital;
    }

    @Override
    public boolean followsSun() {
        return sun;
    }
}
