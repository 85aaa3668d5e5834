// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.calib.common.LeastSquares;

/**
 * Drift of the gain of a segment: the factor that each bin of time needs beside the gain found for all of it.
 *
 * @param bins bins with a peak, ascending
 * @param time their middles, s
 * @param factor factors
 * @param error their 1-sigma errors
 * @param trend straight line through them, empty for fewer than three bins
 * @param constantChi2 chi-squared of no drift
 */
record GainDrift(int[] bins, double[] time, double[] factor, double[] error, Optional<Trend> trend,
        double constantChi2) {
    private static final double YEAR = 365.25 * 86400;
    private static final int FEWEST = 3;

    /**
     * A straight line.
     *
     * @param slope relative change of the factor per year
     * @param error 1-sigma error
     * @param middle factor in the middle of the times
     * @param chi2 chi-squared
     * @param degrees degrees of freedom
     */
    record Trend(double slope, double error, double middle, double chi2, int degrees) {
    }

    /** Factor of a line in a bin. */
    private record Step(int bin, double factor, double error) {
    }

    /** Measures the drift of a segment. */
    static GainDrift of(GainTally tally, int segment, GainFit fit, GainTally.Times times) {
        List<Step> steps = new ArrayList<>();
        for (int bin = 0; bin < times.bins(); bin++) {
            double weight = 0;
            double sum = 0;
            for (int l = 0; l < tally.lines(); l++) {
                double energy = tally.line(l).energy();
                var peak = tally.peak(l, segment, bin);
                if (peak.isPresent()) {
                    double e = fit.curve().scale(peak.get().centre()) * peak.get().centreError() / energy;
                    weight += 1 / (e * e);
                    sum += energy / fit.curve().energy(peak.get().centre()) / (e * e);
                }
            }
            if (weight > 0) {
                steps.add(new Step(bin, sum / weight, 1 / Math.sqrt(weight)));
            }
        }
        int[] bins = steps.stream().mapToInt(Step::bin).toArray();
        double[] time = Arrays.stream(bins).mapToDouble(times::middle).toArray();
        double[] factor = steps.stream().mapToDouble(Step::factor).toArray();
        double[] error = steps.stream().mapToDouble(Step::error).toArray();
        double constant = steps.stream().mapToDouble(s -> Math.pow((s.factor() - 1) / s.error(), 2)).sum();
        return new GainDrift(bins, time, factor, error, bins.length < FEWEST ? Optional.empty()
                : trend(time, factor, error), constant);
    }

    private static Optional<Trend> trend(double[] time, double[] factor, double[] error) {
        double middle = Arrays.stream(time).average().orElseThrow();
        double half = Math.max(1, (time[time.length - 1] - time[0]) / 2);
        double unit = Arrays.stream(error).min().orElseThrow();
        return LeastSquares.run(m -> {
            double[] r = new double[time.length];
            Arrays.setAll(r, i -> (1 + unit * (m[0] + m[1] * (time[i] - middle) / half) - factor[i]) / error[i]);
            return r;
        }, 2).map(s -> new Trend(s.moves()[1] * unit / half * YEAR, s.errors()[1] * unit / half * YEAR,
                1 + s.moves()[0] * unit, s.chi2(), s.degrees()));
    }

    /** Factor of a bin: its own, or that of the last bin before it that has one, or of the first. */
    double at(int bin) {
        double f = factor.length == 0 ? 1 : factor[0];
        for (int i = 0; i < bins.length && bins[i] <= bin; i++) {
            f = factor[i];
        }
        return f;
    }
}
