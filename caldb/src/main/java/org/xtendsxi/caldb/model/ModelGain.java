// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Properties;

/**
 * Gain of the model calibration as {@code sxi calib modelgain} derived it from simulated lines.
 *
 * @param offset PI of PHA 0, PI channels
 * @param linear PI channels per channel
 * @param gradeOffset polynomials in PHA, channels, of grades {0,1}, {2}, {3,4,5} and the others: four coefficients
 * each, lowest power first
 */
public record ModelGain(double offset, double linear, double[][] gradeOffset) {
    private static final int GROUPS = 4;

    /** The numbers that the model calibration is made with. */
    public static ModelGain read() {
        Properties p = new Properties();
        try (InputStream in = ModelGain.class.getResourceAsStream("gain.properties")) {
            p.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double[][] offsets = new double[GROUPS][];
        for (int g = 0; g < GROUPS; g++) {
            offsets[g] = Arrays.stream(p.getProperty("goffset." + g).split(",")).mapToDouble(Double::parseDouble)
                    .toArray();
        }
        return new ModelGain(Double.parseDouble(p.getProperty("offset")), Double.parseDouble(p.getProperty("linear")),
                offsets);
    }

    /** Value of a polynomial, lowest power first. */
    public static double polynomial(double[] coefficients, double x) {
        double v = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            v = v * x + coefficients[i];
        }
        return v;
    }
}
