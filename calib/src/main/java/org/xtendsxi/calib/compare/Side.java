// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.compare;

import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.calib.common.Selection;

/** Spectra of X-ray grades in PI by segment, made with one calibration. */
final class Side {
    private static final double NOISE_EV = 33;
    private static final double FANO_EV = 0.115 * 3.65;
    private static final double REACH_EV = 150;

    private final Selection selection;
    private final HistogramBank spectra = new HistogramBank(SegmentRow.COUNT, 0, 1, Sxi.CHANNELS);
    private final long[] grades = new long[Grade.MAX + 1];

    Side(Selection.Source source) {
        this.selection = new Selection(Grade.GOOD, source);
    }

    void accept(EventChunk c) {
        Events e = Events.of(c, selection);
        int[] pi = c.ints("PI");
        int[] grade = c.ints("GRADE");
        for (int i = 0; i < pi.length; i++) {
            if (e.use()[i]) {
                spectra.add(e.segmentRow()[i], pi[i]);
                grades[grade[i]]++;
            }
        }
    }

    /** Counts per PI channel; all segments for -1. */
    int[] spectrum(int segment) {
        return segment < 0 ? spectra.sum(0, SegmentRow.COUNT) : spectra.counts(segment);
    }

    long events(int segment) {
        return spectra.total(segment);
    }

    long events() {
        long n = 0;
        for (int s = 0; s < SegmentRow.COUNT; s++) {
            n += spectra.total(s);
        }
        return n;
    }

    /** Part of the X-ray events in a grade, per cent. */
    double percent(int grade) {
        return events() == 0 ? 0 : 100.0 * grades[grade] / events();
    }

    /** A line in the spectrum of a segment, or of all for -1. */
    Optional<NaturalPeak> peak(NaturalLine line, int segment) {
        double sigma = Math.hypot(NOISE_EV, Math.sqrt(FANO_EV * line.energy()));
        return NaturalPeak.fit(spectra, spectrum(segment), line.table(), Sxi.EV_PER_CHANNEL,
                line.energy() / Sxi.EV_PER_CHANNEL, REACH_EV / Sxi.EV_PER_CHANNEL, sigma / Sxi.EV_PER_CHANNEL);
    }

    /** X-ray grades. */
    static List<Integer> xray() {
        return List.of(0, 2, 3, 4, 6);
    }
}
