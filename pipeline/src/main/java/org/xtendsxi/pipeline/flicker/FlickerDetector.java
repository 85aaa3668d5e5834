// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.special.Gamma;
import org.xtendsxi.pipeline.stage.Fault;

/** The two Poisson tests on the counts of one CCD, as a pure function (section 10.3). */
final class FlickerDetector {
    /** Counts below which the chance is worth remembering. */
    private static final int FEW = 64;

    private final int[] counts;
    private final boolean[] flagged;
    private final int height;
    private final FlickerSettings settings;
    /** Smallest rectangle that holds all counts: first and last column, first and last row. */
    private int left = Integer.MAX_VALUE;
    private int right = 1;
    private int bottom = Integer.MAX_VALUE;
    private int top = 1;
    private final Map<Pair, Boolean> known = new HashMap<>();

    /** Counts of a pixel and the mean around it. */
    private record Pair(int counts, double mean) {
    }

    private FlickerDetector(int[] image, int height, FlickerSettings settings) {
        this.counts = image.clone();
        this.flagged = new boolean[image.length];
        this.height = height;
        this.settings = settings;
    }

    /**
     * Finds flickering pixels.
     *
     * @param image counts, column by column
     * @param height pixels of a column
     * @param settings settings
     * @return for each pixel whether it flickers; only pixels with counts do
     */
    static boolean[] detect(int[] image, int height, FlickerSettings settings) {
        FlickerDetector d = new FlickerDetector(image, height, settings);
        long total = 0;
        for (int i = 0; i < image.length; i++) {
            total += image[i];
            if (image[i] > 0) {
                d.include(i / height, i % height);
            }
        }
        if (total > 0) {
            d.search(total);
        }
        for (int i = 0; i < image.length; i++) {
            d.flagged[i] &= image[i] > 0;
        }
        return d.flagged;
    }

    private void include(int x, int y) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        bottom = Math.min(bottom, y);
        top = Math.max(top, y);
    }

    private void search(long total) {
        if (settings.cellSize() == 0) {
            for (int i = 0; i < counts.length; i++) {
                flagged[i] = counts[i] > settings.threshold();
            }
            return;
        }
        int pixels = (right - left + 1) * (top - bottom + 1);
        if (pixels <= 1) {
            return;
        }
        double limit1 = Math.pow(10, settings.logProbability1());
        double limit2 = Math.pow(10, settings.logProbability2());
        if (limit1 <= 1) {
            againstAll(settings.factor() * total / (pixels - 1), limit1);
        }
        if (limit2 <= 1) {
            while (againstSurroundings(limit2) && settings.iterate()) {
                // once more with the pixels found left out
            }
        }
        if (settings.edge()) {
            border();
        }
    }

    /** Chance that a Poisson number of a given mean exceeds n; the reference rounds it to single precision. */
    private double chance(int n, double mean) {
        return settings.compat().keeps(Fault.FLICKER_ROUNDING) ? 1.0 - (float) Gamma.regularizedGammaQ(n + 1.0, mean)
                : Gamma.regularizedGammaP(n + 1.0, mean);
    }

    /** Whether the chance is below a limit; few pairs of small numbers come again and again. */
    private boolean rare(int n, double mean, double limit) {
        return n < FEW ? known.computeIfAbsent(new Pair(n, mean), p -> chance(n, mean) < limit) : chance(n, mean) < limit;
    }

    private void againstAll(double mean, double limit) {
        Map<Integer, Boolean> known = new HashMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && known.computeIfAbsent(counts[i], n -> chance(n, mean) < limit)) {
                flagged[i] = true;
                counts[i] = 0;
            }
        }
    }

    /** Compares with the mean of the unflagged pixels around; true if any was found. */
    private boolean againstSurroundings(double limit) {
        List<Integer> found = new ArrayList<>();
        for (int x = left; x <= right; x++) {
            for (int y = bottom; y <= top; y++) {
                int n = counts[x * height + y];
                if (n > 0) {
                    double mean = surroundings(x, y);
                    if (n > mean && !(mean == 0 && n < settings.threshold()) && rare(n, mean, limit)) {
                        found.add(x * height + y);
                    }
                }
            }
        }
        for (int i : found) {
            flagged[i] = true;
            counts[i] = 0;
        }
        return !found.isEmpty();
    }

    /** Mean counts of the unflagged pixels of the cell without its centre; beyond the rectangle its edge repeats. */
    private double surroundings(int x, int y) {
        int half = settings.cellSize() / 2;
        long sum = 0;
        int pixels = 0;
        for (int i = x - half; i <= x + half; i++) {
            int column = Math.clamp(i, left, right) * height;
            for (int j = y - half; j <= y + half; j++) {
                int at = column + Math.clamp(j, bottom, top);
                if (!flagged[at]) {
                    sum += counts[at];
                    pixels++;
                }
            }
        }
        return (double) (sum - counts[x * height + y]) / (pixels - 1.0);
    }

    private void border() {
        int half = settings.cellSize() / 2;
        for (int x = left; x <= right; x++) {
            for (int y = bottom; y <= top; y++) {
                flagged[x * height + y] |= x < left + half || x > right - half || y < bottom + half || y > top - half;
            }
        }
    }
}
