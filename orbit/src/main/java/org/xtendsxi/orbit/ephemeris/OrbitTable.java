// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.ephemeris;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.orekit.frames.Frame;
import org.orekit.orbits.CartesianOrbit;
import org.orekit.orbits.KeplerianOrbit;
import org.orekit.orbits.PositionAngleType;
import org.orekit.propagation.analytical.EcksteinHechlerPropagator;
import org.orekit.utils.CartesianDerivativesFilter;
import org.orekit.utils.Constants;
import org.orekit.utils.PVCoordinates;
import org.orekit.utils.TimeStampedPVCoordinates;
import org.orekit.utils.TimeStampedPVCoordinatesHermiteInterpolator;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.MissionTime;

/**
 * A table of positions and velocities of the satellite. Between rows both are met by a polynomial (Hermite); beyond the
 * ends the orbit of the end row goes on under the zonal terms J2 to J6 of the Earth (Eckstein and Hechler 1970).
 */
public final class OrbitTable {
    private static final String EXTENSION = "ORBIT";
    private static final List<String> CARTESIAN = List.of("X", "Y", "Z", "VX", "VY", "VZ");
    private static final List<String> VECTORS = List.of("POSITION", "VELOCITY");
    private static final List<String> KEPLERIAN = List.of("A", "E", "I", "AN", "AP", "MA");
    private static final double METRES = 1000;
    /** A gap of a quarter of an orbit cannot be bridged by a polynomial. */
    private static final double LONGEST_GAP = 600;
    /** Lower positions are in the Earth, which tells a wrong unit. */
    private static final double LOWEST = 6.4e6;
    private static final double HIGHEST = 1e9;

    private final Earth earth;
    private final double[] time;
    private final double[] states;
    private final TimeStampedPVCoordinatesHermiteInterpolator between =
            new TimeStampedPVCoordinatesHermiteInterpolator(2, CartesianDerivativesFilter.USE_PV);
    private final EcksteinHechlerPropagator before;
    private final EcksteinHechlerPropagator after;

    private OrbitTable(Earth earth, double[] time, double[] states) {
        this.earth = earth;
        this.time = time;
        this.states = states;
        this.before = beyond(0);
        this.after = beyond(time.length - 1);
    }

