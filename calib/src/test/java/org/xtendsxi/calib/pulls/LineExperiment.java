// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.xtendsxi.calib.common.Pulls;

/**
 * Lines on a camera of known faults; where they lie without the faults is known to a given error, as it is of the gain
 * in force.
 *
 * @param camera camera of all segments
 * @param lines lines
 * @param events events of a list
 * @param reference error of the place of each line, channels
 * @param seed seed
 * @param truth value of a parameter by its name; NaN for what is no parameter
 */
record LineExperiment(Camera camera, Lines lines, int events, double reference, long seed,
        ToDoubleFunction<String> truth) implements Study.Experiment {
    @Override
    public List<String> write(Path file) {
        RandomGenerator random = Pulls.random(-seed);
        double[][] shift = new double[CameraEvents.SEGMENTS][lines.lines().size()];
        for (double[] s : shift) {
            Arrays.setAll(s, l -> reference * random.nextGaussian());
        }
        List<CameraEvents.Source> sources = CameraEvents.Segments.all(s -> (t, r) -> {
            int l = lines.draw(r);
            return lines.charge(l, r) / GainExperiment.SCALE + (l < 0 ? 0 : shift[s][l]);
        });
        CameraEvents list = new CameraEvents(CameraEvents.Segments.all(s -> camera), sources, events, 40_000, seed);
        list.write(file);
        return camera.parity().length == 0 ? List.of()
                : List.of("--hk", list.writeTemperatures(file.resolveSibling("list.hk")).toString());
    }

    @Override
    public OptionalDouble truth(int segmentRow, String parameter) {
        double v = truth.applyAsDouble(parameter);
        return Double.isNaN(v) ? OptionalDouble.empty() : OptionalDouble.of(v);
    }
}
