// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.bias.BiasEstimator;
import org.xtendsxi.pipeline.bias.BiasSettings;
import org.xtendsxi.pipeline.bias.SegmentBias;
import org.xtendsxi.pipeline.dark.DarkEstimator;
import org.xtendsxi.pipeline.dark.DarkSettings;
import org.xtendsxi.pipeline.dark.FrameMedian;
import org.xtendsxi.pipeline.dark.TrimmedMean;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Makes the darks of a run from a stream of frames: all dark frames, or the first raw frames. Give it every frame in
 * file order; {@link #wants} tells from the index of a row whether its pixels are needed. One thread.
 */
public final class DarkBuilder {
    private final FrameHeader header;
    private final DarkSettings settings;
    private final DarkSettings.Method method;
    private final BiasEstimator bias;
    private final DarkEstimator[] accumulators = new DarkEstimator[2 * Sxi.ALL_SEGMENTS];
    private final double[] newest = new double[accumulators.length];
    private long unusable;

    /**
     * Prepares.
     *
     * @param header layout of the frames
     * @param bias parameters of the bias stage
     * @param dark parameters of the dark stage
     * @param darkFrames whether the observation has dark frames, for method=auto
     */
    public DarkBuilder(FrameHeader header, Parameters bias, Parameters dark, boolean darkFrames) {
        this.header = header;
        this.settings = DarkSettings.of(dark);
        DarkSettings.Method m = settings.method();
        this.method = m != DarkSettings.Method.AUTO && !m.follows() ? m
                : darkFrames ? DarkSettings.Method.TRIMMED : DarkSettings.Method.MEDIAN;
        this.bias = new BiasEstimator(header.geometry(), Adc.of(header), BiasSettings.of(bias));
    }

    /** Estimator in use, never AUTO; for a dark that follows the frames, the one that it begins with. */
    public DarkSettings.Method method() {
        return method;
    }

    /** Type of the frames that the estimator takes. */
    public Optional<FrameType> source() {
        return switch (method) {
            case TRIMMED -> Optional.of(FrameType.DARK);
            case MEDIAN -> Optional.of(FrameType.RAW);
            default -> Optional.empty();
        };
    }

    /** Whether the pixels of a frame are needed; the frame itself may have been read without them. */
    public boolean wants(SegmentFrame frame) {
        DarkEstimator a = accumulators[DarkMaps.slot(frame.ccdId(), frame.segment(), frame.readNode())];
        return source().filter(t -> t == frame.type()).isPresent() && (a == null || !a.full());
    }

    /** Takes a frame; one that is not wanted is passed over. */
    public void accept(SegmentFrame frame) {
        if (!wants(frame)) {
            return;
        }
        SegmentBias b = bias.estimate(frame.pixels());
        if (DeadFrame.is(frame.pixels(), header, b)) {
            unusable++;
            return;
        }
        int slot = DarkMaps.slot(frame.ccdId(), frame.segment(), frame.readNode());
        if (accumulators[slot] == null) {
            accumulators[slot] = method == DarkSettings.Method.TRIMMED
                    ? new TrimmedMean(header.geometry(), Adc.of(header), settings)
                    : new FrameMedian(header.geometry(), Adc.of(header), settings);
        }
        newest[slot] = accumulators[slot].frames() == 0 ? frame.time() : Math.max(newest[slot], frame.time());
        accumulators[slot].accept(frame.pixels(), b.level());
    }

    /** Frames left out because every pixel was at a rail. */
    public long unusable() {
        return unusable;
    }

    /** The darks of all segments of which frames were taken. */
    public DarkMaps build() {
        return source().isEmpty() ? DarkMaps.none(header.geometry())
                : new DarkMaps(Arrays.stream(accumulators).map(a -> Optional.ofNullable(a).map(DarkEstimator::result))
                        .toList(), newest.clone());
    }

    /** The darks in the course of the observation, if they are to follow its frames. */
    Optional<DarkFollower> follower(DarkMaps begin) {
        return settings.method().follows()
                ? Optional.of(new DarkFollower(header, settings, begin, method == DarkSettings.Method.MEDIAN))
                : Optional.empty();
    }
}
