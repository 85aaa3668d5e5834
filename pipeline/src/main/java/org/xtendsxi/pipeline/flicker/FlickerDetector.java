// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    private int right = -1;
    private int bottom = Integer.MAX_VALUE;
    private int top = -1;
    /** Whether few counts are rare, by counts and then the mean around. */
    private final List<Map<Double, Boolean>> known = new ArrayList<>();

    private FlickerDetector(int[] image, int height, FlickerSettings settings) {
        this.counts = image.clone();
        this.flagged = new boolean[image.length];
        this.height = height;
        this.settings = settings;
        for (int n = 0; n < FEW; n++) {
            known.add(new HashMap<>());
        }
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
            int[] tested = occupied();
            do {
                tested = changed(againstSurroundings(tested, limit2));
            } while (tested.length > 0 && settings.iterate());
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
        return n < FEW ? known.get(n).computeIfAbsent(mean, m -> chance(n, m) < limit)
                : chance(n, mean) < limit;
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

    private int[] occupied() {
        return IntStream.range(left * height + bottom, right * height + top + 1).filter(i -> counts[i] > 0).toArray();
    }

    /** Compares pixels with the mean of the unflagged pixels around, and flags those found. */
    private int[] againstSurroundings(int[] pixels, double limit) {
        int[] found = new int[pixels.length];
        int many = 0;
        for (int i : pixels) {
            int n = counts[i];
            double mean = surroundings(i / height, i % height);
            if (n > mean && !(mean == 0 && n < settings.threshold()) && rare(n, mean, limit)) {
                found[many++] = i;
            }
        }
        for (int k = 0; k < many; k++) {
            flagged[found[k]] = true;
            counts[found[k]] = 0;
        }
        return Arrays.copyOf(found, many);
    }

    /** Pixels with counts whose surroundings are no longer the same when some pixels have been flagged. */
    private int[] changed(int[] found) {
        int half = settings.cellSize() / 2;
        BitSet near = new BitSet(counts.length);
        for (int i : found) {
            int y = i % height;
            for (int x = Math.max(left, i / height - half); x <= Math.min(right, i / height + half); x++) {
                near.set(x * height + Math.max(bottom, y - half), x * height + Math.min(top, y + half) + 1);
            }
        }
        return near.stream().filter(i -> counts[i] > 0).toArray();
    }

    /** Mean counts of the unflagged pixels of the cell without its centre; beyond the rectangle its edge repeats. */
    private double surroundings(int x, int y) {
        int half = settings.cellSize() / 2;
        boolean within = x - half >= left && x + half <= right && y - half >= bottom && y + half <= top;
        long sum = 0;
        int pixels = 0;
        for (int i = x - half; i <= x + half; i++) {
            int column = (within ? i : Math.clamp(i, left, right)) * height;
            for (int j = y - half; j <= y + half; j++) {
                int at = column + (within ? j : Math.clamp(j, bottom, top));
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
