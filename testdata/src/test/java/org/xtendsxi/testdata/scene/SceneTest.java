// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.instrument.CalibrationSource;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SceneModel;
import org.xtendsxi.testdata.config.SimulationConfig;

class SceneTest {
    private static final int CYCLES = 500;

    private static List<Photon> photons(SimulationConfig c) {
        Scene scene = Scene.of(c);
        List<Photon> all = new ArrayList<>();
        for (int i = 0; i < CYCLES; i++) {
            all.addAll(scene.photons(i));
        }
        return all;
    }

    @Test
    @Tag("validation")
    void photonsArePoisson() {
        SimulationConfig c = SimulationConfig.of(SceneKind.FE55, 11, CYCLES)
                .withScene(SceneModel.of(SceneKind.FE55).withRates(3, 0, 2));
        Scene scene = Scene.of(c);
        double mean = (4 * 3 + 2) * SimulationConfig.CYCLE;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < CYCLES; i++) {
            double n = scene.photons(i).size();
            sum += n;
            squares += (n - mean) * (n - mean);
        }
        assertThat(sum / CYCLES).isCloseTo(mean, within(3 * Math.sqrt(mean / CYCLES)));
        assertThat(squares / CYCLES / mean).as("variance over mean").isCloseTo(1, within(4 * Math.sqrt(2.0 / CYCLES)));
    }

    @Test
    void photonsComeInOrderThroughoutTheCycle() {
        List<Photon> one = Scene.of(SimulationConfig.of(SceneKind.CLUSTER, 3, 1)).photons(0);
        assertThat(one).isSortedAccordingTo((a, b) -> Double.compare(a.time(), b.time()));
        assertThat(photons(SimulationConfig.of(SceneKind.CLUSTER, 3, 1)).stream().mapToDouble(Photon::time).average()
                .orElseThrow()).isCloseTo(2, within(0.05));
    }

    @Test
    void lampsLightTheOuterCornersEvenly() {
        double cameraCentre = (Sxi.DET_SIZE + 1) / 2.0;
        double[] inner = new double[Sxi.CCDS];
        double[] all = new double[Sxi.CCDS];
        for (Photon p : photons(SimulationConfig.of(SceneKind.FE55, 4, 1))) {
            if (p.source() != Source.CAL) {
                continue;
            }
            double fromCorner = Math.hypot(p.actX() - CalibrationSource.cornerX(p.ccdId()), p.actY() - 1);
            assertThat(fromCorner).isLessThanOrEqualTo(CalibrationSource.RADIUS);
            assertThat(p.actX()).isBetween(0.5, 640.5);
            assertThat(p.actY()).isBetween(0.5, 640.5);
            Mosaic.Place at = new Mosaic.Place(p.ccdId(), p.actX(), p.actY());
            double outwards = Math.min(Math.abs(Mosaic.detX(at) - cameraCentre), Math.abs(Mosaic.detY(at) - cameraCentre));
            assertThat(outwards).as("at a corner of the camera").isGreaterThan(400);
            all[p.ccdId()]++;
            inner[p.ccdId()] += fromCorner < CalibrationSource.RADIUS / 2 ? 1 : 0;
        }
        for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
            assertThat(inner[ccd] / all[ccd]).as("share within half the radius").isCloseTo(0.25, within(0.015));
        }
    }

    @Test
    void placesOnTheMosaicGoBackAndForth() {
        for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
            Mosaic.Place p = new Mosaic.Place(ccd, 17.25, 600.75);
            assertThat(Mosaic.locate(Mosaic.detX(p), Mosaic.detY(p))).contains(p);
        }
        assertThat(Mosaic.locate((Sxi.DET_SIZE + 1) / 2.0, (Sxi.DET_SIZE + 1) / 2.0)).as("gap").isEmpty();
    }

    @Test
    @Tag("validation")
    void halfOfThePointSourceLiesWithinTheHalfPowerDiameter() {
        SimulationConfig c = SimulationConfig.of(SceneKind.POINT, 9, 1)
                .withScene(SceneModel.of(SceneKind.POINT).withRates(0, 10, 0));
        double radius = 1.47 / 2 / 60 / Sxi.SKY_PIXEL_DEG;
        List<Photon> all = photons(c);
        long inside = all.stream().map(p -> new Mosaic.Place(p.ccdId(), p.actX(), p.actY())).filter(p -> Math.hypot(
                Mosaic.detX(p) - Mosaic.AIM_X, Mosaic.detY(p) - Mosaic.AIM_Y) <= radius).count();
        // Photons that miss the CCDs count as outside.
        assertThat(inside / (10 * SimulationConfig.CYCLE * CYCLES)).isCloseTo(0.5, within(0.015));
    }
}
