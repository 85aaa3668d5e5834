// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.attitude.RollConvention;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.CoordinateSystem;
import org.xtendsxi.caldb.teldef.SkyPlane;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;

/** Sky positions against published numbers and against astropy. */
class SkyProjectionTest {
    private static final double PIXELS = 5600 / 0.048;

    /** A telescope that is aligned with its spacecraft; DET is shifted to FOC. */
    private static TelDef telescope(Optional<TelDef.OpticalAxis> axis) {
        CoordinateSystem det = new CoordinateSystem("DET", "DETX", "DETY", 1, 1, 1810, 1810, 0.048, 0.048, "mm");
        CoordinateSystem foc = new CoordinateSystem("FOC", "FOCX", "FOCY", 1, 1, 2430, 2430, 0.048, 0.048, "mm");
        CoordinateSystem sky = new CoordinateSystem("SKY", "X", "Y", 1, 1, 2430, 2430, Math.toDegrees(1 / PIXELS),
                Math.toDegrees(1 / PIXELS), "deg");
        return new TelDef(Path.of("none"), List.of(det, foc, sky),
                List.of(new Transformation.Basic(new Affine(467, 1, 0, 467, 0, 1)),
                        new Transformation.SkyAttitude(Quaternion.IDENTITY, PIXELS, RollConvention.DEFAULT)),
                OptionalInt.empty(), 0, axis);
    }

    @ParameterizedTest
    @Tag("validation")
    @CsvSource({"83.633, 22.0145, 83.633, 22.0145, 0, 1315.5, 1215.5, 1315.5, 1215.5",
        "83.633, 22.0145, 83.633, 22.0145, 80, 1315.5, 1215.5, 1232.8648, 1313.9808",
        "83.633, 22.0145, 83.633, 22.0145, 80, 1215.5, 1315.5, 1117.0192, 1232.8648",
        "83.633, 22.0145, 83.643, 22.0245, 80, 1215.5, 1215.5, 1196.6238, 1235.8628",
        "83.633, 22.0145, 83.643, 22.0245, 80, 1315.5, 1215.5, 1213.9950, 1334.3424",
        "83.633, 22.0145, 83.643, 22.0245, 80, 1215.5, 1315.5, 1098.1441, 1253.2341",
        "266.557125937341, -28.8894110496133, 266.557125937341, -28.8894110496133, 80.0010553813334, "
                + "1315.5, 1215.5, 1232.8630, 1313.9811",
        "266.557125937341, -28.8894110496133, 266.557125937341, -28.8894110496133, 80.0010553813334, "
                + "1215.5, 1315.5, 1117.0189, 1232.8630"})
    void focalPlaneFallsOnTheSky(double ra0, double dec0, double ra, double dec, double roll, double x, double y,
            double skyX, double skyY) {
        SkyProjection p = new SkyProjection(telescope(Optional.empty()), new SkyCentre(ra0, dec0, 0), Aberration.NONE);
        Affine m = p.at(RollConvention.DEFAULT.attitude(ra, dec, roll), 0);
        assertThat(m.x(x, y)).isCloseTo(skyX, within(1e-4));
        assertThat(m.y(x, y)).isCloseTo(skyY, within(1e-4));
    }

    @Test
    void linearMapStaysCloseToTheTangentProjection() {
        SkyProjection p = new SkyProjection(telescope(Optional.empty()), new SkyCentre(83.633, 22.0145, 0),
                Aberration.NONE);
        Affine m = p.at(RollConvention.DEFAULT.attitude(83.643, 22.0245, 33), 0);
        SkyPlane.Position centre = p.plane().position(83.643, 22.0245);
        assertThat(m.x(1215.5, 1215.5)).isCloseTo(centre.x(), within(1e-4));
        assertThat(m.y(1215.5, 1215.5)).isCloseTo(centre.y(), within(1e-4));
    }

    @Test
    void attitudesThatLookAwayGiveNull() {
        SkyProjection p = new SkyProjection(telescope(Optional.empty()), new SkyCentre(83, 22, 0), Aberration.NONE);
        assertThat(p.at(RollConvention.DEFAULT.attitude(263, -22, 0), 0).x(1215.5, 1215.5)).isNaN();
        assertThat(p.at(Quaternion.NONE, 0).y(1215.5, 1215.5)).isNaN();
    }

    @ParameterizedTest
    @Tag("validation")
    @CsvFileSource(resources = "/golden/sky_positions.csv", numLinesToSkip = 1)
    void directionsAreThoseOfAstropy(double ra0, double dec0, double x, double y, double ra, double dec) {
        SkyPlane plane = new SkyPlane(ra0, dec0, 1215.5, 1215.5, PIXELS);
        assertThat(plane.direction(x, y).ra()).isCloseTo(ra, within(1e-10));
        assertThat(plane.direction(x, y).dec()).isCloseTo(dec, within(1e-10));
        assertThat(plane.position(ra, dec).x()).isCloseTo(x, within(1e-6));
        assertThat(plane.position(ra, dec).y()).isCloseTo(y, within(1e-6));
    }

    /** Numbers of a real XRISM file (events-coords-screening section 3.4). */
    @Test
    @Tag("validation")
    void opticalAxisOfARealFile() {
        TelDef t = telescope(Optional.of(new TelDef.OpticalAxis(1, 1214.54666653956, 1207.2319988976)));
        Keywords k = new Keywords();
        PointingKeywords.write(k, t, new SkyCentre(266.557125937341, -28.8894110496133, 0), 80.0010553813334);
        assertThat(k.needReal("OPTSKYX")).isCloseTo(1223.47689070744, within(1e-6));
        assertThat(k.needReal("OPTSKYY")).isCloseTo(1213.12557342554, within(1e-6));
        assertThat(k.needReal("RA_PNT")).isCloseTo(266.552651571307, within(1e-9));
        assertThat(k.needReal("DEC_PNT")).isCloseTo(-28.8905770724661, within(1e-9));
    }

    @ParameterizedTest
    @Tag("validation")
    @CsvFileSource(resources = "/golden/earth_velocity.csv", numLinesToSkip = 1)
    void earthMovesAsAstropySays(double mjd, double vx, double vy, double vz) {
        // 0.1 km/s are 0.07 arcsec of aberration, a 25th of a sky pixel; the Moon alone moves the Earth by 0.013 km/s.
        assertThat(EarthOrbit.velocity(mjd)).containsExactly(new double[] {vx, vy, vz}, within(0.1));
    }

    @Test
    void aberrationShiftsTowardsTheMotion() {
        SkyCentre centre = new SkyCentre(0, 0, 0);
        Quaternion q = RollConvention.DEFAULT.attitude(0, 0, 0);
        TelDef t = telescope(Optional.empty());
        Affine still = new SkyProjection(t, centre, Aberration.NONE).at(q, 0);
        Affine east = new SkyProjection(t, centre, time -> new double[] {0, 1e-4, 0}).at(q, 0);
        Affine north = new SkyProjection(t, centre, time -> new double[] {0, 0, 1e-4}).at(q, 0);
        // X runs to the west: a star seen from an observer who moves east stands further east.
        assertThat(east.x(1215.5, 1215.5) - still.x(1215.5, 1215.5)).isCloseTo(-1e-4 * PIXELS, within(1e-6));
        assertThat(east.y(1215.5, 1215.5) - still.y(1215.5, 1215.5)).isCloseTo(0, within(1e-6));
        assertThat(north.y(1215.5, 1215.5) - still.y(1215.5, 1215.5)).isCloseTo(1e-4 * PIXELS, within(1e-6));
    }
}
