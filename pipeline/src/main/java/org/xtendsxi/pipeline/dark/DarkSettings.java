// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.Locale;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * How the dark is made.
 *
 * @param method source and estimator
 * @param trim lowest and as many highest frames dropped per pixel by the trimmed mean
 * @param frames raw frames per segment used by the median
 * @param hot level above which a pixel is called hot, adu
 */
public record DarkSettings(Method method, int trim, int frames, double hot) {

    /** Sources and estimators. */
    public enum Method {
        /** Trimmed mean if there are dark frames, otherwise median. */
        AUTO,
        /** Trimmed mean of the dark frames. */
        TRIMMED,
        /** Median of the first raw frames. */
        MEDIAN,
        /** No dark level. */
        NONE
    }

    /** Settings of the stage's parameters. */
    public static DarkSettings of(Parameters p) {
        return new DarkSettings(Method.valueOf(p.text("method").toUpperCase(Locale.ROOT)), p.integer("trim"),
                p.integer("frames"), p.real("hot"));
    }
}
