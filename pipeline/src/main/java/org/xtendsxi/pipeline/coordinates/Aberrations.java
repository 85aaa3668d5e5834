// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import java.nio.file.Path;
import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.task.Task.TaskCall;
import org.xtendsxi.pipeline.task.TaskFile;

/**
 * Aberration by the motion of the Earth and of the satellite (events-coords-screening section 7.5). Each is done only
 * when asked for and only when the attitude is not corrected already.
 */
final class Aberrations {
    private static final double LIGHT_KM_S = 299792.458;

    private Aberrations() {
    }

    /** Aberration that a call asks for. */
    static Aberration of(TaskCall call, Keywords header, Attitude attitude) {
        double annual = attitude.annualAberrationRemoved() ? 0 : sign(call.values().text("annaber"));
        double orbital = attitude.orbitalAberrationRemoved() ? 0 : sign(call.values().text("orbaber"));
        if (annual == 0 && orbital == 0) {
            return Aberration.NONE;
        }
        MissionTime clock = annual == 0 ? MissionTime.XRISM
                : new MissionTime(header.needInteger("MJDREFI"), header.real("MJDREFF").orElse(0));
        Orbit orbit = orbital == 0 ? new Orbit(new double[] {0}, new double[3]) : Orbit.load(call);
        return time -> {
            double[] earth = EarthOrbit.velocity(clock.mjd(time));
            double[] satellite = orbit.at(time);
            double[] v = new double[3];
            for (int i = 0; i < v.length; i++) {
                v[i] = (annual * earth[i] + orbital * satellite[i]) / LIGHT_KM_S;
            }
            return v;
        };
    }

    /** Sign of the velocity: a correction takes the shift out. */
    private static double sign(String word) {
        return switch (word) {
            case "yes" -> -1;
            case "invert" -> 1;
            default -> 0;
        };
    }

    /**
     * Velocity of the satellite, interpolated linearly; the end rows hold beyond the table.
     *
     * @param time s
     * @param velocity km/s, three per row
     */
    private record Orbit(double[] time, double[] velocity) {
        static Orbit load(TaskCall call) {
            Path file = TaskFile.input(call, "orbfile");
            try (FitsReader f = FitsReader.open(file);
                    EventChunk t = f.whole(f.need(call.values().text("orbext")))) {
                double[] v = t.doubles(call.values().text("orbcol"));
                if (t.rows() == 0 || v.length != 3 * t.rows()) {
                    throw SxiException.data("orbit table has no velocities").in(file).value(v.length)
                            .limit("3 in each of " + t.rows() + " rows").todo("give orbcol=VELOCITY in km/s").build();
                }
                return new Orbit(t.doubles("TIME"), v);
            }
        }

        double[] at(double t) {
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
            double span = time[high] - time[low];
            double f = span > 0 ? Math.clamp((t - time[low]) / span, 0, 1) : 0;
            double[] v = new double[3];
            for (int i = 0; i < v.length; i++) {
                v[i] = (1 - f) * velocity[3 * low + i] + f * velocity[3 * high + i];
            }
            return v;
        }
    }
}
