// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.error.SxiException;

/** Shape of the response to lines, region by region (RMF_PARAMETERS, energy-chain section 12.3). */
public final class ResponseTable {
    /** Corners of a region. */
    public static final int CORNERS = 4;
    private static final String ENERGY = "ENERGY";

    /** What is tabulated over energy. */
    public enum Term {
        /** Width of the main peak, keV. */
        PRIMARY_FWHM,
        /** Distance of the second peak below the first, keV. */
        SECONDARY_OFFSET,
        /** Area of the second peak relative to the first. */
        SECONDARY_AMP,
        /** Width of the second peak, keV. */
        SECONDARY_FWHM,
        /** Distance of the Si escape peak below the first, keV. */
        ESCAPE_OFFSET,
        /** Area of the escape peak relative to the first. */
        ESCAPE_AMP,
        /** Width of the escape peak, keV. */
        ESCAPE_FWHM,
        /** Distance of the Si fluorescence line below the main peak, keV. */
        FLUOR_OFFSET,
        /** Area of the fluorescence line relative to the main peak. */
        FLUOR_AMP,
        /** Width of the fluorescence line, keV. */
        FLUOR_FWHM,
        /** Area of the constant part relative to the main peak. */
        CONST_AMP
    }

    private final double time;
    private final int[] cornerX;
    private final int[] cornerY;
    private final double[][] energy;
    private final double[][][] values;

    private ResponseTable(double time, int[] cornerX, int[] cornerY, double[][] energy, double[][][] values) {
        this.time = time;
        this.cornerX = cornerX;
        this.cornerY = cornerY;
        this.energy = energy;
        this.values = values;
    }

    /**
     * Makes a table.
     *
     * @param time TIME of the block, s
     * @param cornerX DETX of the corners, [region][4], in order around the region
     * @param cornerY DETY of the corners, [region][4]
     * @param energy energies, keV, [region][points], ascending, at least two points
     * @param values [region][term][points] in the order of {@link Term}
     */
    public static ResponseTable of(double time, int[] cornerX, int[] cornerY, double[][] energy,
            double[][][] values) {
        return new ResponseTable(time, cornerX.clone(), cornerY.clone(), energy.clone(), values.clone());
    }

    /** Reads the block of an observation; the time of the choice is the middle of the observation. */
    public static ResponseTable load(TableSource source, TableChoice choice) {
        try (CalibrationTable t = CalibrationTable.ofMode(source, choice)) {
            t.blockAt(choice.start(), (int) t.real("NSUBREG"));
            int n = t.width(ENERGY);
            double[][] energy = split(t.doubles(ENERGY, n, "kev"), n);
            for (int region = 0; region < energy.length; region++) {
                checkGrid(t, energy[region], region);
            }
            double[][][] values = new double[t.rows()][Term.values().length][];
            for (Term term : Term.values()) {
                String[] units = term.name().endsWith("AMP") ? new String[0] : new String[] {"kev"};
                double[][] v = split(t.doubles(term.name(), n, units), n);
                for (int region = 0; region < v.length; region++) {
                    values[region][term.ordinal()] = v[region];
                }
            }
            return new ResponseTable(t.doubles("TIME", 1)[0], corners(t, "CORNER_DETX"), corners(t, "CORNER_DETY"),
                    energy, values);
        }
    }

    private static int[] corners(CalibrationTable t, String name) {
        return t.ints(name, CORNERS, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private static double[][] split(double[] v, int n) {
        double[][] out = new double[v.length / n][];
        Arrays.setAll(out, i -> Arrays.copyOfRange(v, i * n, (i + 1) * n));
        return out;
    }

    private static void checkGrid(CalibrationTable t, double[] e, int region) {
        boolean ascends = e.length > 1;
        for (int i = 1; i < e.length; i++) {
            ascends &= e[i] > e[i - 1];
        }
        if (!ascends) {
            throw t.at(SxiException.calibration("energies do not ascend"), ENERGY, region).value(Arrays.toString(e))
                    .limit("two energies or more").todo("repair the table").build();
        }
    }

    /** TIME of the block, s. */
    public double time() {
        return time;
    }

    /** Number of regions. */
    public int regions() {
        return values.length;
    }

    /** DETX of a corner, 0..3. */
    public int cornerX(int region, int corner) {
        return cornerX[region * CORNERS + corner];
    }

    /** DETY of a corner, 0..3. */
    public int cornerY(int region, int corner) {
        return cornerY[region * CORNERS + corner];
    }

    /**
     * All terms of a region at an energy, in the order of {@link Term}: interpolated, and beyond the ends extrapolated,
     * by straight lines.
     *
     * @param region number of the region
     * @param kev energy, keV
     */
    public double[] at(int region, double kev) {
        double[] x = energy[region];
        int i = 0;
        while (i < x.length - 2 && kev >= x[i + 1]) {
            i++;
        }
        int low = i;
        return Arrays.stream(values[region]).mapToDouble(y -> y[low] + (y[low + 1] - y[low]) * (kev - x[low])
                / (x[low + 1] - x[low])).toArray();
    }

    /** The terms that are widths. */
    public static List<Term> widths() {
        return List.of(Term.PRIMARY_FWHM, Term.SECONDARY_FWHM, Term.ESCAPE_FWHM, Term.FLUOR_FWHM);
    }
}
