// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.error.SxiException;

/** Energy bins of the photons: grids of different steps, one after the other (energy-chain section 12.1). */
final class EnergyGrid {
    private static final double KEV = 0.001;
    private static final int MAX_BINS = 1_000_000;
    private final double[] low;
    private final double[] high;

    private EnergyGrid(double[] low, double[] high) {
        this.low = low;
        this.high = high;
    }

    /**
     * Makes the bins.
     *
     * @param start lower edge of the first bin, eV
     * @param steps width of the bins of each grid, eV
     * @param counts number of bins of each grid
     */
    static EnergyGrid of(double start, double[] steps, int[] counts) {
        int n = Arrays.stream(counts).sum();
        double[] low = new double[n];
        double[] high = new double[n];
        double from = start;
        int at = 0;
        for (int k = 0; k < counts.length; k++) {
            double step = steps[k] * KEV;
            for (int j = 0; j < counts[k]; j++, at++) {
                low[at] = from * KEV + j * step;
                high[at] = low[at] + step;
            }
            from += counts[k] * steps[k];
        }
        return new EnergyGrid(low, high);
    }

    /** Parses the lists {@code dein} and {@code nchanin}. */
    static EnergyGrid parse(double start, String dein, String nchanin) {
        double[] steps = numbers("dein", dein);
        double[] counts = numbers("nchanin", nchanin);
        if (steps.length != counts.length) {
            throw SxiException.usage("dein and nchanin differ in length").column("nchanin").value(nchanin)
                    .limit(steps.length + " numbers").todo("give as many counts as steps").build();
        }
        double total = 0;
        for (double c : counts) {
            total += c;
            if (c != Math.rint(c) || total > MAX_BINS) {
                throw SxiException.usage("number of energy bins is not legal").column("nchanin").value(nchanin)
                        .limit("whole numbers, in all at most " + MAX_BINS).todo("correct nchanin").build();
            }
        }
        return of(start, steps, Arrays.stream(counts).mapToInt(c -> (int) c).toArray());
    }

    private static double[] numbers(String name, String text) {
        List<Double> all = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                all.add(Double.valueOf(part.strip()));
            } catch (NumberFormatException e) {
                throw SxiException.usage("not a list of numbers").column(name).value(text)
                        .todo("give positive numbers with commas between").cause(e).build();
            }
        }
        if (all.stream().anyMatch(v -> !(v > 0) || v.isInfinite())) {
            throw SxiException.usage("number is not positive").column(name).value(text)
                    .todo("give positive numbers with commas between").build();
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Number of bins. */
    int size() {
        return low.length;
    }

    /** Lower edge, keV. */
    double low(int bin) {
        return low[bin];
    }

    /** Upper edge, keV. */
    double high(int bin) {
        return high[bin];
    }

    /** Energy for which the response is calculated, keV. */
    double centre(int bin) {
        return 0.5 * (low[bin] + high[bin]);
    }
}