    /**
     * Reads an orbit file: extension ORBIT with TIME and POSITION, VELOCITY or X, Y, Z, VX, VY, VZ (km, km/s) or A, E,
     * I, AN, AP, MA (km, deg).
     *
     * @param ofDate whether equator and equinox are those of date instead of J2000
     */
    public static OrbitTable load(Path path, boolean ofDate) {
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.need(EXTENSION);
            Keywords k = h.keywords();
            Earth earth = new Earth(new MissionTime(k.needInteger("MJDREFI"), k.real("MJDREFF").orElse(0)));
            try (EventChunk t = f.whole(h)) {
                double[] time = t.doubles("TIME");
                double zero = k.real("TIMEZERO").orElse(0);
                Arrays.setAll(time, i -> time[i] + zero);
                Frame frame = ofDate ? earth.ofDate() : earth.inertial();
                double[] states = new double[6 * time.length];
                for (int i = 0; i < time.length; i++) {
                    if (i > 0 && !(time[i] > time[i - 1])) {
                        throw bad("orbit is not in time order", path, i, "TIME").value(time[i])
                                .limit("more than " + time[i - 1]).todo("sort the table by TIME").build();
                    }
                }
                Optional<List<String>> form = List.of(VECTORS, CARTESIAN, KEPLERIAN).stream()
                        .filter(names -> names.stream().allMatch(t.schema()::has)).findFirst();
                if (form.isEmpty() || time.length < 2) {
                    throw SxiException.data(time.length < 2 ? "orbit table has less than two rows"
                            : "orbit table has no positions").in(path).hdu(EXTENSION)
                            .limit("POSITION, VELOCITY or " + String.join(", ", CARTESIAN) + " or "
                                    + String.join(", ", KEPLERIAN)).todo("give another orbit file").build();
                }
                double[][] values = form.get().stream().map(t::doubles).toArray(double[][]::new);
                for (int i = 0; i < time.length; i++) {
                    put(states, i, frame.getStaticTransformTo(earth.inertial(), earth.date(time[i])),
                            state(form.get(), values, i, path, frame, earth, time[i]), path);
                }
                return new OrbitTable(earth, time, states);
            }
        }
    }

    private static SxiException.Builder bad(String what, Path path, int row, String column) {
        return SxiException.data(what).in(path).hdu(EXTENSION).row(row + 1).column(column);
    }

    private static PVCoordinates state(List<String> form, double[][] v, int i, Path path, Frame frame, Earth earth,
            double time) {
        if (form == VECTORS) {
            return new PVCoordinates(vector(v[0], 3 * i), vector(v[1], 3 * i));
        }
        if (form == CARTESIAN) {
            return new PVCoordinates(new Vector3D(v[0][i], v[1][i], v[2][i]).scalarMultiply(METRES),
                    new Vector3D(v[3][i], v[4][i], v[5][i]).scalarMultiply(METRES));
        }
        if (!(v[0][i] > 0 && v[1][i] >= 0 && v[1][i] < 1)) {
            throw bad("orbit is no ellipse", path, i, "A").value(v[0][i] + " km, E " + v[1][i])
                    .limit("A above 0, E in 0..1").todo("remove the row").build();
        }
        return new KeplerianOrbit(v[0][i] * METRES, v[1][i], Math.toRadians(v[2][i]), Math.toRadians(v[4][i]),
                Math.toRadians(v[3][i]), Math.toRadians(v[5][i]), PositionAngleType.MEAN, frame, earth.date(time),
                Constants.EIGEN5C_EARTH_MU).getPVCoordinates();
    }

    private static Vector3D vector(double[] v, int at) {
        return new Vector3D(v[at], v[at + 1], v[at + 2]).scalarMultiply(METRES);
    }

    private static void put(double[] states, int row, org.orekit.frames.StaticTransform turn, PVCoordinates pv,
            Path path) {
        double r = pv.getPosition().getNorm();
        if (!(r >= LOWEST && r <= HIGHEST) || pv.getVelocity().isNaN()) {
            throw bad("position is not that of a satellite", path, row, "POSITION").value(r / METRES + " km")
                    .limit("6400 km or more from the centre of the Earth").todo("check the units, or remove the row")
                    .build();
        }
        double[] p = turn.transformPosition(pv.getPosition()).toArray();
        double[] v = turn.transformVector(pv.getVelocity()).toArray();
        System.arraycopy(p, 0, states, 6 * row, 3);
        System.arraycopy(v, 0, states, 6 * row + 3, 3);
    }

    private EcksteinHechlerPropagator beyond(int row) {
        return new EcksteinHechlerPropagator(new CartesianOrbit(row(row), earth.inertial(), Constants.EIGEN5C_EARTH_MU),
                Constants.EIGEN5C_EARTH_EQUATORIAL_RADIUS, Constants.EIGEN5C_EARTH_MU, Constants.EIGEN5C_EARTH_C20,
                Constants.EIGEN5C_EARTH_C30, Constants.EIGEN5C_EARTH_C40, Constants.EIGEN5C_EARTH_C50,
                Constants.EIGEN5C_EARTH_C60);
    }

    private TimeStampedPVCoordinates row(int i) {
        int at = 6 * i;
        return new TimeStampedPVCoordinates(earth.date(time[i]),
                new Vector3D(states[at], states[at + 1], states[at + 2]),
                new Vector3D(states[at + 3], states[at + 4], states[at + 5]));
    }

    /** The Earth on the clock of the file. */
    public Earth earth() {
        return earth;
    }

    /** Time of the first row, s. */
    public double start() {
        return time[0];
    }

    /** Time of the last row, s. */
    public double stop() {
        return time[time.length - 1];
    }

    /** The longest time without a row within a span, s. */
    public double gap(double from, double to) {
        double longest = 0;
        for (int i = 1; i < time.length; i++) {
            if (time[i] > from && time[i - 1] < to) {
                longest = Math.max(longest, time[i] - time[i - 1]);
            }
        }
        return longest;
    }

    /** Whether rows are near enough to each other to tell the position within a span. */
    public boolean dense(double from, double to) {
        return gap(from, to) <= LONGEST_GAP;
    }

    /** Position at a time, J2000, m. */
    public Vector3D position(double t) {
        if (t < start()) {
            return before.propagateOrbit(earth.date(t)).getPosition();
        }
        if (t > stop()) {
            return after.propagateOrbit(earth.date(t)).getPosition();
        }
        int found = Arrays.binarySearch(time, t);
        if (found >= 0) {
            return row(found).getPosition();
        }
        int next = -found - 1;
        return between.interpolate(earth.date(t), List.of(row(next - 1), row(next))).getPosition();
    }
}
