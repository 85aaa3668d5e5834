// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.table.GradePatternTable;
import org.xtendsxi.pipeline.correction.ChargeTrailCorrection;
import org.xtendsxi.pipeline.correction.CtiCorrection;
import org.xtendsxi.pipeline.correction.CtiLosses;
import org.xtendsxi.pipeline.correction.EvenOddCorrection;
import org.xtendsxi.pipeline.energy.GainConversion;
import org.xtendsxi.pipeline.energy.PulseStart;
import org.xtendsxi.pipeline.energy.StartColumn;
import org.xtendsxi.pipeline.grade.Grader;
import org.xtendsxi.pipeline.grade.SplitThreshold;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.PulseColumns;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.EventStep;

/**
 * The energy chain in one reading of the events (energy-chain section 5): start, even/odd columns, charge trail, CTI,
 * grade, gain; with two passes CTI and grade come twice, the second time with the grade dependence. The same numerics
 * as the single stages, without the intermediate columns. May be used by several threads at once.
 */
public final class EnergyChain implements EventStep {
    private static final int PIXELS = EventPixels.INNER;
    /** Events worked on together, so that their numbers stay in the cache. */
    private static final int BLOCK = 256;

    private final EnergySettings settings;
    private final PulseStart start;
    private final Optional<EvenOddCorrection> evenOdd;
    private final Optional<ChargeTrailCorrection> trail;
    private final Optional<CtiCorrection> cti;
    private final Optional<Grader> grader;
    private final Optional<GainConversion> gain;
    /** Working memory that no thread uses at the moment. */
    private final Queue<CtiLosses> spare = new ConcurrentLinkedQueue<>();

    /** Makes the chain; a table that a step needs but that is absent is a calibration error. */
    public EnergyChain(EnergySettings settings, Readout readout, EnergyTables tables) {
        this.settings = settings;
        Compat compat = settings.compat();
        EnergySettings.Corrections on = settings.corrections();
        start = new PulseStart(new PulseStart.Settings(settings.startcol(), settings.negthre(), settings.random(),
                compat), readout);
        boolean stuck = compat.keeps(Fault.GEOMETRY_STUCK) && !on.evnoddcor();
        evenOdd = on.evnoddcor() || on.vtcor()
                ? Optional.of(new EvenOddCorrection(
                        new EvenOddCorrection.Settings(on.vtcor(), on.evnoddcor(), settings.deltatime(), compat),
                        readout,
                        EnergyTables.need(tables.evenOdd(), "even/odd", "evnoddcor or vtcor"), tables.temperature()))
                        .filter(s -> settings.before(StartColumn.PHAS_EVENODD))
                : Optional.empty();
        trail = on.chtrailcor()
                ? Optional.of(new ChargeTrailCorrection(
                        new ChargeTrailCorrection.Settings(stuck, on.chtrailall(), compat), readout,
                        EnergyTables.need(tables.trail(), "charge-trail", "chtrailcor")))
                        .filter(s -> settings.before(StartColumn.PHAS_TRAILCORR))
                : Optional.empty();
        cti = on.cticor()
                ? Optional.of(new CtiCorrection(new CtiCorrection.Settings(settings.phcut(), stuck, compat), readout,
                        EnergyTables.need(tables.cti(), "CTI", "cticor")))
                        .filter(s -> settings.before(StartColumn.PHAS_CTICORR))
                : Optional.empty();
        grader = settings.before(StartColumn.PHA) ? Optional.of(grader(tables)) : Optional.empty();
        gain = on.gaincor()
                ? Optional.of(new GainConversion(EnergyTables.need(tables.gain(), "gain", "gaincor"), compat))
                : Optional.empty();
    }

    private Grader grader(EnergyTables tables) {
        EnergySettings.Split s = settings.split();
        Compat compat = settings.compat();
        SplitThreshold threshold = s.spthcaldb()
                ? SplitThreshold.of(EnergyTables.need(tables.split(), "split-threshold", "spthcaldb"), compat)
                : SplitThreshold.of(s.spthoffset(), s.spthslope(), compat);
        GradePatternTable pattern = settings.startcol() == StartColumn.PHA ? GradePatternTable.empty()
                : EnergyTables.need(tables.pattern(), "hit-pattern", "startcol other than PHA: patternfile");
        return new Grader(new Grader.Settings(s.badpixopt(), s.spthiter(), compat), threshold, pattern);
    }

    /** A chunk that has passed the tests at the start. */
    record Started(PulseBatch batch, double[] pulses, int cursor) {
    }

    /** Whether the temperature depends on the order of events, so that chunks must be started one after the other. */
    boolean ordered() {
        return settings.compat().keeps(Fault.TEMPERATURE_SEARCH) && evenOdd.isPresent();
    }

    /** First part: tests and working pulse heights. */
    Started start(EventChunk chunk, int cursor) {
        PulseStart.copyGrade(chunk);
        PulseBatch b = PulseBatch.of(chunk);
        double[] w = start.apply(b);
        PulseStart.blank(b, w);
        EvenOddCorrection.flagNullTimes(b);
        return new Started(b, w, cursor);
    }

