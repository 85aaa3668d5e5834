// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks for rows of a column where charge is lost faster: the residual falls in a ramp between two rows and stays down
 * above. All pairs of bins are tried, each with a free level and a free slope.
 */
final class AnomalySearch {
    private AnomalySearch() {
    }

    /**
     * An anomalous stretch.
     *
     * @param min lowest ACTY
     * @param max highest ACTY
     * @param loss further loss per row, of the logarithm of pulse height
     * @param lossError 1-sigma, with that of the rows
     * @param gain by how much chi-squared falls
     */
    record Stretch(int min, int max, double loss, double lossError, double gain) {
    }

    /**
     * The most significant stretch.
     *
     * @param r mean residual of the logarithm by bin of rows
     * @param w its weight, 1/variance; 0 for empty bins
     * @param rows rows of a bin
     * @param threshold by how much chi-squared must fall
     */
    static Optional<Stretch> find(double[] r, double[] w, int rows, double threshold) {
        List<Stretch> all = new ArrayList<>();
        for (int m = 0; m < r.length - 1; m++) {
            for (int n = m + 1; n <= r.length; n++) {
                ramp(r, w, rows, m, n).ifPresent(all::add);
            }
        }
        return all.stream().max(Comparator.comparingDouble(Stretch::gain)).filter(s -> s.gain() > threshold)
                .map(s -> withRows(s, all));
    }

    /** The losses of all stretches that chi-squared allows within one of the best: rows and loss go together. */
    private static Stretch withRows(Stretch best, List<Stretch> all) {
        double error = 0;
        for (Stretch s : all) {
            double left = 1 - (best.gain() - s.gain());
            if (left >= 0) {
                error = Math.max(error, Math.abs(s.loss() - best.loss()) + Math.sqrt(left) * s.lossError());
            }
        }
        return new Stretch(best.min(), best.max(), best.loss(), error, best.gain());
    }

    /** Weighted line against the rows passed of the stretch that begins at bin m and ends before bin n. */
    private static Optional<Stretch> ramp(double[] r, double[] w, int rows, int m, int n) {
        double sw = 0;
        double st = 0;
        double sr = 0;
        double stt = 0;
        double str = 0;
        for (int k = 0; k < r.length; k++) {
            double t = rows * Math.clamp(k + 0.5 - m, 0, (double) n - m);
            sw += w[k];
            st += w[k] * t;
            sr += w[k] * r[k];
            stt += w[k] * t * t;
            str += w[k] * t * r[k];
        }
        double det = sw * stt - st * st;
        if (sw == 0 || det <= 1e-9 * sw * stt) {
            return Optional.empty();
        }
        double slope = (sw * str - st * sr) / det;
        double variance = sw / det;
        return slope >= 0 ? Optional.empty()
                : Optional.of(new Stretch(m * rows + 1, n * rows, -slope, Math.sqrt(variance),
                slope * slope / variance));
    }
}
