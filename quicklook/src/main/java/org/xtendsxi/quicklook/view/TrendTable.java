// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gathers series over time bins; a bin without value stays empty, bins that are empty in all series are left out. */
final class TrendTable {
    private final String title;
    private final String unit;
    private final double width;
    private final int bins;
    private final Map<String, Double[]> series = new LinkedHashMap<>();

    /**
     * Starts.
     *
     * @param width width of a bin, s
     * @param bins number of bins
     */
    TrendTable(String title, String unit, double width, int bins) {
        this.title = title;
        this.unit = unit;
        this.width = width;
        this.bins = bins;
    }

    /** Sets a value; bins outside are passed over. */
    TrendTable set(String name, int bin, double value) {
        Double[] s = series.computeIfAbsent(name, k -> new Double[bins]);
        if (bin >= 0 && bin < bins) {
            s[bin] = Numbers.rounded(value);
        }
        return this;
    }

    /** Takes the median of its bins from each series. */
    TrendTable lessMedians() {
        series.values().forEach(s -> {
            double[] sorted = Arrays.stream(s).filter(Objects::nonNull).mapToDouble(Double::doubleValue).sorted()
                    .toArray();
            if (sorted.length > 0) {
                double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
                Arrays.setAll(s, i -> s[i] == null ? null : Numbers.rounded(s[i] - median));
            }
        });
        return this;
    }

    View.Trend build() {
        List<Double> time = new ArrayList<>();
        List<List<Double>> values = new ArrayList<>();
        series.keySet().forEach(k -> values.add(new ArrayList<>()));
        for (int b = 0; b < bins; b++) {
            int at = b;
            if (series.values().stream().noneMatch(s -> s[at] != null)) {
                continue;
            }
            time.add(Numbers.rounded((b + 0.5) * width));
            int k = 0;
            for (Double[] s : series.values()) {
                values.get(k++).add(s[b]);
            }
        }
        return new View.Trend(title, unit, time, List.copyOf(series.keySet()), values);
    }

}
