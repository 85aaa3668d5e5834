// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.calib.common.Finding;

/**
 * What was found of one segment.
 *
 * @param segmentRow {@link org.xtendsxi.caldb.table.SegmentRow}
 * @param model geometry
 * @param fit the fit
 * @param points peaks it was made from; the line counts among the lines of this segment
 * @param result its result
 * @param lines numbers of the lines, among those asked for
 * @param events events
 * @param columns second reading
 */
record SegmentCti(int segmentRow, CtiModel model, CtiFit fit, List<CtiFit.Point> points, CtiFit.Result result,
        int[] lines,
        long events, CtiColumnTally columns) {

    /**
     * Findings: the parameters of the segment, and the departures of its columns if they are wanted. A column with
     * anomalous rows has none: its loss is that of its segment and of the anomaly.
     */
    List<Finding> findings(Optional<Double> scatter, List<CtiRows.Anomaly> anomalies) {
        List<Finding> out = new ArrayList<>();
        for (CtiTerm t : CtiTerm.values()) {
            out.add(new Finding(segmentRow, -1, t.column(), t.unit(), result.values()[t.ordinal()],
                    result.errors()[t.ordinal()], result.chi2(), result.degrees(), events));
        }
        scatter.ifPresent(s -> {
            List<CtiColumnTally.Departure> all = columns.departures(s);
            for (int x = 0; x < all.size(); x++) {
                if (CtiRows.Anomaly.in(anomalies, x)) {
                    continue;
                }
                CtiColumnTally.Departure d = all.get(x);
                double f = result.values()[CtiTerm.F_NORM.ordinal()];
                double slow = result.values()[CtiTerm.S_NORM.ordinal()];
                out.add(new Finding(segmentRow, x, CtiTerm.F_NORM.column(), "", f * (1 + d.fast()), f * d.fastError(),
                        result.chi2(), result.degrees(), d.counts()));
                out.add(new Finding(segmentRow, x, CtiTerm.S_NORM.column(), "", slow * (1 + d.slow()),
                        slow * d.slowError(), result.chi2(), result.degrees(), d.counts()));
            }
        });
        return out;
    }
}
