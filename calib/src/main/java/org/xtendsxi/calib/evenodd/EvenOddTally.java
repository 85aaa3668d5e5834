// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.evenodd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.LineWindow;
import org.xtendsxi.calib.common.Peak;

/** Raw pulse heights in histograms by line, segment, ADC mode, parity of the column and bin of temperature. */
final class EvenOddTally {
    private static final int ADC_MODES = 4;

    private final List<LineWindow> windows;
    private final List<HistogramBank> banks = new ArrayList<>();
    private final double coldest;
    private final double width;
    private final int bins;
    private final double[][] sums;

    /**
     * An empty tally.
     *
     * @param windows lines
     * @param coldest lower edge of the first bin of temperature, C
     * @param width width of a bin, C
     * @param bins bins of temperature
     */
    EvenOddTally(List<LineWindow> windows, double coldest, double width, int bins) {
        this.windows = List.copyOf(windows);
        this.coldest = coldest;
        this.width = width;
        this.bins = bins;
        int n = SegmentRow.COUNT * ADC_MODES * 2 * bins;
        windows.forEach(w -> banks.add(w.bank(n)));
        this.sums = new double[windows.size()][n];
    }

    /** Number of a parity. */
    static int key(int segmentRow, int adcAve, int parity) {
        return (segmentRow * ADC_MODES + adcAve + 1) * 2 + parity;
    }

    /** Takes an event; a temperature outside the bins or no number is left out. */
    void add(int key, double temperature, double pulse) {
        double bin = Math.floor((temperature - coldest) / width);
        if (!(bin >= 0 && bin < bins)) {
            return;
        }
        int at = key * bins + (int) bin;
        for (int l = 0; l < banks.size(); l++) {
            if (banks.get(l).add(at, pulse)) {
                sums[l][at] += temperature;
            }
        }
    }

    /** Events of a segment. */
    long events(int segmentRow) {
        long n = 0;
        for (HistogramBank b : banks) {
            for (int at = key(segmentRow, -1, 0) * bins; at < key(segmentRow + 1, -1, 0) * bins; at++) {
                n += b.total(at);
            }
        }
        return n;
    }

    /** Peaks of a parity; bins of temperature are joined until they hold enough events. */
    List<EvenOddFit.Point> points(int segmentRow, int key, int least) {
        List<EvenOddFit.Point> out = new ArrayList<>();
        for (int l = 0; l < banks.size(); l++) {
            LineWindow w = windows.get(l);
            HistogramBank b = banks.get(l);
            Optional<Peak> whole = w.look(b, b.sum(key * bins, (key + 1) * bins), segmentRow);
            for (int from = 0; from < bins && whole.isPresent();) {
                int to = from;
                long n = 0;
                double sum = 0;
                while (to < bins && n < least) {
                    n += b.total(key * bins + to);
                    sum += sums[l][key * bins + to++];
                }
                int line = l;
                double mean = sum / Math.max(1, n);
                w.peak(b, b.sum(key * bins + from, key * bins + to), segmentRow, whole.get().centre(),
                        whole.get().sigma()).ifPresent(p -> out.add(new EvenOddFit.Point(line, mean, p.centre(),
                                p.centreError(), p.counts())));
                from = to;
            }
        }
        return out;
    }

    /** Mean peak of the two parities of each line, NaN where one is missing. */
    double[] meanPeaks(int segmentRow, int even) {
        double[] out = new double[banks.size()];
        Arrays.setAll(out, l -> {
            HistogramBank b = banks.get(l);
            LineWindow w = windows.get(l);
            double sum = 0;
            for (int parity = 0; parity < 2; parity++) {
                sum += w.look(b, b.sum((even + parity) * bins, (even + parity + 1) * bins), segmentRow)
                        .map(Peak::centre).orElse(Double.NaN);
            }
            return sum / 2;
        });
        return out;
    }
}
