// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import java.util.Arrays;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.GainTable.Term;

/**
 * Gain of a segment: PI as a quadratic of the pulse height in each of three bands (energy-chain section 9).
 *
 * @param terms OFFSET, LINR and QUAD of the low, medium and high band
 * @param lowMedium highest pulse height of the low band, channels
 * @param mediumHigh highest pulse height of the medium band, channels
 */
public record GainCurve(double[] terms, double lowMedium, double mediumHigh) {
    /** Bands, and terms of a band. */
    public static final int THREE = 3;
    private static final int ROUNDS = 60;
    private static final double TOP = 8192;

    /** The curve of a row of a table. */
    public static GainCurve of(GainTable table, int row) {
        double[] t = new double[THREE * THREE];
        Arrays.setAll(t, i -> table.value(row, Term.values()[i]));
        return new GainCurve(t, table.value(row, Term.BOUND_LM), table.value(row, Term.BOUND_MH));
    }

    private int band(double pha) {
        return pha <= lowMedium ? 0 : pha <= mediumHigh ? 1 : 2;
    }

    /** Energy of a pulse height, eV. */
    public double energy(double pha) {
        int b = band(pha) * THREE;
        return Sxi.EV_PER_CHANNEL * (terms[b] + (terms[b + 1] + terms[b + 2] * pha) * pha);
    }

    /** Energy per channel at a pulse height, eV. */
    public double scale(double pha) {
        int b = band(pha) * THREE;
        return Sxi.EV_PER_CHANNEL * (terms[b + 1] + 2 * terms[b + 2] * pha);
    }

    /** Pulse height of an energy, channels. */
    public double channel(double energy) {
        double low = 0;
        double high = TOP;
        for (int i = 0; i < ROUNDS; i++) {
            double middle = (low + high) / 2;
            if (energy(middle) < energy) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The curve with all energies times a factor. */
    public GainCurve times(double factor) {
        return new GainCurve(Arrays.stream(terms).map(t -> t * factor).toArray(), lowMedium, mediumHigh);
    }

    /** The curve that is one polynomial in all bands: OFFSET, LINR, QUAD. */
    public GainCurve with(double[] polynomial) {
        double[] t = new double[THREE * THREE];
        Arrays.setAll(t, i -> i % THREE < polynomial.length ? polynomial[i % THREE] : 0);
        return new GainCurve(t, lowMedium, mediumHigh);
    }
}
