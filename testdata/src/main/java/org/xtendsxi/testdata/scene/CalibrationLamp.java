// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.xtendsxi.caldb.instrument.CalibrationSource;

/**
 * The 55Fe source of one CCD: even light on a quarter disc at the CCD's corner at the corner of the camera.
 *
 * @param ccdId 0..3
 * @param rate photons per second
 * @param spectrum energies
 */
public record CalibrationLamp(int ccdId, double rate, Spectrum spectrum) implements Emitter {
    private static final double EDGE = 0.5;

    @Override
    public Source source() {
        return Source.CAL;
    }

    @Override
    public void photon(UniformRandomProvider random, double time, Consumer<Photon> camera) {
        double side = CalibrationSource.RADIUS + EDGE;
        double away;
        double y;
        double x;
        do {
            away = side * random.nextDouble() - EDGE;
            y = 1 + side * random.nextDouble() - EDGE;
            int corner = CalibrationSource.cornerX(ccdId);
            x = corner == 1 ? 1 + away : corner - away;
        } while (!CalibrationSource.contains(ccdId, x, y));
        camera.accept(new Photon(time, ccdId, x, y, spectrum.energy(random), Source.CAL));
    }
}
