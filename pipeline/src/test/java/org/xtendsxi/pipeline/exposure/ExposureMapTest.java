// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.attitude.RollConvention;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.CoordinateSystem;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.coordinates.Aberration;
import org.xtendsxi.pipeline.coordinates.SkyCentre;
import org.xtendsxi.pipeline.coordinates.SkyProjection;
import org.xtendsxi.pipeline.region.Plane;
import org.xtendsxi.pipeline.region.Region;

/** Exposure of pixels by hand: one pointing, two pointings, holes, flickering pixels, vignetting. */
class ExposureMapTest {
    private static final double RA = 83.633;
    private static final double DEC = 22.0145;
    private static final GtiList GOOD = GtiList.of(List.of(new Gti(0, 60), new Gti(100, 140)));

    @TempDir
    Path dir;
    private Path image;

    /** DET of 1810 pixels is shifted to FOC by 310 pixels, so that the centres agree. */
    private static TelDef telescope() {
        CoordinateSystem act = new CoordinateSystem("ACT", "ACTX", "ACTY", 1, 1, 640, 640, 0.048, 0.048, "mm");
        CoordinateSystem det = new CoordinateSystem("DET", "DETX", "DETY", 1, 1, 1810, 1810, 0.048, 0.048, "mm");
        CoordinateSystem foc = new CoordinateSystem("FOC", "FOCX", "FOCY", 1, 1, 2430, 2430, 0.048, 0.048, "mm");
        CoordinateSystem sky = new CoordinateSystem("SKY", "X", "Y", 1, 1, 2430, 2430, Sxi.SKY_PIXEL_DEG,
                Sxi.SKY_PIXEL_DEG, "deg");
        return new TelDef(Path.of("none"), List.of(act, det, foc, sky), List.of(
                new Transformation.Segmented(Optional.of("CCD_ID"), Map.of(0, new Affine(200, 1, 0, 100, 0, 1))),
                new Transformation.Basic(new Affine(310, 1, 0, 310, 0, 1)),
                new Transformation.SkyAttitude(Quaternion.IDENTITY, 5600 / 0.048, RollConvention.DEFAULT)),
                OptionalInt.empty(), 0, Optional.of(new TelDef.OpticalAxis(1, 905.5, 905.5)));
    }

    /** All pixels good but row DETY 500 bad, a corner outside and a spot of the calibration source. */
    @BeforeEach
    void badPixels() {
        image = dir.resolve("a.bimg");
        double[] v = new double[Sxi.DET_SIZE * Sxi.DET_SIZE];
        Arrays.fill(v, 499 * Sxi.DET_SIZE, 500 * Sxi.DET_SIZE, 2);
        Arrays.fill(v, 0, 10, -1);
        v[1000 * Sxi.DET_SIZE + 900] = 1;
        try (FitsWriter w = FitsWriter.create(image)) {
            w.image("", Image.counts(Sxi.DET_SIZE, Sxi.DET_SIZE, v), new Keywords());
            w.commit();
        }
    }

    private static ExposureMap map(DetectorWeights w, Attitude a) {
        SkyProjection p = new SkyProjection(telescope(), new SkyCentre(RA, DEC, 0), Aberration.NONE);
        return ExposureMap.of(w, telescope(), AttitudeHistogram.of(a, p, GOOD, 8, 1));
    }

    private static Attitude fixed(double ra, double dec, double roll) {
        return Attitude.fixed(RollConvention.DEFAULT.attitude(ra, dec, roll));
    }

    private static double sum(ExposureMap m) {
        double s = 0;
        for (int y = 1; y <= Sxi.SKY_SIZE; y++) {
            for (int x = 1; x <= Sxi.SKY_SIZE; x++) {
                s += m.seconds(x, y);
            }
        }
        return s;
    }

    @Test
    void onePointingGivesTheGoodTimeWherePixelsAreGood() {
        ExposureMap m = map(DetectorWeights.of(image, true), fixed(RA, DEC, 0));
        assertThat(m.longest()).isCloseTo(100, within(1e-3));
        assertThat(sum(m)).isCloseTo(100.0 * (1810 * 1810 - 1810 - 10 - 1), within(1.0));
        assertThat(m.seconds(1000 + 310, 500 + 310)).as("bad row").isZero();
        assertThat(m.seconds(901 + 310, 1001 + 310)).as("calibration source").isZero();
        assertThat(m.seconds(310, 1000)).as("off the detector").isZero();
        assertThat(m.seconds(311, 1000)).as("first column").isCloseTo(100, within(1e-3));
        assertThat(map(DetectorWeights.of(image, false), fixed(RA, DEC, 0)).seconds(1211, 1311)).isCloseTo(100, within(1e-3));
    }

    @Test
    void aTurnedPointingKeepsTheArea() {
        ExposureMap m = map(DetectorWeights.of(image, true), fixed(RA, DEC, 10));
        assertThat(sum(m) / 100 / (1810.0 * 1809 - 11)).isCloseTo(1, within(3e-4));
    }

