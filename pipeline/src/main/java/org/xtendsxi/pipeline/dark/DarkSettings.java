// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.util.Locale;
import java.util.Optional;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * How the dark is made.
 *
 * @param method source and estimator
 * @param trim lowest and as many highest frames dropped per pixel by the trimmed mean
 * @param frames raw frames per segment used by the medians and the rolling mean
 * @param high highest distance of a value above the level that a dark following the frames takes, adu
 * @param low largest distance below the level that it takes without beginning anew, adu
 * @param weight weight of a new value in the running update, 0..1
 * @param hot level above which a pixel is called hot, adu
 */
public record DarkSettings(Method method, int trim, int frames, double high, double low, double weight, double hot) {

    /** Sources and estimators. */
    public enum Method {
        /** Trimmed mean if there are dark frames, otherwise median. */
        AUTO,
        /** Trimmed mean of the dark frames. */
        TRIMMED,
        /** Median of the first raw frames. */
        MEDIAN,
        /** Mean of the last raw frames. */
        ROLLMEAN,
        /** Median of the last raw frames. */
        ROLLMEDIAN,
        /** Running update by every raw frame. */
        RUNNING,
        /** No dark level. */
        NONE;

        /** Whether the dark changes in the course of the observation; it begins with that of {@link #AUTO}. */
        public boolean follows() {
            return this == ROLLMEAN || this == ROLLMEDIAN || this == RUNNING;
        }
    }

    /** Settings of the stage's parameters. */
    public static DarkSettings of(Parameters p) {
        return new DarkSettings(Method.valueOf(p.text("method").toUpperCase(Locale.ROOT)), p.integer("trim"),
                p.integer("frames"), p.real("high"), p.real("low"), p.real("weight"), p.real("hot"));
    }

    /** The estimator that follows the frames of a segment from a dark on; none if the dark is fixed. */
    public Optional<FollowingDark> follow(FrameGeometry geometry, Adc adc, DarkMap begin) {
        return switch (method) {
            case ROLLMEAN -> Optional.of(new RollingMean(geometry, adc, this, begin));
            case ROLLMEDIAN -> Optional.of(new RollingMedian(geometry, adc, this, begin));
            case RUNNING -> Optional.of(new RunningUpdate(geometry, adc, this, begin));
            case AUTO, TRIMMED, MEDIAN, NONE -> Optional.empty();
        };
    }
}
