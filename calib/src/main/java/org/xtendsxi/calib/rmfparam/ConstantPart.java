// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.LeastSquares;
import org.xtendsxi.pipeline.measure.LineFit;

/**
 * Events of lines spread evenly below them: what the channels between the lines hold, as a step at each line over a
 * background that is the same in all channels. Of a sky with a continuum this is not true; a lamp in a dark room has no
 * other background.
 *
 * @param part area relative to the main peak
 * @param error 1-sigma error
 * @param background counts per channel
 * @param goodness of the fit
 */
record ConstantPart(double part, double error, double background, Goodness goodness) {
    /** Below this the noise rises, eV. */
    private static final double LOWEST = 600;
    /** How far above the highest line the background is taken, eV. */
    private static final double ABOVE = 3000;
    private static final int FEWEST = 50;
    private static final int ROUNDS = 5;
    private static final double LEAST = 0.05;

    /**
     * Fits.
     *
     * @param spectrum counts
     * @param lines all lines of the source
     * @param law their width
     * @return empty if too few channels are free of peaks, or the fit does not converge
     */
    static Optional<ConstantPart> of(PiSpectrum spectrum, List<ShapeFit> lines, WidthLaw law) {
        int last = (int) Math.min(Sxi.CHANNELS - 1.0, (lines.getLast().centre() + ABOVE) / Sxi.EV_PER_CHANNEL);
        int[] free = IntStream.rangeClosed((int) (LOWEST / Sxi.EV_PER_CHANNEL), last)
                .filter(i -> lines.stream().noneMatch(f -> touched(Sxi.energy(i), f, law))).toArray();
        if (free.length < FEWEST) {
            return Optional.empty();
        }
        int[] counts = spectrum.counts();
        double[] step = Arrays.stream(free).mapToDouble(i -> lines.stream().filter(f -> Sxi.energy(i) < f.centre())
                .mapToDouble(f -> f.area() / (f.centre() / Sxi.EV_PER_CHANNEL)).sum()).toArray();
        double mean = Arrays.stream(free).map(i -> counts[i]).average().orElseThrow();
        double area = lines.stream().mapToDouble(ShapeFit::area).sum();
        double unit = Math.sqrt(mean * free.length + 1) / area;
        double[] at = {0, mean};
        Optional<LeastSquares.Solution> s = Optional.empty();
        for (int round = 0; round < ROUNDS; round++) {
            double[] from = at;
            s = LeastSquares.run(m -> {
                double[] r = new double[free.length];
                for (int k = 0; k < r.length; k++) {
                    double expected = from[0] * step[k] + from[1];
                    double now = expected + m[0] * unit * step[k] + m[1];
                    r[k] = (now - counts[free[k]]) / Math.sqrt(Math.max(LEAST, expected));
                }
                return r;
            }, 2);
            if (s.isEmpty()) {
                return Optional.empty();
            }
            at = new double[] {from[0] + s.get().moves()[0] * unit, from[1] + s.get().moves()[1]};
        }
        double[] end = at;
        Goodness good = Goodness.of(Arrays.stream(free).mapToDouble(i -> counts[i]).toArray(),
                Arrays.stream(step).map(x -> end[0] * x + end[1]).toArray(), end.length);
        return s.map(o -> new ConstantPart(end[0], o.errors()[0] * unit, end[1], good));
    }

    private static boolean touched(double energy, ShapeFit f, WidthLaw law) {
        return f.covers(energy) || near(energy, f.centre() - ResponseRows.SILICON, law)
                || near(energy, ResponseRows.SILICON, law);
    }

    private static boolean near(double energy, double peak, WidthLaw law) {
        return Math.abs(energy - peak) < ShapeFit.CLEAR * law.fwhm(Math.max(0, peak)) / LineFit.FWHM_PER_SIGMA;
    }
}
