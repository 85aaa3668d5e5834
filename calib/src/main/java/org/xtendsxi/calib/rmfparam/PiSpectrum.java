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
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.calib.common.Selection;

/** PI spectrum of the X-ray grades. */
final class PiSpectrum {
    private static final double NOISE_EV = 33;
    private static final double FANO_EV = 0.115 * 3.65;

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

    /** Standard deviation to expect of a line, eV. */
    static double width(double energy) {
        return Math.hypot(NOISE_EV, Math.sqrt(FANO_EV * energy));
    }

    /** Peak of a line near its energy. */
    Optional<NaturalPeak> peak(NaturalLine line, double reach) {
        double sigma = width(line.energy()) / Sxi.EV_PER_CHANNEL;
        return NaturalPeak.fit(bank, counts(), line.table(), Sxi.EV_PER_CHANNEL, line.energy() / Sxi.EV_PER_CHANNEL,
                reach / Sxi.EV_PER_CHANNEL, sigma);
    }
}
