// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/**
 * Running update with high and low limits: a level moves by a fixed part of its distance from each new value, so that
 * a drift is followed and old frames fade (frames-and-science section 2.3; the rule is inferred there from telemetry
 * names, its numbers are parameters).
 *
 * <p>With weight w and noise s of a frame the level has the noise {@code s*sqrt(w/(2-w))} and lags behind a steady
 * drift by {@code (1-w)/w} frames. The noise map is the square root of the same running mean of squared distances, to
 * which every fourth frame contributes, rows in turn: it costs a third less memory traffic and noise changes slowly.
 * Kept per pixel: level, variance and floor, whatever the number of frames.
 */
public final class RunningUpdate implements FollowingDark {
    /** Frames from one contribution of a row to the noise to the next. */
    private static final int NOISE_EVERY = 4;

    private final FrameGeometry geometry;
    private final DarkMap begin;
    private final RowUpdate.Terms terms;
    private final RowUpdate update;
    private final LevelBuffer.Pool pool;
    private final float[] variance;
    private LevelBuffer current;
    private int frames;
    private DarkCounts counts = DarkCounts.NONE;

    /**
     * Prepares for frames of one segment.
     *
     * @param begin levels, noise and stuck pixels to begin with
     */
    public RunningUpdate(FrameGeometry geometry, Adc adc, DarkSettings settings, DarkMap begin) {
        this(geometry, adc, settings, begin, RowUpdate.best());
    }

    RunningUpdate(FrameGeometry geometry, Adc adc, DarkSettings settings, DarkMap begin, RowUpdate update) {
        this.geometry = geometry;
        this.begin = begin;
        this.terms = new RowUpdate.Terms(new DarkRule(adc, settings), (float) settings.weight());
        this.update = update;
        int pixels = begin.level().pixels();
        this.pool = new LevelBuffer.Pool(pixels);
        this.variance = new float[pixels];
        this.current = pool.take();
        for (int i = 0; i < pixels; i++) {
            current.set(i, (float) begin.level().at(i));
            variance[i] = (float) (begin.noise()[i] * begin.noise()[i]);
        }
    }

    @Override
    public void accept(MemorySegment pixels, BiasLevel bias) {
        LevelBuffer next = pool.take();
        int[] n = new int[3];
        for (int y = 0; y < geometry.rows(); y++) {
            int[] whole = {terms.rule().whole(bias, y, 0), terms.rule().whole(bias, y, 1)};
            float[] rest = {terms.rule().rest(bias, y, 0), terms.rule().rest(bias, y, 1)};
            update.row(terms, new RowUpdate.Row(pixels, 2L * geometry.index(0, y), y * geometry.active(),
                    geometry.active(), (y + frames) % NOISE_EVERY == 0, whole, rest), current, next, variance, n);
        }
        counts = new DarkCounts(n[0], n[1], variance.length - n[0] - n[1], n[2]);
        current.release();
        current = next;
        frames++;
    }

    @Override
    public LevelBuffer hold() {
        return current.hold();
    }

    @Override
    public DarkCounts counts() {
        return counts;
    }

    @Override
    public int frames() {
        return frames;
    }

    @Override
    public DarkMap result() {
        double[] noise = new double[variance.length];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = Math.sqrt(variance[i]);
        }
        return DarkMap.of(current.view().toArray(), noise, begin.stuck(), terms.rule().hot(), begin.frames() + frames,
                "running");
    }
}
