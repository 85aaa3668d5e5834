// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.apache.commons.rng.UniformRandomProvider;

/** A smooth spectrum, drawn from its tabulated cumulative distribution; energies are uniform within a bin of 5 eV. */
public final class ContinuumSpectrum implements Spectrum {
    private static final double STEP = 5;
    private static final double LOW = 500;
    private static final double HIGH = 10000;
    /**
     * Effective area of the model, cm2 over eV: 356 at 1.5 keV and 307 at 6 keV are published (frames-and-science
     * section 4.1, P4), the rest is a plain curve through them.
     */
    private static final PolynomialSplineFunction AREA = new LinearInterpolator().interpolate(
            new double[] {LOW, 700, 1000, 1500, 2000, 3000, 4500, 6000, 7500, 9000, HIGH},
            new double[] {130, 220, 310, 356, 340, 330, 330, 307, 240, 150, 90});
    private static final double IRON_LINE = 6700;
    private static final double IRON_SIGMA = 10;
    private static final double IRON_EQUIVALENT_WIDTH = 300;

    private final double low;
    private final double[] cumulative;

    private ContinuumSpectrum(double low, double high, DoubleUnaryOperator density) {
        this.low = low;
        this.cumulative = new double[(int) Math.round((high - low) / STEP)];
        double sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += density.applyAsDouble(low + STEP * (i + 0.5));
            cumulative[i] = sum;
        }
    }

    /** Detected photons of a power law, 0.5-10 keV. */
    public static ContinuumSpectrum powerLaw(double photonIndex) {
        return new ContinuumSpectrum(LOW, HIGH, e -> AREA.value(e) * Math.pow(e, -photonIndex));
    }

    /** Detected photons of a hot gas, 0.5-10 keV: bremsstrahlung and the line of helium-like iron. */
    public static ContinuumSpectrum thermal(double kiloElectronVolt) {
        double kT = 1000 * kiloElectronVolt;
        DoubleUnaryOperator continuum = e -> Math.exp(-e / kT) / e;
        double line =
                IRON_EQUIVALENT_WIDTH * continuum.applyAsDouble(IRON_LINE) / (IRON_SIGMA * Math.sqrt(2 * Math.PI));
        return new ContinuumSpectrum(LOW, HIGH, e -> AREA.value(e)
                * (continuum.applyAsDouble(e) + line * Math.exp(-0.5 * Math.pow((e - IRON_LINE) / IRON_SIGMA, 2))));
    }

    /** As many photons in every interval of energy. */
    public static ContinuumSpectrum flat(double low, double high) {
        return new ContinuumSpectrum(low, high, e -> 1);
    }

    @Override
    public double energy(UniformRandomProvider random) {
        double u = random.nextDouble() * cumulative[cumulative.length - 1];
        int at = Arrays.binarySearch(cumulative, u);
        int bin = Math.min(at < 0 ? -at - 1 : at + 1, cumulative.length - 1);
        return low + STEP * (bin + random.nextDouble());
    }
}
