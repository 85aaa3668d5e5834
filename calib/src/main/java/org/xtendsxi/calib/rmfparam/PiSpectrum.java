// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.LeastSquares;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.pipeline.measure.LineFit;

/** PI spectrum of the X-ray grades. */
final class PiSpectrum {
    private static final double NOISE_EV = 33;
    private static final double FANO_EV = 0.115 * 3.65;
    private static final double SIDE = 3;

    private final HistogramBank bank = new HistogramBank(1, 0, 1, Sxi.CHANNELS);
    private final Selection selection;

    PiSpectrum(Selection.Source source) {
        this.selection = new Selection(Grade.GOOD, source);
    }

    /**
     * Takes the events of a chunk.
     *
     * @param all spectra
     * @param of number of the spectrum of a {@link org.xtendsxi.caldb.table.SegmentRow}
     */
    static void accept(EventChunk c, List<PiSpectrum> all, IntUnaryOperator of) {
        Events e = Events.of(c, all.getFirst().selection);
        int[] pi = c.ints("PI");
        for (int i = 0; i < pi.length; i++) {
            if (e.use()[i]) {
                all.get(of.applyAsInt(e.segmentRow()[i])).bank.add(0, pi[i]);
            }
        }
    }

    /** Sum of spectra. */
    static PiSpectrum sum(List<PiSpectrum> all) {
        PiSpectrum out = new PiSpectrum(all.getFirst().selection.source());
        all.forEach(s -> out.bank.add(s.bank));
        return out;
    }

    /** Adds one event. */
    void add(double energy) {
        bank.add(0, energy / Sxi.EV_PER_CHANNEL);
    }

    int[] counts() {
        return bank.counts(0);
    }

    long events() {
        return bank.total(0);
    }

    /** Peak of a line near its energy. */
    Optional<NaturalPeak> peak(NaturalLine line, double reach) {
        double sigma = Math.hypot(NOISE_EV, Math.sqrt(FANO_EV * line.energy())) / Sxi.EV_PER_CHANNEL;
        return NaturalPeak.fit(bank, counts(), line.table(), Sxi.EV_PER_CHANNEL, line.energy() / Sxi.EV_PER_CHANNEL,
                reach / Sxi.EV_PER_CHANNEL, sigma);
    }

    /**
     * A small peak of known place and width.
     *
     * @param area counts
     * @param error 1-sigma error
     */
    record Small(double area, double error) {
    }

    /**
     * Counts of a small peak over a straight line.
     *
     * @param energy where it is, eV
     * @param fwhm its width, eV
     */
    Optional<Small> small(double energy, double fwhm) {
        double sigma = fwhm / LineFit.FWHM_PER_SIGMA;
        int low = (int) Math.max(0, (energy - 2 * SIDE * sigma) / Sxi.EV_PER_CHANNEL);
        int high = (int) Math.min(Sxi.CHANNELS - 1.0, (energy + 2 * SIDE * sigma) / Sxi.EV_PER_CHANNEL);
        int[] n = counts();
        double mean = 0;
        for (int i = low; i <= high; i++) {
            mean += (double) n[i] / (high - low + 1);
        }
        if (high - low < 2 * SIDE || mean == 0) {
            return Optional.empty();
        }
        double level = mean;
        double weight = Math.sqrt(mean);
        double unit = Math.sqrt(level * (high - low + 1));
        return LeastSquares.run(m -> {
            double[] r = new double[high - low + 1];
            for (int i = 0; i < r.length; i++) {
                double u = (Sxi.energy(low + i) - energy) / sigma;
                double g = Math.exp(-u * u / 2) / (sigma * Math.sqrt(2 * Math.PI)) * Sxi.EV_PER_CHANNEL;
                double x = (i - r.length / 2.0) / r.length;
                r[i] = (unit * m[0] * g + level * (1 + m[1] + m[2] * x) - n[low + i]) / weight;
            }
            return r;
        }, 3).map(s -> new Small(s.moves()[0] * unit, s.errors()[0] * unit));
    }
}
