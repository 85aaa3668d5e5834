// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.xtendsxi.calib.common.Pulls;

/**
 * Lines on segments whose gain is not that in force, and drifts.
 *
 * @param camera camera
 * @param lines lines
 * @param events events of a list
 * @param seed seed
 * @param factor true factor of each segment in the middle of the observation
 * @param offset energy of pulse height 0, channels of PI
 * @param drift relative change of the factor per year
 */
record GainExperiment(Camera camera, Lines lines, int events, long seed, double[] factor, double[] offset,
        double[] drift) implements Study.Experiment {
    static final double SCALE = 6.15;
    private static final double CHANNEL = 6;
    private static final double SECONDS = 200 * 86400.0;
    private static final double YEAR = 365.25 * 86400;
    private static final double SPREAD = 0.003;
    private static final double DRIFT = 0.01;

    /** Gain and drift drawn by the seed, or an offset instead of the drift. */
    static GainExperiment of(Camera camera, Lines lines, int events, long seed, boolean drifting) {
        RandomGenerator random = Pulls.random(-seed);
        double[][] v = new double[3][CameraEvents.SEGMENTS];
        for (int s = 0; s < CameraEvents.SEGMENTS; s++) {
            v[0][s] = 1 + SPREAD * random.nextGaussian();
            v[drifting ? 2 : 1][s] = (drifting ? DRIFT : 1) * random.nextGaussian();
        }
        return new GainExperiment(camera, lines, events, seed, v[0], v[1], v[2]);
    }

    @Override
    public List<String> write(Path file) {
        List<CameraEvents.Source> sources = CameraEvents.Segments.all(s -> (t, random) -> {
            double now = factor[s] * (1 + drift[s] * (t - SECONDS / 2) / YEAR);
            return (lines.charge(lines.draw(random), random) - CHANNEL * offset[s]) / (SCALE * now);
        });
        new CameraEvents(CameraEvents.Segments.all(s -> camera), sources, events, SECONDS, seed).write(file);
        return List.of();
    }

    @Override
    public OptionalDouble truth(int segmentRow, String parameter) {
        int s = segmentRow >> 1;
        return switch (parameter) {
            case "FACTOR" -> OptionalDouble.of(factor[s]);
            case "LINR" -> OptionalDouble.of(factor[s] * SCALE / CHANNEL);
            case "OFFSET" -> OptionalDouble.of(offset[s]);
            case "DRIFT" -> OptionalDouble.of(drift[s]);
            default -> OptionalDouble.empty();
        };
    }
}
