// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.observation;

import java.nio.file.Path;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.ObservationMaker;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;

/** The observation of {@code sxi demo}: a point source and the calibration sources, full window, all effects. */
public final class DemoObservation implements ObservationMaker {
    @Override
    public Path make(Path out, long seed, double exposure, int threads, Console console) {
        int cycles = (int) Math.ceil(exposure / SimulationConfig.CYCLE);
        return new ObservationWriter(SimulationConfig.of(SceneKind.POINT, seed, cycles), out).write(threads, console);
    }
}
