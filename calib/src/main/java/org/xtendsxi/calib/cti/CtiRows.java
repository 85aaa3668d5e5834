// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.Finding;

/** Puts what was found into the rows of the CTI table. */
final class CtiRows {
    private static final int COLUMNS = Sxi.RAW_COLUMNS;

    private final Map<Integer, SegmentCti> found;
    private final double scatter;
    private final Map<Integer, List<Anomaly>> anomalies;

    /**
     * A column with anomalous rows.
     *
     * @param rawX column
     * @param actX column of the CCD
     * @param stretch rows
     */
    record Anomaly(int rawX, int actX, AnomalySearch.Stretch stretch) {
        /** Whether a column is among some. */
        static boolean in(List<Anomaly> all, int rawX) {
            return all.stream().anyMatch(a -> a.rawX == rawX);
        }

        /** Loss per transfer at PH_REF: that of normal transfers and the excess. */
        double norm(SegmentCti s) {
            return s.result().values()[CtiTerm.F_NORM.ordinal()] + stretch.loss() / s.columns().effectiveLoss();
        }

        Finding finding(SegmentCti s) {
            return new Finding(s.segmentRow(), rawX, "PARA_A_NORM", "", norm(s),
                    stretch.lossError() / s.columns().effectiveLoss(), stretch.gain(), 1,
                    s.columns().departures(1).get(rawX).counts());
        }
    }

    /**
     * Rows to write.
     *
     * @param found what was found, by segment row
     * @param scatter scatter of columns, 0 for one value per segment
     * @param anomalies new anomalous columns by segment row
     */
    CtiRows(Map<Integer, SegmentCti> found, double scatter, Map<Integer, List<Anomaly>> anomalies) {
        this.found = found;
        this.scatter = scatter;
        this.anomalies = anomalies;
    }

    /** New anomalous columns; those that the table in force knows are left as they are. */
    static Map<Integer, List<Anomaly>> search(Map<Integer, SegmentCti> found, CtiTable old, double threshold) {
        Map<Integer, List<Anomaly>> out = new TreeMap<>();
        found.forEach((s, f) -> {
            List<Anomaly> all = new ArrayList<>();
            for (int x = 0; x < COLUMNS; x++) {
                int rawX = x;
                int actX = ReadNode.actX(s >> 1 & 1, s & 1, x);
                double[][] r = f.columns().residuals(x);
                if (!old.anomalies().has(s >> 2, actX)) {
                    AnomalySearch.find(r[0], r[1], CtiColumnTally.BIN, threshold)
                            .ifPresent(a -> all.add(new Anomaly(rawX, actX, a)));
                }
            }
            out.put(s, all);
        });
        return out;
    }

    /** Changes the rows of the measured segments. */
    void change(EventChunk t) {
        int[] ccd = t.ints("CCD_ID");
        int[] segment = t.ints("SEGMENT");
        int[] node = t.ints("READNODE");
        for (CtiTerm term : CtiTerm.values()) {
            double[] v = t.doubles(term.column());
            for (int r = 0; r < ccd.length; r++) {
                SegmentCti f = found.get(SegmentRow.of(ccd[r], segment[r], node[r]));
                if (f != null) {
                    System.arraycopy(columns(f, term, anomalies.getOrDefault(f.segmentRow(), List.of())), 0, v,
                            r * COLUMNS, COLUMNS);
                }
            }
            t.put(term.column(), v);
        }
        for (String what : List.of("NORM", "PROB", "SCALE", "INDEX")) {
            double[] v = t.doubles("PARA_A_" + what);
            for (int r = 0; r < ccd.length; r++) {
                SegmentCti f = found.get(SegmentRow.of(ccd[r], segment[r], node[r]));
                for (Anomaly a : anomalies.getOrDefault(SegmentRow.of(ccd[r], segment[r], node[r]), List.of())) {
                    v[r * COLUMNS + a.rawX()] = what.equals("NORM") ? a.norm(f)
                            : f.result().values()[CtiTerm.valueOf("F_" + what).ordinal()];
                }
            }
            t.put("PARA_A_" + what, v);
        }
    }

    private double[] columns(SegmentCti f, CtiTerm term, List<Anomaly> anomalous) {
        double[] out = new double[COLUMNS];
        java.util.Arrays.fill(out, f.result().values()[term.ordinal()]);
        boolean fast = term == CtiTerm.F_NORM;
        if (scatter > 0 && (fast || term == CtiTerm.S_NORM)) {
            List<CtiColumnTally.Departure> d = f.columns().departures(scatter);
            java.util.Arrays.setAll(out, x -> Anomaly.in(anomalous, x) ? out[x]
                    : out[x] * (1 + (fast ? d.get(x).fast() : d.get(x).slow())));
        }
        return out;
    }

    /** Changes the table of anomalous rows. */
    static Consumer<EventChunk> anomalyTable(Map<Integer, List<Anomaly>> anomalies) {
        return t -> {
            if (!t.has("ANOMALY_MIN")) {
                return;
            }
            int[] ccd = t.ints("CCD_ID");
            int[] x = t.ints("ACTX");
            int[] min = t.ints("ANOMALY_MIN");
            int[] max = t.ints("ANOMALY_MAX");
            anomalies.forEach((s, all) -> all.forEach(a -> {
                for (int r = 0; r < ccd.length; r++) {
                    if (ccd[r] == s >> 2 && x[r] == a.actX()) {
                        min[r] = a.stretch().min();
                        max[r] = a.stretch().max();
                    }
                }
            }));
            t.put("ANOMALY_MIN", min);
            t.put("ANOMALY_MAX", max);
        };
    }
}
