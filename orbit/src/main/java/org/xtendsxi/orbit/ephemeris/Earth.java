// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.ephemeris;

import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.orekit.bodies.GeodeticPoint;
import org.orekit.bodies.OneAxisEllipsoid;
import org.orekit.data.LazyLoadedDataContext;
import org.orekit.frames.Frame;
import org.orekit.time.AbsoluteDate;
import org.orekit.time.TimeScales;
import org.orekit.utils.Constants;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.coordinates.EarthOrbit;

/**
 * The Earth and the Sun at a mission time. The Earth turns by UT1 = UTC without polar motion, which is at most 0.9 s or
 * 0.004 deg of longitude; precession and nutation are those of IAU 1976 and 1980. The Sun is opposite to
 * the mean orbit of the Earth, good to 0.02 deg. No data file is needed.
 */
public final class Earth {
    private static final double METRES = 1000;

    private final Frame inertial;
    private final Frame ofDate;
    private final OneAxisEllipsoid ellipsoid;
    private final MissionTime clock;
    private final AbsoluteDate epoch;

    /** The Earth on the clock of a mission. */
    public Earth(MissionTime clock) {
        LazyLoadedDataContext context = new LazyLoadedDataContext();
        context.getTimeScales().addUTCTAIOffsetsLoader(new LeapSeconds());
        TimeScales scales = context.getTimeScales();
        inertial = context.getFrames().getEME2000();
        ofDate = context.getFrames().getTOD(false);
        ellipsoid = new OneAxisEllipsoid(Constants.WGS84_EARTH_EQUATORIAL_RADIUS, Constants.WGS84_EARTH_FLATTENING,
                context.getFrames().getGTOD(false));
        this.clock = clock;
        epoch = AbsoluteDate.createMJDDate(clock.mjdRefI(), clock.mjdRefF() * Constants.JULIAN_DAY, scales.getTT());
    }

    /** Date of a mission time, s. */
    public AbsoluteDate date(double time) {
        return epoch.shiftedBy(time);
    }

    /** Equator and equinox of J2000. */
    public Frame inertial() {
        return inertial;
    }

    /** True equator and equinox of date. */
    public Frame ofDate() {
        return ofDate;
    }

    /** Position of the Sun from the centre of the Earth, J2000, m. */
    public Vector3D sun(double time) {
        return new Vector3D(EarthOrbit.position(clock.mjd(time))).scalarMultiply(-EarthOrbit.AU_KM * METRES);
    }

    /**
     * Point of the WGS84 ellipsoid below a position.
     *
     * @param position J2000, m
     * @return latitude and longitude in rad, altitude in m
     */
    public GeodeticPoint below(Vector3D position, double time) {
        return ellipsoid.transform(position, inertial, date(time));
    }

    /** A position in the system that turns with the Earth, m. */
    public Vector3D fixed(Vector3D position, double time) {
        return inertial.getStaticTransformTo(ellipsoid.getBodyFrame(), date(time)).transformPosition(position);
    }
}
