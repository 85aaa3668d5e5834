// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xtendsxi.caldb.command.TruthCheck.Verdict;

/** Counts of a comparison and the verdicts on them; limits come from frames-and-science section 4. */
final class Scores {
    private static final double LINE_LOW = 5800;
    private static final double LINE_HIGH = 6000;
    private static final double BAND_LOW = 1000;
    private static final double BAND_HIGH = 10_000;
    private static final int ENOUGH = 100;
    private static final double FOUND = 0.95;
    private static final double OFFSET = 10;
    private static final double WIDTH_LOW = 155;
    private static final double WIDTH_HIGH = 185;
    private static final double FALSE_EVENTS = 0.01;
    /** Measured branching ratios of Mn K-alpha among the good grades (frames-and-science section 4.2), percent. */
    private static final double[] BRANCHES = {26.8, 25.6, 25.1, 22.6};
    private static final int[][] GRADES = {{0}, {2}, {3, 4}, {6}};
    private static final double BRANCH = 2;

    private final LineTally line = new LineTally();
    private long lineLost;
    private long bandFound;
    private long bandLost;
    private long events;
    private long unexplained;

    /** An isolated photon that no event belongs to. */
    void lost(double energy) {
        lineLost += isLine(energy) ? 1 : 0;
        bandLost += isBand(energy) ? 1 : 0;
    }

    /** An isolated photon with its event. */
    void found(double energy, int grade, double measured) {
        bandFound += isBand(energy) ? 1 : 0;
        if (isLine(energy)) {
            line.add(grade, measured - energy);
        }
    }

    /** An event of good grade. */
    void event(boolean withoutPhoton) {
        events++;
        unexplained += withoutPhoton ? 1 : 0;
    }

    private static boolean isLine(double energy) {
        return energy >= LINE_LOW && energy <= LINE_HIGH;
    }

    private static boolean isBand(double energy) {
        return energy >= BAND_LOW && energy <= BAND_HIGH;
    }

    /** The verdicts; those on the line only if it was seen. */
    List<Verdict> verdicts() {
        List<Verdict> out = new ArrayList<>();
        if (bandFound + bandLost >= ENOUGH) {
            out.add(efficiency("photons 1-10 keV found, %", bandFound, bandLost));
        }
        if (line.events() >= ENOUGH) {
            out.add(efficiency("Mn Ka photons found, %", line.events(), lineLost));
            out.add(new Verdict("Mn Ka energy minus truth, eV", text("%.1f", line.mean()), "0",
                    Math.abs(line.mean()) <= OFFSET, "within " + text("%.0f", OFFSET) + " eV"));
            out.add(new Verdict("Mn Ka FWHM, eV", text("%.1f", line.width()), "161-180",
                    line.width() >= WIDTH_LOW && line.width() <= WIDTH_HIGH,
                    text("%.0f to %.0f eV", WIDTH_LOW, WIDTH_HIGH)));
            for (int i = 0; i < GRADES.length; i++) {
                branch(i, out);
            }
        }
        if (events > 0) {
            double share = (double) unexplained / events;
            out.add(new Verdict("events without a photon, %", text("%.2f", 100 * share), "0", share <= FALSE_EVENTS,
                    text("at most %.0f %%", 100 * FALSE_EVENTS)));
        }
        return out;
    }

    private static Verdict efficiency(String what, long found, long lost) {
        double share = (double) found / (found + lost);
        return new Verdict(what, text("%.2f", 100 * share), "100", share >= FOUND, text("at least %.0f %%", 100 * FOUND));
    }

    /** Shares may differ by two points, and by three standard deviations of their statistics. */
    private void branch(int i, List<Verdict> out) {
        double share = 100 * line.share(GRADES[i]);
        double statistics = 3 * Math.sqrt(BRANCHES[i] * (100 - BRANCHES[i]) / line.events());
        StringBuilder name = new StringBuilder("Mn Ka in grade ");
        for (int k = 0; k < GRADES[i].length; k++) {
            name.append(k > 0 ? "+" : "").append(GRADES[i][k]);
        }
        out.add(new Verdict(name.append(", %").toString(), text("%.1f", share), text("%.1f", BRANCHES[i]),
                Math.abs(share - BRANCHES[i]) <= BRANCH + statistics, text("within %.1f points", BRANCH + statistics)));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
