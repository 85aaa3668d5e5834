// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.util.Locale;
import org.xtendsxi.caldb.teldef.SkyPlane;

/**
 * Lines of right ascension and declination over an image of the sky, with sexagesimal labels where they leave it.
 *
 * @param plane the tangent plane, its positions in pixels of the image
 */
public record SkyGrid(SkyPlane plane) implements Overlay {
    /** Steps in seconds of arc. */
    private static final int[] ARC = {60, 120, 300, 600, 1200, 1800, 3600};
    /** Steps in seconds of time. */
    private static final int[] TIME = {5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200};
    private static final int WANTED = 6;
    private static final int SAMPLES = 60;

    @Override
    public void paint(Canvas c) {
        double[] ra = {Double.MAX_VALUE, -Double.MAX_VALUE};
        double[] dec = {Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int i = 0; i <= SAMPLES; i++) {
            double f = i / (double) SAMPLES;
            double x = c.minX() + f * (c.maxX() - c.minX());
            double y = c.minY() + f * (c.maxY() - c.minY());
            for (double[] p : new double[][] {{x, c.minY()}, {x, c.maxY()}, {c.minX(), y}, {c.maxX(), y}}) {
                SkyPlane.Direction d = plane.direction(p[0], p[1]);
                widen(ra, from(d.ra()));
                widen(dec, d.dec());
            }
        }
        double arc = step(ARC, (dec[1] - dec[0]) * 3600 / WANTED) / 3600.0;
        for (double d = Math.ceil(dec[0] / arc) * arc; d <= dec[1]; d += arc) {
            double value = d;
            curve(c, f -> plane.position(plane.ra() + ra[0] + f * (ra[1] - ra[0]), value), true, dec(d));
        }
        double time = step(TIME, (ra[1] - ra[0]) * 240 / WANTED) / 240.0;
        double first = Math.ceil((plane.ra() + ra[0]) / time) * time;
        for (double r = first; r <= plane.ra() + ra[1]; r += time) {
            double value = r;
            curve(c, f -> plane.position(value, dec[0] + f * (dec[1] - dec[0])), false, ra(r));
        }
        c.names("right ascension (J2000)", "declination (J2000)");
    }

    /** Right ascension relative to the centre, -180..180. */
    private double from(double ra) {
        return (ra - plane.ra() + 540) % 360 - 180;
    }

    private static void widen(double[] range, double v) {
        range[0] = Math.min(range[0], v);
        range[1] = Math.max(range[1], v);
    }

    private static int step(int[] choice, double wanted) {
        for (int s : choice) {
            if (s >= wanted) {
                return s;
            }
        }
        return choice[choice.length - 1];
    }

    /** A point of a line, by a fraction of its length. */
    @FunctionalInterface
    private interface Curve {
        SkyPlane.Position at(double fraction);
    }

    /** Draws a line and labels it where it leaves the image to the left, or below. */
    private static void curve(Canvas c, Curve line, boolean left, String label) {
        SkyPlane.Position a = line.at(-0.02);
        boolean labelled = false;
        double edge = left ? c.minX() : c.minY();
        for (int i = 1; i <= SAMPLES; i++) {
            SkyPlane.Position b = line.at(-0.02 + 1.04 * i / SAMPLES);
            c.line(a.x(), a.y(), b.x(), b.y(), FAINT, 1);
            double p = left ? a.x() : a.y();
            double q = left ? b.x() : b.y();
            if (!labelled && (p - edge) * (q - edge) <= 0 && p != q) {
                double f = (edge - p) / (q - p);
                double at = left ? a.y() + f * (b.y() - a.y()) : a.x() + f * (b.x() - a.x());
                if (at > (left ? c.minY() : c.minX()) && at < (left ? c.maxY() : c.maxX())) {
                    if (left) {
                        c.labelY(at, label);
                    } else {
                        c.labelX(at, label);
                    }
                    labelled = true;
                }
            }
            a = b;
        }
    }

    /** Such as {@code 5h34m30s}; whole minutes without seconds. */
    static String ra(double degrees) {
        long s = Math.round((degrees % 360 + 360) % 360 * 240) % 86400;
        String minutes = String.format(Locale.ROOT, "%dh%02dm", s / 3600, s / 60 % 60);
        return s % 60 == 0 ? minutes : minutes + String.format(Locale.ROOT, "%02ds", s % 60);
    }

    /** Such as {@code +22°10′}. */
    static String dec(double degrees) {
        long m = Math.round(Math.abs(degrees) * 60);
        return String.format(Locale.ROOT, "%s%d°%02d′", degrees < 0 && m > 0 ? "−" : "+", m / 60, m % 60);
    }
}
