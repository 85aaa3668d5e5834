// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Lines of known shape in single-pixel events without noise: a main peak, a second peak below it, escape and
 * fluorescence of silicon.
 *
 * @param events events of a list
 * @param seed seed
 */
record ShapeExperiment(int events, long seed) implements Study.Experiment {
    static final String LINES = "4511,6400,8048";
    private static final double[] ENERGY = {4511, 6400, 8048};
    private static final double SCALE = GainExperiment.SCALE;
    private static final double FWHM_PER_SIGMA = Math.sqrt(8 * Math.log(2));
    private static final double SECOND = 0.1;
    private static final double OFFSET = 160;
    private static final double SECOND_FWHM = 230;
    private static final double ESCAPE = 0.01;
    private static final double FLUORESCENCE = 0.006;
    private static final double SILICON = 1740;
    private static final double AT_ZERO = 7000;
    private static final double PER_EV = 2.4;
    /** Variance of a pulse height that was cut to a whole number and spread over its channel again, channels². */
    private static final double CUT = 1 / 6.0;

    private static double fwhm(double energy) {
        return Math.sqrt(AT_ZERO + PER_EV * energy);
    }

    private static double cut(double fwhm) {
        return Math.sqrt(fwhm * fwhm + CUT * Math.pow(FWHM_PER_SIGMA * SCALE, 2));
    }

    @Override
    public List<String> write(Path file) {
        CameraEvents.alike(Camera.plain(new Singles(), 0), (t, r) -> pulse(r), events, seed).write(file);
        return List.of();
    }

    private static double pulse(RandomGenerator random) {
        double e = ENERGY[random.nextInt(ENERGY.length)];
        double u = random.nextDouble() * (1 + SECOND + ESCAPE + FLUORESCENCE);
        double g = random.nextGaussian() / FWHM_PER_SIGMA;
        double at = u < 1 ? e + fwhm(e) * g : u < 1 + SECOND ? e - OFFSET + SECOND_FWHM * g
                : u < 1 + SECOND + ESCAPE ? e - SILICON + fwhm(e - SILICON) * g : SILICON + fwhm(SILICON) * g;
        return at / SCALE;
    }

    @Override
    public OptionalDouble truth(int segmentRow, String parameter) {
        String[] words = parameter.split(" ", 2);
        return switch (words[0]) {
            case "ENERGY" -> OptionalDouble.of(Double.parseDouble(words[1].replace("eV", "")));
            case "FWHM" -> OptionalDouble.of(cut(fwhm(Double.parseDouble(words[1].replace("eV", "")))));
            case "FWHM**2" -> OptionalDouble.of(words[1].startsWith("at") ? Math.pow(cut(Math.sqrt(AT_ZERO)), 2)
                    : PER_EV);
            case "SEC_AMP" -> OptionalDouble.of(SECOND);
            case "SEC_OFF" -> OptionalDouble.of(OFFSET);
            case "SEC_FWHM" -> OptionalDouble.of(cut(SECOND_FWHM));
            case "ESCAPE" -> OptionalDouble.of(ESCAPE);
            case "FLUOR" -> OptionalDouble.of(FLUORESCENCE);
            default -> OptionalDouble.empty();
        };
    }
}
