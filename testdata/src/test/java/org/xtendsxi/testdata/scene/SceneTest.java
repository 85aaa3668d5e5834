// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.instrument.CalibrationSource;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SceneModel;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

class SceneTest {
    private static List<Photon> photons(SimulationConfig c, int cycles) {
        Scene scene = Scene.of(c);
        return IntStream.range(0, cycles).boxed().flatMap(i -> scene.photons(i).stream()).toList();
    }

    @Test
    void photonNumbersArePoisson() {
        SimulationConfig c = SimulationConfig.of(SceneKind.FE55, 21, 1)
                .withScene(SceneModel.of(SceneKind.FE55).withRates(5, 0, 1));
        Scene scene = Scene.of(c);
        int n = 2000;
        double[] counts = IntStream.range(0, n).mapToDouble(i -> scene.photons(i).size()).toArray();
        double expected = 4 * (4 * 5 + 1);
        double mean = Arrays.stream(counts).average().orElseThrow();
        double variance = Arrays.stream(counts).map(v -> (v - mean) * (v - mean)).sum() / n;
        assertThat(mean).isCloseTo(expected, within(4 * Math.sqrt(expected / n)));
        assertThat(variance).isCloseTo(expected, within(4 * expected * Math.sqrt(2.0 / n)));
    }

    @Test
    void calibrationLightFillsQuarterDiscsAtTheCornersOfTheCamera() {
        SimulationConfig c = SimulationConfig.of(SceneKind.FE55, 22, 1).withEffects(Set.of(Effect.LINE_WIDTH));
        List<Photon> all = photons(c, 300);
        int inner = 0;
        int[] perCcd = new int[4];
        for (Photon p : all) {
            assertThat(CalibrationSource.contains(p.ccdId(), p.actX(), p.actY())).isTrue();
            Mosaic.Place place = new Mosaic.Place(p.ccdId(), p.actX(), p.actY());
            double toEdgeX = 660.5 - Math.abs(Mosaic.detX(place) - 905.5);
            double toEdgeY = 660.5 - Math.abs(Mosaic.detY(place) - 905.5);
            assertThat(Math.hypot(toEdgeX, toEdgeY)).isLessThan(CalibrationSource.RADIUS + 4);
            double r = Math.hypot(p.actX() - CalibrationSource.cornerX(p.ccdId()), p.actY() - 1);
            inner += r < CalibrationSource.RADIUS / Math.sqrt(2) ? 1 : 0;
            perCcd[p.ccdId()]++;
        }
        assertThat((double) inner / all.size()).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(all.size()) + 0.005));
        for (int n : perCcd) {
            assertThat(n).isCloseTo(all.size() / 4, within((int) (4 * Math.sqrt(all.size() / 4.0))));
        }
    }

    /** 5894.33 eV is the mean of the published components, weighted with their intensities. */
    @Test
    void manganeseLines() {
        var random = Streams.of(3, Streams.Purpose.PHOTONS, 1);
        for (boolean widths : new boolean[] {true, false}) {
            LineSpectrum iron = LineSpectrum.iron55(widths);
            double[] e = IntStream.range(0, 100_000).mapToDouble(i -> iron.energy(random)).toArray();
            double[] alpha = Arrays.stream(e).filter(v -> v < 6200).toArray();
            assertThat((double) (e.length - alpha.length) / alpha.length).isCloseTo(0.13, within(0.006));
            assertThat(Arrays.stream(alpha).average().orElseThrow()).isCloseTo(5894.33, within(0.15));
        }
    }

    @Test
    void firstManganeseLineHasTwiceThePhotonsOfTheSecond() {
        List<LineSpectrum.Line> alpha =
                LineSpectrum.iron55(true).lines().stream().filter(l -> l.energy() < 6200).toList();
        double first = alpha.stream().filter(l -> l.energy() > 5892.5).mapToDouble(LineSpectrum.Line::weight).sum();
        assertThat(first / (1 - first)).isCloseTo(2, within(0.1));
    }

    @Test
    void mirrorHasItsHalfPowerDiameter() {
        RadialProfile mirror = RadialProfile.mirror(1.47);
        var random = Streams.of(4, Streams.Purpose.PHOTONS, 1);
        int n = 100_000;
        double half = 1.47 / 2 * RadialProfile.PIXELS_PER_ARCMIN;
        long inside = IntStream.range(0, n).filter(i -> mirror.radius(random) < half).count();
        assertThat((double) inside / n).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(n)));
    }

    /** Brightness at half of 7.2 arcsec is half of that in the centre; the wings add a little. */
    @Test
    void mirrorHasItsCore() {
        RadialProfile mirror = RadialProfile.mirror(1.47);
        var random = Streams.of(4, Streams.Purpose.PHOTONS, 2);
        double half = 3.6 / 60 * RadialProfile.PIXELS_PER_ARCMIN;
        double[] r = IntStream.range(0, 1_000_000).mapToDouble(i -> mirror.radius(random)).toArray();
        double centre = Arrays.stream(r).filter(v -> v < 0.4).count() / (0.4 * 0.4);
        double edge = Arrays.stream(r).filter(v -> Math.abs(v - half) < 0.2).count() / (4 * 0.2 * half);
        assertThat(edge / centre).isBetween(0.46, 0.60);
    }

    @Test
    void pointSourceIsAtTheAimPoint() {
        SimulationConfig c = SimulationConfig.of(SceneKind.POINT, 23, 1)
                .withScene(SceneModel.of(SceneKind.POINT).withRates(0, 10, 0));
        List<Photon> near = photons(c, 100).stream().filter(p -> p.source() == Source.POINT && p.ccdId() == 1
                && Math.hypot(p.actX() - 507.5, p.actY() - 500.5) < 30).toList();
        assertThat(near).hasSizeGreaterThan(1500);
        assertThat(near.stream().mapToDouble(Photon::actX).average().orElseThrow()).isCloseTo(507.5, within(1.5));
        assertThat(near.stream().mapToDouble(Photon::actY).average().orElseThrow()).isCloseTo(500.5, within(1.5));
        assertThat(near).allSatisfy(p -> assertThat(p.energy()).isBetween(500.0, 10000.0));
    }

    @Test
    void placesComeBack() {
        for (int ccd = 0; ccd < 4; ccd++) {
            Mosaic.Place p = new Mosaic.Place(ccd, 123.25, 600.75);
            assertThat(Mosaic.locate(Mosaic.detX(p), Mosaic.detY(p))).contains(p);
        }
        assertThat(Mosaic.locate(905.5, 905.5)).isEmpty();
    }

    /** The mosaic is that of the model calibration. */
    @Test
    @Tag("validation")
    void mosaicAgreesWithTheMask() {
        Path mask = Path.of(System.getProperty("sxi.root"), "caldb/data/xa_xtd_mask_20190101v001.fits.gz");
        try (FitsReader f = FitsReader.open(mask); EventChunk t = f.whole(f.need("MASK"))) {
            int[] ccd = t.ints("CCD_ID");
            int[] x = t.ints("ACTX");
            int[] y = t.ints("ACTY");
            int[] detX = t.ints("DETX");
            int[] detY = t.ints("DETY");
            for (int i = 0; i < ccd.length; i += 997) {
                Mosaic.Place p = new Mosaic.Place(ccd[i], x[i], y[i]);
                assertThat(Math.floor(Mosaic.detX(p) + 0.5)).isEqualTo(detX[i]);
                assertThat(Math.floor(Mosaic.detY(p) + 0.5)).isEqualTo(detY[i]);
            }
        }
    }
}
