// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.fitting.PolynomialCurveFitter;
import org.apache.commons.math3.fitting.WeightedObservedPoint;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.measure.LineFit;

/**
 * Offsets that put the lines of every grade group at their energy (frames-and-science section 5.1, GOFFSET).
 *
 * <p>For each group of grades and each line, the peak is found in the PI spectrum of an event list made without grade
 * offsets and with a gain of known scale; the offset needed, in channels of pulse height, is fitted by a cubic in PHA.
 *
 * @param coefficients four polynomials of four coefficients, lowest power first
 * @param residuals largest distance of a line from its energy after the correction, eV, per group
 * @param peaks peaks used
 */
public record LineGain(double[][] coefficients, double[] residuals, int peaks) {
    private static final int GROUPS = 4;
    private static final int DEGREE = 3;
    private static final int CHUNK_ROWS = 8192;
    private static final double FARTHEST = 150;

    /**
     * Derives the offsets.
     *
     * @param events calibrated, unfiltered event list of the lines
     * @param lines their energies, eV
     * @param evPerChannel energy per channel of pulse height, eV
     * @throws SxiException (data) if a group has fewer than five usable peaks
     */
    public static LineGain derive(Path events, double[] lines, double evPerChannel) {
        long[][] spectra = spectra(events);
        double[][] out = new double[GROUPS][];
        double[] residuals = new double[GROUPS];
        int peaks = 0;
        for (int g = 0; g < GROUPS; g++) {
            List<WeightedObservedPoint> points = new ArrayList<>();
            for (double line : lines) {
                Optional<LineFit> f = LineFit.of(spectra[g], line)
                        .filter(x -> Math.abs(x.energy() - line) < FARTHEST && x.energyError() > 0);
                f.ifPresent(x -> points.add(new WeightedObservedPoint(Math.pow(evPerChannel / x.energyError(), 2),
                        x.energy() / evPerChannel, (line - x.energy()) / evPerChannel)));
            }
            if (points.size() <= DEGREE + 1) {
                throw SxiException.data("too few lines for the grade offsets").in(events).value(points.size())
                        .limit("at least " + (DEGREE + 2) + " in grade group " + g)
                        .todo("give more exposure or more lines").build();
            }
            out[g] = PolynomialCurveFitter.create(DEGREE).fit(points);
            for (WeightedObservedPoint p : points) {
                double left = p.getY() - polynomial(out[g], p.getX());
                residuals[g] = Math.max(residuals[g], Math.abs(left) * evPerChannel);
            }
            peaks += points.size();
        }
        return new LineGain(out, residuals, peaks);
    }

    private static double polynomial(double[] c, double x) {
        return ((c[3] * x + c[2]) * x + c[1]) * x + c[0];
    }

    private static long[][] spectra(Path events) {
        long[][] out = new long[GROUPS][Sxi.CHANNELS];
        try (FitsReader file = FitsReader.open(events); EventSource s = file.table(file.need("EVENTS"), CHUNK_ROWS)) {
            for (Optional<EventChunk> next = s.next(); next.isPresent(); next = s.next()) {
                try (EventChunk c = next.get()) {
                    int[] pi = c.ints("PI");
                    int[] grade = c.ints("GRADE");
                    long[] status = c.longs("STATUS");
                    for (int i = 0; i < pi.length; i++) {
                        int g = group(grade[i]);
                        if (g >= 0 && pi[i] < Sxi.CHANNELS && !StatusFlag.ANY_BAD.in(status[i])) {
                            out[g][pi[i]]++;
                        }
                    }
                }
            }
        }
        return out;
    }

    /** Groups of the CTI table; the last one is measured on grade 6, the only X-ray grade in it. */
    private static int group(int grade) {
        return switch (grade) {
            case 0 -> 0;
            case 2 -> 1;
            case 3, 4 -> 2;
            case 6 -> 3;
            default -> -1;
        };
    }

    /** The numbers as lines of {@code gain.properties}. */
    public String properties(double evPerChannel) {
        StringBuilder b = new StringBuilder("offset=0.0\n");
        b.append(String.format(Locale.ROOT, "linear=%.10g%n", evPerChannel / Sxi.EV_PER_CHANNEL));
        for (int g = 0; g < GROUPS; g++) {
            b.append("goffset.").append(g).append('=');
            for (int i = 0; i <= DEGREE; i++) {
                b.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.6e", coefficients[g][i]));
            }
            b.append('\n');
        }
        return b.toString();
    }
}
