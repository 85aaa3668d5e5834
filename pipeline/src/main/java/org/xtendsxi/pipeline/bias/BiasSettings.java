// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bias;

import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * How the bias is estimated.
 *
 * @param method estimator of the level
 * @param perRow a level for every row instead of one for the frame
 * @param split even and odd RAWX apart
 * @param allRows overclock of all rows of the frame, not only of the imaging rows; frame levels only
 * @param skip overclock pixels next to the imaging area that are left out
 * @param trim part of the pixels dropped at each end by {@link Method#TRIMMED}, 0..0.5
 * @param ringing largest distance of a pixel from the median, adu; 0 for no test
 */
public record BiasSettings(Method method, boolean perRow, boolean split, boolean allRows, int skip, double trim,
        double ringing) {

    /** Estimators. */
    public enum Method {
        /** Mean. */
        MEAN,
        /** Median; mean of the middle two of an even number. */
        MEDIAN,
        /** Mean without the lowest and highest. */
        TRIMMED
    }

    /**
     * Standard error of a level made of n pixels with normal noise, in units of noise/sqrt(n): 1 for the mean, the root
     * of pi/2 for the median, and the asymptotic value between them for the trimmed mean.
     */
    public double errorFactor() {
        return switch (method) {
            case MEAN -> 1;
            case MEDIAN -> Math.sqrt(Math.PI / 2);
            case TRIMMED -> {
                NormalDistribution normal = new NormalDistribution(null, 0, 1);
                double a = normal.inverseCumulativeProbability(1 - trim);
                double inside = 1 - 2 * trim - 2 * a * normal.density(a);
                yield trim == 0 ? 1 : Math.sqrt(inside + 2 * trim * a * a) / (1 - 2 * trim);
            }
        };
    }

    /** Settings of the stage's parameters. */
    public static BiasSettings of(Parameters p) {
        return new BiasSettings(Method.valueOf(p.text("method").toUpperCase(Locale.ROOT)),
                p.text("per").equals("row"), p.yes("split"), p.text("rows").equals("all"), p.integer("skip"),
                p.real("trim"), p.real("ringing"));
    }
}