    /** Position in the temperatures after a chunk. */
    int advance(Started s) {
        return evenOdd.map(e -> e.advance(s.batch(), s.cursor())).orElse(s.cursor());
    }

    @Override
    public void process(EventChunk chunk) {
        finish(start(chunk, 0));
    }

    /** Second part: everything else. */
    void finish(Started s) {
        PulseBatch b = s.batch();
        EventChunk chunk = b.chunk();
        int n = b.rows();
        double[] w = s.pulses();
        boolean debug = PulseColumns.debug().stream().anyMatch(c -> chunk.has(c.name()));
        double[] afterEvenOdd = debug ? new double[n * PIXELS] : w;
        double[] afterTrail = debug ? new double[n * PIXELS] : w;
        double[] corrected = cti.isPresent() ? new double[n * PIXELS] : w;
        Grader.Result result = new Grader.Result(n);
        CtiLosses losses = Objects.requireNonNullElseGet(spare.poll(), () -> new CtiLosses(BLOCK));
        Passes passes = new Passes(b, w, corrected, result, losses);
        int cursor = s.cursor();
        for (int from = 0; from < n; from += BLOCK) {
            int to = Math.min(n, from + BLOCK);
            int first = from;
            int before = cursor;
            cursor = evenOdd.map(e -> e.apply(b, first, to, w, before)).orElse(before);
            keep(w, afterEvenOdd, from, to);
            trail.ifPresent(t -> t.apply(b, first, to, w));
            keep(w, afterTrail, from, to);
            passes.run(from, to);
        }
        spare.add(losses);
        write(b, result, passes);
        if (debug) {
            put(chunk, PulseColumns.PHAS_EVENODD, afterEvenOdd);
            put(chunk, PulseColumns.PHAS_TRAILCORR, afterTrail);
            put(chunk, PulseColumns.PHAS_CTICORR, corrected);
        }
        if (grader.isPresent() && chunk.has(PulseColumns.PHA_SPTH.name())
                && chunk.has(PulseColumns.GRADE_SPTH.name())) {
            chunk.put(PulseColumns.PHA_SPTH.name(), Grader.channels(result.firstSum()));
            chunk.put(PulseColumns.GRADE_SPTH.name(), result.firstGrade());
        }
    }

    private static void put(EventChunk chunk, Column column, double[] values) {
        if (chunk.has(column.name())) {
            chunk.put(column.name(), values);
        }
    }

    private static void keep(double[] from, double[] to, int first, int last) {
        if (from != to) {
            System.arraycopy(from, first * PIXELS, to, first * PIXELS, (last - first) * PIXELS);
        }
    }

    /** CTI and grade, once or twice. */
    private final class Passes {
        private final PulseBatch b;
        private final double[] in;
        private final double[] out;
        private final Grader.Result result;
        private final CtiLosses losses;
        private final int[] grade;
        private final int[] pha;

        Passes(PulseBatch b, double[] in, double[] out, Grader.Result result, CtiLosses losses) {
            this.losses = losses;
            this.b = b;
            this.in = in;
            this.out = out;
            this.result = result;
            boolean before = settings.passes() == 1 && (settings.corrections().ctigrade()
                    || settings.corrections().usegoffset()) || settings.startcol() == StartColumn.PHA;
            grade = before ? b.ints("GRADE") : new int[b.rows()];
            pha = before ? b.ints("PHA") : new int[b.rows()];
        }

        void run(int from, int to) {
            EnergySettings.Corrections on = settings.corrections();
            cti.ifPresent(c -> c.losses(b, from, to, in, losses));
            if (settings.passes() == 2 && cti.isPresent()) {
                pass(from, to, on.gradeFree());
                for (int i = from; i < to; i++) {
                    grade[i] = result.grade()[i];
                    pha[i] = Grader.channel(result.sum()[i]);
                }
            }
            if (settings.passes() == 1 || on.ctigrade() || on.usegoffset() || cti.isEmpty()) {
                pass(from, to, on);
            }
        }

        private void pass(int from, int to, EnergySettings.Corrections on) {
            cti.ifPresent(c -> {
                CtiCorrection.Before before = new CtiCorrection.Before(grade, pha, on.ctigrade(), on.usegoffset());
                c.restore(b, from, to, in, losses, c.dependence(b, from, to, before), out);
            });
            grader.ifPresent(g -> g.apply(b, from, to, out, result));
        }
    }

    private void write(PulseBatch b, Grader.Result result, Passes passes) {
        EventChunk chunk = b.chunk();
        boolean fromPha = settings.startcol() == StartColumn.PHA;
        double[] sum = result.sum();
        if (fromPha && (gain.isPresent() || grader.isEmpty())) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] = b.reason()[i] != 0 ? Double.NaN : passes.pha[i];
            }
        }
        int[] pha = Grader.channels(sum);
        int[] pi = pha;
        if (gain.isPresent()) {
            pi = new int[pha.length];
            gain.get().apply(b, sum, pi);
        }
        chunk.put("PHA", pha);
        chunk.put("PI", pi);
        if (grader.isPresent()) {
            chunk.put("GRADE", result.grade());
        } else {
            Grader.flagNulls(b, 0, b.rows());
        }
        b.store();
    }
}
