// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.NaturalPeak;

/**
 * What was found of one segment.
 *
 * @param segmentRow {@link org.xtendsxi.caldb.table.SegmentRow}
 * @param old gain in force
 * @param peaks peaks by line, empty where there is none
 * @param fit new gain
 * @param drift its drift, if bins of time were asked for
 */
record SegmentGain(int segmentRow, GainCurve old, List<Optional<NaturalPeak>> peaks, GainFit fit,
        Optional<GainDrift> drift) {
    private static final String[] NAMES = {"OFFSET", "LINR", "QUAD"};
    private static final String[] UNITS = {"chan", "", "chan**-1"};

    /** Rows of FIT_RESULTS. */
    List<Finding> findings(GainTally tally) {
        List<Finding> out = new ArrayList<>();
        long n = peaks.stream().flatMap(Optional::stream).mapToLong(NaturalPeak::counts).sum();
        for (int i = 0; i < fit.values().length; i++) {
            boolean factor = fit.values().length == 1;
            out.add(new Finding(segmentRow, -1, factor ? "FACTOR" : NAMES[i], factor ? "" : UNITS[i], fit.values()[i],
                    fit.errors()[i], fit.chi2(), fit.degrees(), n));
        }
        for (int l = 0; l < peaks.size(); l++) {
            String line = tally.line(l).name();
            peaks.get(l).ifPresent(p -> {
                double scale = fit.curve().scale(p.centre());
                out.add(new Finding(segmentRow, -1, "PEAK " + line, "chan", p.centre(), p.centreError(), p.chi2(),
                        p.degrees(),
                        p.counts()));
                out.add(new Finding(segmentRow, -1, "FWHM " + line, "eV", p.fwhm() * scale,
                        p.fwhm() * scale * p.sigmaError() / p.sigma(), p.chi2(), p.degrees(), p.counts()));
            });
        }
        drift.flatMap(GainDrift::trend).ifPresent(t -> out.add(new Finding(segmentRow, -1, "DRIFT", "yr**-1", t.slope(),
                t.error(), t.chi2(), t.degrees(), n)));
        return out;
    }

    /** Gain of a bin of time. */
    GainCurve curve(int bin) {
        return drift.map(d -> fit.curve().times(d.at(bin))).orElse(fit.curve());
    }
}
