// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** A sum of Lorentzian lines. */
public final class LineSpectrum implements Spectrum {
    /** Lorentzians are cut at this many widths, so that no photon of a line is far from it. */
    private static final double CUT = 20;
    private static final double[][] MN_K_ALPHA = {{5898.853, 1.715, 0.353}, {5897.867, 2.043, 0.141},
        {5894.829, 4.499, 0.079}, {5896.532, 2.663, 0.066}, {5899.417, 0.969, 0.018}, {5887.743, 2.361, 0.229},
        {5886.495, 4.216, 0.110}};
    private static final double[][] MN_K_BETA = {{6490.89, 1.83, 0.254}, {6486.31, 9.40, 0.234},
        {6477.73, 13.22, 0.234}, {6490.06, 1.81, 0.164}, {6488.83, 2.81, 0.114}};
    private static final double[] GROUND = {676.8, 1486.7, 2622.4, 4510.8, 5895, 8047.8, 9886.4};
    /** K beta photons per K alpha photon. */
    private static final double BETA_RATIO = 0.13;

    private final List<Line> lines;
    private final double total;

    /**
     * One line.
     *
     * @param energy centre, eV
     * @param width full width at half maximum, eV; 0 for none
     * @param weight relative number of photons
     */
    public record Line(double energy, double width, double weight) {
    }

    /** A spectrum of lines. */
    public LineSpectrum(List<Line> lines) {
        this.lines = List.copyOf(lines);
        this.total = lines.stream().mapToDouble(Line::weight).sum();
    }

    /**
     * 55Fe: K alpha and K beta of manganese with the components of Hölzer et al. 1997 (Phys. Rev. A 56, 4554).
     *
     * @param widths whether the components have their natural widths
     */
    public static LineSpectrum iron55(boolean widths) {
        List<Line> all = new ArrayList<>();
        add(all, MN_K_ALPHA, 1, widths);
        add(all, MN_K_BETA, BETA_RATIO, widths);
        return new LineSpectrum(all);
    }

    /** Lines of a ground calibration, F, Al, Cl, Ti, Mn, Cu and Ge K alpha, as many photons in each. */
    public static LineSpectrum ground() {
        return new LineSpectrum(Arrays.stream(GROUND).mapToObj(e -> new Line(e, 0, 1)).toList());
    }

    private static void add(List<Line> all, double[][] components, double weight, boolean widths) {
        double sum = 0;
        for (double[] c : components) {
            sum += c[2];
        }
        for (double[] c : components) {
            all.add(new Line(c[0], widths ? c[1] : 0, weight * c[2] / sum));
        }
    }

    /** The lines. */
    public List<Line> lines() {
        return lines;
    }

    @Override
    public double energy(UniformRandomProvider random) {
        double u = total * random.nextDouble();
        int i = 0;
        while (i < lines.size() - 1 && u >= lines.get(i).weight()) {
            u -= lines.get(i).weight();
            i++;
        }
        Line line = lines.get(i);
        double x;
        do {
            x = Math.tan(Math.PI * (random.nextDouble() - 0.5)) / 2;
        } while (Math.abs(x) > CUT);
        return line.energy() + line.width() * x;
    }
}
