// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.util.Arrays;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.table.ResponseTable.Term;
import org.xtendsxi.caldb.table.ResponseTable;

/**
 * Response to photons of one energy in one region: main, second, escape and fluorescence peaks and a constant part,
 * each normalised over its own channels (energy-chain section 12.5).
 */
final class LineShape {
    private static final double SIGMA_OF_FWHM = 0.5 / Math.sqrt(2 * Math.log(2));
    private static final double REACH = 5;
    private static final double ROOT = Math.sqrt(2 * Math.PI);

    private final Channels channels;
    private final boolean emptyPeakSpoils;
    private final double[] sample;

    /**
     * Shapes over some channels.
     *
     * @param channels the channels
     * @param emptyPeakSpoils fault R9: a peak whose samples all underflow makes the row NaN, even if its area is 0;
     *     otherwise it counts nothing
     */
    LineShape(Channels channels, boolean emptyPeakSpoils) {
        this.channels = channels;
        this.emptyPeakSpoils = emptyPeakSpoils;
        this.sample = new double[channels.count()];
    }

    /**
     * Adds the response to a row.
     *
     * @param kev energy of the photons, keV
     * @param p parameters at this energy in the order of {@link Term}
     * @param row probabilities of the channels, to which these are added
     * @return the first channel from which on nothing was added
     */
    int add(double kev, double[] p, double[] row) {
        for (Term t : ResponseTable.widths()) {
            if (!(value(p, t) > 0)) {
                throw SxiException.calibration("width of a line is not positive").column(t.name()).value(value(p, t))
                        .limit("above 0 keV, here for photons of " + kev + " keV")
                        .todo("repair the table, or choose energies that it covers").build();
            }
        }
        double[] area = {1, value(p, Term.SECONDARY_AMP), value(p, Term.ESCAPE_AMP), value(p, Term.FLUOR_AMP),
            value(p, Term.CONST_AMP)};
        double total = 1 + (area[1] + area[2] + area[3] + area[4]);
        int end = peak(kev, value(p, Term.PRIMARY_FWHM), area[0] / total, row);
        end = Math.max(end, peak(kev - value(p, Term.SECONDARY_OFFSET), value(p, Term.SECONDARY_FWHM), area[1] / total,
                row));
        end = Math.max(end, peak(kev - value(p, Term.ESCAPE_OFFSET), value(p, Term.ESCAPE_FWHM), area[2] / total, row));
        end = Math.max(end, peak(kev - value(p, Term.FLUOR_OFFSET), value(p, Term.FLUOR_FWHM), area[3] / total, row));
        int last = channels.of(kev);
        double flat = area[4] / total / (last + 1);
        for (int i = 0; flat != 0 && i <= last; i++) {
            row[i] += flat;
        }
        return Math.max(end, last + 1);
    }

    private static double value(double[] p, Term t) {
        return p[t.ordinal()];
    }

    private int peak(double centre, double fwhm, double fraction, double[] row) {
        if (fraction == 0 && !emptyPeakSpoils) {
            return 0;
        }
        double sigma = fwhm * SIGMA_OF_FWHM;
        int first = channels.of(centre - REACH * sigma);
        int last = channels.of(centre + REACH * sigma);
        double sum = 0;
        for (int i = first; i <= last; i++) {
            double d = channels.centre(i) - centre;
            sample[i] = Math.exp(-0.5 * d * d / sigma / sigma) / ROOT / sigma;
            sum += sample[i];
        }
        if (sum == 0) {
            if (emptyPeakSpoils) {
                Arrays.fill(row, Double.NaN);
                return row.length;
            }
            return 0;
        }
        for (int i = first; i <= last; i++) {
            row[i] += fraction * sample[i] / sum;
        }
        return last + 1;
    }
}
