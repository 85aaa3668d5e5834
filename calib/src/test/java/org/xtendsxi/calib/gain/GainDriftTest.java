// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.calib.common.CalibrationLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.calib.common.Pulls;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.pipeline.bench.EventMaker;

/** Slope and chi-squared of a drift that is a straight line are distributed as they should be. */
@Tag("validation")
class GainDriftTest {
    private static final int EXPERIMENTS = 400;
    private static final int BINS = 8;
    private static final int PER_BIN = 600;
    private static final double WIDTH = 20 * 86400.0;
    private static final double YEAR = 365.25 * 86400;
    private static final double SLOPE = 0.02;
    private static final double ENERGY = 4510.8;
    private static final double SCALE = 6.15;
    private static final double SIGMA = 10;
    private static final int SEGMENT = SegmentRow.of(1, 0, 0);

    @Test
    void slopeAndChiSquaredAreThoseOfAStraightLine() {
        Caldb model = Caldb.model();
        CaldbEntry e = model.select(new CaldbQuery(CaldbKind.GAIN, "XRISM", "XTEND", OptionalDouble.of(61300),
                "DATAMODE.eq.WINDOW1.and.CISTATUS.eq.1"));
        GainTable gain = GainTable.load(new TableSource(model.file(e), Integer.toString(e.extension())),
                new TableChoice("WINDOW1", 1, 2.5e8, false));
        Pulls pulls = new Pulls();
        for (int seed = 0; seed < EXPERIMENTS; seed++) {
            GainDrift.Trend t = experiment(gain, Pulls.random(600 + seed));
            pulls.add("DRIFT", t.slope(), SLOPE, t.error());
            pulls.add("CHI2", t.chi2(), t.degrees(), Math.sqrt(2.0 * t.degrees()));
        }
        pulls.check();
    }

    private static GainDrift.Trend experiment(GainTable gain, RandomGenerator random) {
        GainTally.Times times = new GainTally.Times(0, WIDTH, BINS);
        GainTally tally = new GainTally(gain, CalibrationLine.parse(Double.toString(ENERGY)),
                new Selection(1, Selection.Source.ALL), 0.04, times);
        int n = BINS * PER_BIN;
        double[] time = new double[n];
        int[] pha = new int[n];
        for (int i = 0; i < n; i++) {
            time[i] = BINS * WIDTH * (i + 0.5) / n;
            double factor = 1 + SLOPE * (time[i] - BINS * WIDTH / 2) / YEAR;
            pha[i] = (int) Math.floor(ENERGY / SCALE / factor + SIGMA * random.nextGaussian());
        }
        try (EventChunk c = EventChunk.allocate(EventMaker.SCHEMA, 0, n)) {
            int[] one = new int[n];
            java.util.Arrays.fill(one, 1);
            c.put("CCD_ID", one);
            for (String zero : List.of("SEGMENT", "READNODE", "RAWX", "GRADE")) {
                c.put(zero, new int[n]);
            }
            c.put("ACTX", one);
            c.put("ACTY", one);
            c.put("STATUS", new long[n]);
            c.put("TIME", time);
            c.put("PHA", pha);
            tally.accept(c);
        }
        NaturalPeak p = tally.peak(0, SEGMENT).orElseThrow();
        GainFit fit = GainFit.of(tally.curve(SEGMENT), List.of(new GainFit.Measured(ENERGY, p.centre(),
                p.centreError())), 0, 0).orElseThrow();
        return Optional.of(GainDrift.of(tally, SEGMENT, fit, times)).flatMap(GainDrift::trend).orElseThrow();
    }
}
