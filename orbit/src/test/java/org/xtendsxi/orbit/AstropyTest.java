// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.orekit.bodies.GeodeticPoint;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.orbit.ephemeris.Earth;
import org.xtendsxi.orbit.geometry.EarthDisc;

/** Places, the Sun and the Earth's disc against astropy and against a sampled sky (ORIGIN.md). */
@Tag("validation")
class AstropyTest {
    /** What the sampled sky says where no such ground is in view. */
    private static final double UNSEEN = 180;
    private static final double EARTH_KM = 6378.137;

    private static List<double[]> cases() {
        try (BufferedReader r = new BufferedReader(new InputStreamReader(
                AstropyTest.class.getResourceAsStream("earth.csv"), StandardCharsets.US_ASCII))) {
            return r.lines().skip(1).map(l -> Arrays.stream(l.split(",")).mapToDouble(Double::parseDouble).toArray())
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** UT1 is taken for UTC: in these years they differ by up to 0.3 s, that is 0.0013 deg; polar motion is 10 m. */
    @Test
    void geodeticPlaceIsThatOfAstropy() {
        Earth earth = new Earth(MissionTime.XRISM);
        for (double[] c : cases()) {
            GeodeticPoint g = earth.below(new Vector3D(c[1], c[2], c[3]).scalarMultiply(1000), c[0]);
            assertThat(Math.toDegrees(g.getLatitude())).isCloseTo(c[7], within(0.001));
            assertThat(Math.IEEEremainder(Math.toDegrees(g.getLongitude()) - c[8], 360)).isCloseTo(0, within(0.002));
            assertThat(g.getAltitude() / 1000).isCloseTo(c[9], within(0.001));
        }
    }

    @Test
    void sunIsThatOfAstropy() {
        Earth earth = new Earth(MissionTime.XRISM);
        for (double[] c : cases()) {
            double apart = Vector3D.angle(earth.sun(c[0]), new Vector3D(c[10], c[11], c[12]));
            assertThat(Math.toDegrees(apart)).isLessThan(0.02);
        }
    }

    private static double angle(double sampled) {
        return sampled == UNSEEN ? Math.toDegrees(EarthDisc.NOT_IN_VIEW) : sampled;
    }

    /** The sampled sky is coarse by 0.11 deg, and sees the terminator too late by at most that. */
    @Test
    void elevationsAreThoseOfASampledSky() {
        int inside = 0;
        int unseen = 0;
        for (double[] c : cases()) {
            EarthDisc disc = new EarthDisc(new Vector3D(c[1], c[2], c[3]), new Vector3D(c[10], c[11], c[12])
                    .scalarMultiply(1.496e8), EARTH_KM);
            Vector3D d = new Vector3D(c[4], c[5], c[6]);
            assertThat(Math.toDegrees(disc.elevation(d))).isCloseTo(c[13], within(1e-4));
            assertThat(Math.toDegrees(disc.elevation(d, true))).as("lit").isCloseTo(angle(c[14]), within(0.15));
            assertThat(Math.toDegrees(disc.elevation(d, false))).as("dark").isCloseTo(angle(c[15]), within(0.15));
            inside += c[13] < 0 ? 1 : 0;
            unseen += c[14] == UNSEEN || c[15] == UNSEEN ? 1 : 0;
        }
        assertThat(inside).as("directions in front of the Earth").isPositive();
        assertThat(unseen).as("Earths of one kind").isPositive();
    }
}
