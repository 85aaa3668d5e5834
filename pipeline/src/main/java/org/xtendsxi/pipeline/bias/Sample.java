// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bias;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.PixelSums;

/** Overclock values of one parity; sums are kept in whole numbers, so the order of reading does not matter. */
final class Sample {
    private final Adc adc;
    private final int[] values;
    private int size;
    private long sum;
    private long squares;
    private int low = Integer.MAX_VALUE;
    private int high = Integer.MIN_VALUE;

    Sample(Adc adc, int capacity) {
        this.adc = adc;
        this.values = new int[capacity];
    }

    void add(int value) {
        values[size++] = value;
        sum += value;
        squares += (long) value * value;
        low = Math.min(low, value);
        high = Math.max(high, value);
    }

    /** The level after leaving out what is not to be used. */
    SampleLevel level(BiasSettings s) {
        return clean(new PixelSums(size, sum, squares, low, high), adc, s).orElseGet(() -> sorted(s));
    }

    /** The level out of sums over values, if it is their mean and nothing has to be left out. */
    static Optional<SampleLevel> clean(PixelSums v, Adc adc, BiasSettings s) {
        boolean clean = !adc.atRail(v.low()) && !adc.atRail(v.high())
                && (s.ringing() <= 0 || v.high() - v.low() <= s.ringing());
        return clean && s.method() == BiasSettings.Method.MEAN
                ? Optional.of(mean(v.count(), v.sum(), v.squares(), 0, 0))
                : Optional.empty();
    }

    private SampleLevel sorted(BiasSettings s) {
        int[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        int from = 0;
        int to = size;
        while (from < to && sorted[from] <= 0) {
            from++;
        }
        while (to > from && sorted[to - 1] >= adc.max()) {
            to--;
        }
        int railed = size - (to - from);
        if (railed == size) {
            return new SampleLevel(sum / (double) size, 0, 0, railed, 0);
        }
        int median = sorted[from + to - 1 >>> 1];
        int inRange = to - from;
        if (s.ringing() > 0) {
            while (median - sorted[from] > s.ringing()) {
                from++;
            }
            while (sorted[to - 1] - median > s.ringing()) {
                to--;
            }
        }
        return of(s, sorted, from, to, railed, inRange - (to - from));
    }

    private static SampleLevel of(BiasSettings s, int[] sorted, int from, int to, int railed, int ringing) {
        int n = to - from;
        int drop = s.method() == BiasSettings.Method.TRIMMED ? (int) Math.min(s.trim() * n, (n - 1) / 2) : 0;
        long sum = 0;
        long squares = 0;
        long kept = 0;
        for (int i = from; i < to; i++) {
            sum += sorted[i];
            squares += (long) sorted[i] * sorted[i];
            kept += i >= from + drop && i < to - drop ? sorted[i] : 0;
        }
        SampleLevel mean = mean(n, sum, squares, railed, ringing);
        double level = switch (s.method()) {
            case MEAN -> mean.level();
            case TRIMMED -> kept / (double) (n - 2 * drop);
            case MEDIAN -> median(sorted, from, to);
        };
        double shift = mean.level() - level;
        return new SampleLevel(level, mean.squares() + n * shift * shift, n, railed, ringing);
    }

    private static double median(int[] sorted, int from, int to) {
        int mid = from + to >>> 1;
        return (to - from & 1) == 1 ? sorted[mid] : (sorted[mid - 1] + sorted[mid]) / 2.0;
    }

    private static SampleLevel mean(int n, long sum, long squares, int railed, int ringing) {
        double spread = squares - (double) sum * sum / n;
        return new SampleLevel(sum / (double) n, Math.max(0, spread), n, railed, ringing);
    }
}