    @Test
    void timeIsSharedOutAmongThePointings() {
        double shift = 20 * Sxi.SKY_PIXEL_DEG;
        Quaternion a = RollConvention.DEFAULT.attitude(RA, DEC, 0);
        Quaternion b = RollConvention.DEFAULT.attitude(RA, DEC + shift, 0);
        Attitude two = t -> t < 80 ? a : b;
        ExposureMap m = map(DetectorWeights.of(image, true), two);
        assertThat(m.pointings()).isEqualTo(2);
        assertThat(m.seconds(1000, 500 + 310)).as("bad in the first 60 s").isCloseTo(40, within(1e-3));
        assertThat(m.seconds(1000, 520 + 310)).as("bad in the other 40 s").isCloseTo(60, within(1e-3));
        assertThat(m.seconds(1000, 1000)).isCloseTo(100, within(1e-3));
        Attitude half = AttitudeTable.of(new double[] {0, 60}, new double[] {a.p0(), a.p1(), a.p2(), a.p3(), a.p0(), a.p1(),
            a.p2(), a.p3()}, new AttitudeTable.Settings(true, 0));
        ExposureMap lost = map(DetectorWeights.of(image, true), half);
        assertThat(lost.lost()).isEqualTo(40);
        assertThat(lost.longest()).isCloseTo(60, within(1e-3));
    }

    @Test
    void flickeringPixelsLoseTheirTimeOnly() {
        EventSchema s = new EventSchema(List.of(Column.of("START", ColumnType.DOUBLE, 1), Column.of("STOP", ColumnType.DOUBLE, 1),
                Column.of("CCD_ID", ColumnType.BYTE, 1), Column.of("ACTX", ColumnType.SHORT, 1), Column.of("ACTY", ColumnType.SHORT, 1)));
        Path list = dir.resolve("a.fpix");
        try (FitsWriter w = FitsWriter.create(list); EventChunk c = EventChunk.allocate(s, 0, 2)) {
            c.put("START", new double[] {50, 0});
            c.put("STOP", new double[] {120, 1000});
            c.put("CCD_ID", new int[] {0, 0});
            c.put("ACTX", new int[] {300, 301});
            c.put("ACTY", new int[] {600, 600});
            w.primary(new Keywords());
            w.table("PIXELS", c, new Keywords());
            w.commit();
        }
        ExposureMap m = map(DetectorWeights.of(image, true).without(list, telescope(), GOOD), fixed(RA, DEC, 0));
        assertThat(m.seconds(500 + 310, 700 + 310)).as("30 s of 50..120 s are good").isCloseTo(70, within(1e-3));
        assertThat(m.seconds(501 + 310, 700 + 310)).isZero();
        assertThat(m.seconds(502 + 310, 700 + 310)).isCloseTo(100, within(1e-3));
    }

    @Test
    void vignettingFallsOffTheAxis() {
        EventSchema s = new EventSchema(List.of(Column.of("ENERG_LO", ColumnType.FLOAT, 2).unit("keV"),
                Column.of("ENERG_HI", ColumnType.FLOAT, 2).unit("keV"), Column.of("THETA", ColumnType.FLOAT, 2).unit("arcmin"),
                Column.of("VIGNET", ColumnType.FLOAT, 4)));
        Path file = dir.resolve("vign.fits");
        try (FitsWriter w = FitsWriter.create(file); EventChunk c = EventChunk.allocate(s, 0, 1)) {
            c.put("ENERG_LO", new double[] {0.5, 5});
            c.put("ENERG_HI", new double[] {2, 8});
            c.put("THETA", new double[] {0, 20});
            c.put("VIGNET", new double[] {1, 1, 0.8, 0.4});
            w.primary(new Keywords());
            w.table("VIGNET", c, new Keywords());
            w.commit();
        }
        double tenArcmin = 10 / (Sxi.SKY_PIXEL_DEG * 60);
        DetectorWeights soft = DetectorWeights.of(image, true).times(Vignetting.load(file, 1), telescope());
        DetectorWeights hard = DetectorWeights.of(image, true).times(Vignetting.load(file, 6), telescope());
        int x = (int) Math.round(905.5 + tenArcmin);
        assertThat(soft.at(x, 905)).isCloseTo(0.9, within(1e-3));
        assertThat(hard.at(x, 905)).isCloseTo(0.7, within(1e-3));
        assertThat(hard.at(905, 905)).isCloseTo(1, within(2e-3));
    }

    @Test
    void areaOfARegionIsWeightedByTheExposure() {
        ExposureMap m = map(DetectorWeights.of(image, true), fixed(RA, DEC, 0));
        Path out = dir.resolve("a.expo");
        m.write(out, new Keywords().set("RA_NOM", RA, "").set("DEC_NOM", DEC, ""), GOOD, "test");
        // 21 by 21 pixels, of which one row is bad
        Region box = (x, y) -> Math.abs(x - 1000) <= 10 && Math.abs(y - 810) <= 10;
        assertThat(Backscal.of(out, box)).isCloseTo(21.0 * 20 / 2430 / 2430, within(1e-12));
        try (FitsReader f = FitsReader.open(out); EventChunk t = f.whole(f.need("POINTINGS"))) {
            assertThat(t.doubles("X")[0]).isCloseTo(1215.5, within(1e-6));
            assertThat(t.doubles("ROLL")[0]).isCloseTo(0, within(1e-9));
            assertThat(f.primary().keywords().needReal("EXPOSURE")).isEqualTo(100);
        }
        assertThat(box.plane()).isEqualTo(Plane.SKY);
    }
}
