// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.closure;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;

/**
 * Good events of one line beside their true photons. An event belongs to the only photon of its segment and frame whose
 * pixel is its centre or touches it.
 */
final class MatchedLine {
    private static final double WINDOW = 300;
    private static final double CHANNEL = 6;

    /** Found minus true energy, eV, by photon. */
    private final Map<Long, Found> found = new HashMap<>();

    /** One event: residual in eV, ACTY, RAWX, GRADE. */
    private record Found(double residual, int actY, int rawX, int grade) {
    }

    private MatchedLine() {
    }

    private static long key(double time, int ccd, int segment, int x, int y) {
        return (((Math.round(time * 10) * 4 + ccd) * 2 + segment) * 1024 + x) * 1024 + y;
    }

    /** Matches the events of a reduced file with photons of an energy range, eV. */
    static MatchedLine of(Path photons, Path events, double low, double high) {
        Map<Long, Double> truth = new HashMap<>();
        try (FitsReader f = FitsReader.open(photons); EventChunk p = f.whole(f.hdus().get(1))) {
            double[] time = p.doubles("TIME");
            double[] energy = p.doubles("ENERGY");
            int[][] at = {p.ints("CCD_ID"), p.ints("SEGMENT"), p.ints("RAWX"), p.ints("RAWY")};
            for (int i = 0; i < time.length; i++) {
                truth.merge(key(time[i], at[0][i], at[1][i], at[2][i], at[3][i]), energy[i], (a, b) -> Double.NaN);
            }
        }
        MatchedLine line = new MatchedLine();
        try (FitsReader f = FitsReader.open(events); EventChunk e = f.whole(f.need("EVENTS"))) {
            double[] time = e.doubles("TIME");
            long[] status = e.longs("STATUS");
            int[][] at = {e.ints("CCD_ID"), e.ints("SEGMENT"), e.ints("RAWX"), e.ints("RAWY"), e.ints("GRADE"),
                    e.ints("PI"), e.ints("ACTY")};
            for (int i = 0; i < time.length; i++) {
                if ((status[i] & 1) == 0 && at[4][i] <= 6 && at[4][i] >= 0 && at[4][i] != 1 && at[4][i] != 5) {
                    line.take(truth, time[i], new int[] {at[0][i], at[1][i], at[2][i], at[3][i]},
                            new Found(CHANNEL * (at[5][i] + 0.5), at[6][i], at[2][i], at[4][i]), low, high);
                }
            }
        }
        return line;
    }

    private void take(Map<Long, Double> truth, double time, int[] at, Found event, double low, double high) {
        int photons = 0;
        long which = 0;
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                long k = key(time, at[0], at[1], at[2] + dx, at[3] + dy);
                if (truth.containsKey(k)) {
                    photons++;
                    which = k;
                }
            }
        }
        double energy = photons == 1 ? truth.get(which) : Double.NaN;
        double residual = event.residual - energy;
        if (energy > low && energy < high && Math.abs(residual) < WINDOW) {
            found.put(which, new Found(residual, event.actY, event.rawX, event.grade));
        }
    }

    /** Residuals, eV. */
    SummaryStatistics residuals() {
        return residuals(-1);
    }

    /** Residuals of one grade, or of all for -1, eV. */
    SummaryStatistics residuals(int grade) {
        SummaryStatistics s = new SummaryStatistics();
        found.values().stream().filter(f -> grade < 0 || f.grade == grade).forEach(f -> s.addValue(f.residual));
        return s;
    }

    /** Standard deviation as a full width at half maximum, eV. */
    double fwhm() {
        return 2 * Math.sqrt(2 * Math.log(2)) * residuals().getStandardDeviation();
    }

    /**
     * Residuals of this reduction minus those of another for the same photons, eV; one grade of this one, or -1 for
     * all.
     */
    SummaryStatistics minus(MatchedLine other, int grade) {
        SummaryStatistics s = new SummaryStatistics();
        found.forEach((k, f) -> {
            if (other.found.containsKey(k) && (grade < 0 || f.grade == grade && other.found.get(k).grade == grade)) {
                s.addValue(f.residual - other.found.get(k).residual);
            }
        });
        return s;
    }

    /** Difference to another reduction, eV, along ACTY, rows. */
    SimpleRegression alongActY(MatchedLine other) {
        SimpleRegression s = new SimpleRegression();
        found.forEach((k, f) -> {
            if (other.found.containsKey(k)) {
                s.addData(f.actY, f.residual - other.found.get(k).residual);
            }
        });
        return s;
    }

    /** Mean residual of odd columns minus that of even ones, eV. */
    double oddMinusEven() {
        SummaryStatistics[] s = {new SummaryStatistics(), new SummaryStatistics()};
        found.values().forEach(f -> s[f.rawX & 1].addValue(f.residual));
        return s[1].getMean() - s[0].getMean();
    }
}
