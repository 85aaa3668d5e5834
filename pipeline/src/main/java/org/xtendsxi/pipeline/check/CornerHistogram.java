// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.check;

/**
 * Pulse heights of corner pixels of single-pixel events, and the residual dark in them.
 *
 * <p>An event is single only if its corners are below the split threshold, which cuts the upper tail off. The same is
 * cut off at the lower end, mirrored at the level, and the level found by iteration; so the noise leaves no bias.
 */
final class CornerHistogram {
    private static final int REACH = 128;
    private static final int ITERATIONS = 100;
    private static final double CLOSE = 1e-6;

    private final int split;
    private final int[] counts = new int[2 * REACH + 1];
    private long events;
    private long all;

    /** An empty one, for corners below a split threshold of at most 128 channels. */
    CornerHistogram(int split) {
        this.split = split;
    }

    /** Takes the four corners of an event; values beyond -128 count as no pixel at all. */
    void add(int... corners) {
        events++;
        for (int c : corners) {
            if (Math.abs(c) <= REACH) {
                counts[c + REACH]++;
            }
        }
    }

    /** Counts an event of any shape, so that the share of singles is known. */
    void seen() {
        all++;
    }

    void addAll(CornerHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        events += other.events;
        all += other.all;
    }

    long events() {
        return events;
    }

    /** Events of any shape. */
    long all() {
        return all;
    }

    /**
     * Residual dark.
     *
     * @param level chan
     * @param error standard error, chan
     * @param rms rms of the corners about the level, chan; cut off as they are
     */
    record Level(double level, double error, double rms) {
    }

    /** Mean or median; NaN without corners. */
    Level level(boolean median) {
        double m = 0;
        Moments at = moments(m);
        for (int i = 0; i < ITERATIONS; i++) {
            double next = median ? median(m, at.n()) : at.mean();
            boolean done = Double.isNaN(next) || Math.abs(next - m) < CLOSE;
            m = next;
            at = moments(m);
            if (done) {
                break;
            }
        }
        double rms = Math.sqrt(Math.max(0, at.squares() / at.n() - (at.mean() - m) * (at.mean() - m)));
        return new Level(m, rms / Math.sqrt(at.n()) * (median ? Math.sqrt(Math.PI / 2) : 1), rms);
    }

    private record Moments(double n, double mean, double squares) {
    }

    /** Part of a bin that lies above the mirrored end; bin c holds heights c-0.5 to c+0.5. */
    private double part(int c, double m) {
        double end = 2 * m - (split - 0.5);
        return c >= split ? 0 : Math.clamp(c + 0.5 - end, 0, 1);
    }

    private Moments moments(double m) {
        double n = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < counts.length; i++) {
            int c = i - REACH;
            double w = counts[i] * part(c, m);
            n += w;
            sum += w * c;
            squares += w * (c - m) * (c - m);
        }
        return new Moments(n, sum / n, squares);
    }

    private double median(double m, double n) {
        double below = 0;
        for (int i = 0; i < counts.length; i++) {
            double w = counts[i] * part(i - REACH, m);
            if (w > 0 && below + w >= n / 2) {
                return i - REACH - 0.5 + (n / 2 - below) / w;
            }
            below += w;
        }
        return Double.NaN;
    }
}
