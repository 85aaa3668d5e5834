// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xtendsxi.caldb.command.TruthCheck.Verdict;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;

/**
 * Limits. Every limit is one of the physics of the simulated camera (frames-and-science sections 3 and 4), widened by
 * three standard errors of the sample, so that a short observation is judged as fairly as a long one. A quantity is
 * judged if the truth has enough photons for it; what was found never decides that.
 */
final class Judgement {
    private static final double FWHM = 2 * Math.sqrt(2 * Math.log(2));
    private static final double SIGMAS = 3;
    private static final long ENOUGH = 100;
    private static final double LINE_ALL = 0.93;
    private static final double LINE_ALONE = 0.96;
    private static final double OTHER_ALONE = 0.95;
    private static final double SHIFT = 3;
    private static final double LINE_SIGMA = 75;
    private static final double NARROWEST = 160;
    private static final double WIDEST = 185;
    /** Shares of grades 0, 2, 3+4 and 6 among the good grades: row 0.110/5.4 of frames-and-science section 4.3. */
    private static final double[] BRANCHES = {0.2655, 0.2582, 0.2589, 0.2174};
    private static final double BRANCH = 0.015;
    private static final double FALSE_FAR = 0.01;
    private static final double FALSE_HOT = 0.02;
    private static final double CENTROID = 0.1;
    private static final double SKY = 0.2;
    private static final double PIXEL_SIGMA = 1 / Math.sqrt(12);

    private final SimulationConfig config;
    private final Tally t;
    private final int cycles;
    private final List<Verdict> out = new ArrayList<>();

    /**
     * Prepares.
     *
     * @param config what was simulated
     * @param tally what became of it
     * @param cycles cycles in good time
     */
    Judgement(SimulationConfig config, Tally tally, int cycles) {
        this.config = config;
        this.t = tally;
        this.cycles = cycles;
    }

    /** The verdicts, the most telling first. */
    List<Verdict> verdicts() {
        if (t.lineAlone >= ENOUGH) {
            share("Mn Ka photons found, %", t.lineFound, t.line, LINE_ALL, "95-97, pile-up and edges lose the rest");
            share("Mn Ka photons found, alone and not at an edge, %", t.lineAloneFound, t.lineAlone, LINE_ALONE,
                    "97-98, noise spoils the grade of the rest");
            line();
        }
        if (t.otherAlone >= ENOUGH) {
            share("other photons above 1 keV found, alone and not at an edge, %", t.otherAloneFound, t.otherAlone,
                    OTHER_ALONE, "97 or more");
        }
        falseEvents("good events without a photon, away from hot pixels", t.falseFar, 1 + FALSE_FAR * cycles, "");
        falseEvents("good events of hot pixels above 0.6 keV", t.falseHot,
                1 + FALSE_HOT * cycles + SIGMAS * Math.sqrt(FALSE_HOT * cycles),
                ", and " + t.falseHotSoft + " below 0.6 keV");
        if (t.point >= ENOUGH) {
            centroid();
            if (t.skyX.count() > 0) {
                sky();
            }
        }
        return out;
    }

    private void share(String what, long found, long all, double limit, String expected) {
        double slack = SIGMAS * Math.sqrt(limit * (1 - limit) / all);
        out.add(new Verdict(what, "%s (%d of %d)".formatted(one(100.0 * found / all), found, all), expected,
                found >= (limit - slack) * all, "at least " + one(100 * (limit - slack))));
    }

    private void line() {
        double slack = SIGMAS * LINE_SIGMA / Math.sqrt(t.lineAlone);
        double shift = t.residual.mean();
        out.add(new Verdict("mean energy of Mn Ka minus truth, eV", one(shift), "0",
                Math.abs(shift) <= SHIFT + slack, "within " + one(SHIFT + slack)));
        boolean all = config.effects().containsAll(List.of(Effect.NOISE, Effect.FANO, Effect.SPREAD));
        if (all) {
            branch("grade 0", t.grades[0], BRANCHES[0]);
            branch("grade 2", t.grades[2], BRANCHES[1]);
            branch("grades 3 and 4", t.grades[3] + t.grades[4], BRANCHES[2]);
            branch("grade 6", t.grades[6], BRANCHES[3]);
        }
        double width = FWHM * t.residual.deviation();
        double widthSlack = SIGMAS / Math.sqrt(2.0 * t.lineAlone);
        double low = all ? NARROWEST * (1 - widthSlack) : 0;
        double high = WIDEST * (1 + widthSlack);
        out.add(new Verdict("FWHM of Mn Ka, eV", one(width), all ? "170-182" : "less than the full simulation",
                width >= low && width <= high, one(low) + "-" + one(high)));
    }

    private void branch(String grade, long found, double expected) {
        double share = (double) found / t.lineAloneFound;
        double limit = BRANCH + SIGMAS * Math.sqrt(expected * (1 - expected) / t.lineAlone);
        out.add(new Verdict("Mn Ka events of " + grade + ", %", one(100 * share), one(100 * expected),
                Math.abs(share - expected) <= limit, "within " + one(100 * limit) + " points"));
    }

    private void falseEvents(String what, long found, double limit, String more) {
        out.add(new Verdict(what + ", in " + cycles + " cycles", found + more, "0", found <= limit,
                "at most " + (long) limit));
    }

    private void centroid() {
        double off = Math.hypot(t.shiftX.mean(), t.shiftY.mean());
        double limit = CENTROID + SIGMAS * PIXEL_SIGMA / Math.sqrt(t.point);
        out.add(new Verdict("centroid of the point source on the CCD minus truth, pixel",
                "%s (%d events)".formatted(two(off), t.shiftX.count()), "0", off <= limit, "within " + two(limit)));
    }

    /** Rotation and mirror image do not change how far the centroid is from the aim point. */
    private void sky() {
        double found = Math.hypot(t.skyX.mean(), t.skyY.mean());
        double truth = Math.hypot(t.trueX.mean(), t.trueY.mean());
        double limit = SKY + SIGMAS * PIXEL_SIGMA / Math.sqrt(t.point);
        out.add(new Verdict("distance of the point source's centroid from the nominal pointing, sky pixel",
                two(found), two(truth),
                Math.abs(found - truth) <= limit, "within " + two(limit) + " of the truth"));
    }

    private static String one(double v) {
        return String.format(Locale.ROOT, "%.1f", v);
    }

    private static String two(double v) {
        return String.format(Locale.ROOT, "%.2f", v);
    }
}
