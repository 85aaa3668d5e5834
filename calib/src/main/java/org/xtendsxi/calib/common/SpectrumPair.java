// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.pipeline.plot.PointPlot.Series;

/** A line before and after a correction, for report pages. */
public final class SpectrumPair {
    private SpectrumPair() {
    }

    /** All histograms of two banks summed, as two lines of a plot. */
    public static List<Series> series(HistogramBank before, HistogramBank after) {
        return List.of(one("before", before), one("after", after));
    }

    private static Series one(String name, HistogramBank b) {
        int[] sum = b.sum(0, b.size());
        return Series.line(name, IntStream.range(0, b.bins()).mapToDouble(b::middle).toArray(),
                IntStream.of(sum).asDoubleStream().toArray());
    }

    /** Centroid and FWHM in words. */
    public static String words(Optional<Peak> peak) {
        return peak.map(p -> String.format(Locale.ROOT, "%.2f ± %.2f, FWHM %.2f ± %.2f", p.centre(), p.centreError(),
                p.fwhm(), p.fwhm() * p.sigmaError() / p.sigma())).orElse("no peak");
    }
}
