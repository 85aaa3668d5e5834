// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.Sxi;

/** An explanation for a terminal of 100 columns. Grids have RAWX to the right and RAWY up. */
final class ExplainText {
    private static final int ABREAST = 3;
    private static final String GAP = "    ";

    private final Explanation e;
    private final List<String> lines = new ArrayList<>();

    ExplainText(Explanation e) {
        this.e = e;
    }

    /** All lines. */
    List<String> lines() {
        head();
        pulses();
        calibration();
        grading();
        results();
        return lines;
    }

    private Object at(String column) {
        return e.event().getOrDefault(column, "-");
    }

    private String pair(String x, String y) {
        return "(" + at(x) + ", " + at(y) + ")";
    }

    private void head() {
        lines.add("event " + e.row() + " of " + e.file());
        e.notes().forEach(n -> lines.add("note: " + n));
        lines.add("");
        lines.add(String.format("  TIME %.6f s  (%s)", (Double) at("TIME"), at("date")));
        lines.add("  CCD_ID " + at("CCD_ID") + ", segment " + at("segment") + ", node " + at("node"));
        lines.add("  RAW " + pair("RAWX", "RAWY") + "   ACT " + pair("ACTX", "ACTY") + "   DET " + pair("DETX", "DETY")
                + "   SKY " + pair("X", "Y"));
    }

    private void pulses() {
        title("raw pulse heights (RAWX to the right, RAWY up; * outer pixel at the split threshold, x masked)");
        grid(2, k -> e.raw()[k] == Sxi.NULL_PULSE_HEIGHT ? "     -  " : String.format("%6d%s ", e.raw()[k],
                e.outer().contains(k) ? "*" : e.masked().contains(k) ? "x" : " ")).forEach(l -> lines.add("  " + l));
        title("3x3 after each step, channels");
        for (int from = 0; from < e.steps().size(); from += ABREAST) {
            List<Explanation.Step> row = e.steps().subList(from, Math.min(e.steps().size(), from + ABREAST));
            List<List<String>> grids = row.stream()
                    .map(s -> grid(1, k -> String.format("%9.2f", s.pulses()[k]))).toList();
            StringBuilder names = new StringBuilder("  ");
            row.forEach(s -> names.append(String.format("%-27s", s.name())).append(GAP));
            lines.add(names.toString().stripTrailing());
            for (int y = 0; y < ABREAST; y++) {
                int line = y;
                lines.add("  " + String.join(GAP, grids.stream().map(g -> g.get(line)).toList()));
            }
            if (from + ABREAST < e.steps().size()) {
                lines.add("");
            }
        }
    }

    /** Rows of a grid of pixels, the highest RAWY first. */
    private static List<String> grid(int reach, IntFunction<String> cell) {
        List<String> out = new ArrayList<>();
        for (int y = reach; y >= -reach; y--) {
            StringBuilder b = new StringBuilder();
            for (int x = -reach; x <= reach; x++) {
                for (int k = 0; k < EventPixels.ALL; k++) {
                    if (EventPixels.dx(k) == x && EventPixels.dy(k) == y) {
                        b.append(cell.apply(k));
                    }
                }
            }
            out.add(b.toString());
        }
        return out;
    }

    private void calibration() {
        title("calibration");
        int width = e.calibration().stream().mapToInt(c -> c.file().length()).max().orElse(1);
        e.calibration().forEach(c -> lines.add(String.format("  %-13s %-" + (width + 4) + "s index row %d%s", c.kind(),
                c.file() + "+" + c.extension(), c.indexRow(),
                c.tableRow() > 0 ? ", table row " + c.tableRow() + " of its time" : "")));
    }

    private void grading() {
        title("grade");
        if (e.thresholds().isEmpty()) {
            lines.add("  none: " + e.energy());
        }
        int n = 1;
        for (Explanation.Threshold t : e.thresholds()) {
            List<String> hits = grid(1, k -> t.pixels().contains(k) ? " #" : " .");
            lines.add(String.format("  %s   threshold %d: %.3f channels, sum %.2f", hits.get(0), n++,
                    t.step().threshold(), t.step().sum()));
            lines.add(String.format("  %s   shape (3x3 grade) %d -> grade %d", hits.get(1), t.step().shape(),
                    t.step().grade()));
            lines.add(String.format("  %s   %s", hits.get(2), t.rule()));
        }
    }

    private void results() {
        title("results");
        for (Explanation.Value v : e.values()) {
            lines.add(String.format("  %-7s %s%s", v.name(), v.file(), v.same() ? ""
                    : "   <- differs: recomputed " + v.here()));
        }
        e.values().stream().filter(v -> v.name().equals("PI") && !v.file().equals(Explanation.NULL))
                .forEach(v -> lines.add(String.format("  energy  %.0f eV", Sxi.energy(Integer.parseInt(v.file())))));
        e.flags().forEach(f -> lines.add(String.format("    flag %2d  %s", f.number(), f.meaning())));
        lines.add("");
        lines.add(e.kept() ? "kept by the screening" : "dropped by the screening:");
        e.why().forEach(w -> lines.add("  " + w));
    }

    private void title(String text) {
        lines.add("");
        lines.add(text);
    }
}
