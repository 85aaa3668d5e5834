// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grouping;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.HeapTable;

/** Full width at half maximum of a response matrix at each channel. */
public final class ChannelResolution {
    private ChannelResolution() {
    }

    /**
     * Reads a response file.
     *
     * @param response OGIP RMF with MATRIX (or SPECRESP MATRIX) and EBOUNDS
     * @param channels number of channels of the spectrum
     * @return width by channel, channels
     */
    public static double[] of(Path response, int channels) {
        try (FitsReader file = FitsReader.open(response)) {
            Hdu matrix = file.find("MATRIX").or(() -> file.find("SPECRESP MATRIX"))
                    .orElseGet(() -> file.need("MATRIX"));
            int detector = matrix.keywords().needInteger("DETCHANS");
            if (detector != channels) {
                throw matrix.keywords().at(SxiException.data("response has other channels than the spectrum"), "DETCHANS")
                        .value(detector).limit(channels).todo("give the response of this spectrum").build();
            }
            int first = firstChannel(matrix);
            double[][] from = HeapTable.column(file, matrix, "F_CHAN");
            double[][] count = HeapTable.column(file, matrix, "N_CHAN");
            double[][] values = HeapTable.column(file, matrix, "MATRIX");
            TreeMap<Integer, Double> widths = new TreeMap<>();
            for (int row = 0; row < values.length; row++) {
                double[] line = line(from[row], count[row], values[row], first, channels);
                int peak = peak(line);
                width(line, peak).ifPresent(w -> widths.putIfAbsent(peak, w));
            }
            if (widths.isEmpty()) {
                throw SxiException.data("response has no line with a width").in(response).hdu(matrix.name())
                        .todo("give a redistribution matrix").build();
            }
            return everyChannel(widths, channels);
        }
    }

    /** Number of the first channel: TLMIN of F_CHAN, 1 where it is absent. */
    private static int firstChannel(Hdu matrix) {
        for (int i = 1; i <= matrix.keywords().needInteger("TFIELDS"); i++) {
            if (matrix.keywords().text("TTYPE" + i).filter("F_CHAN"::equalsIgnoreCase).isPresent()) {
                return (int) matrix.keywords().integer("TLMIN" + i).orElse(1);
            }
        }
        return 1;
    }

    private static double[] line(double[] from, double[] count, double[] values, int first, int channels) {
        double[] line = new double[channels];
        int at = 0;
        for (int g = 0; g < from.length; g++) {
            for (int k = 0; k < (int) count[g]; k++, at++) {
                line[(int) from[g] - first + k] = values[at];
            }
        }
        return line;
    }

    private static int peak(double[] line) {
        int best = 0;
        for (int c = 1; c < line.length; c++) {
            best = line[c] > line[best] ? c : best;
        }
        return best;
    }

    /** Width between the half maxima, interpolated; none if the line is cut off. */
    private static Optional<Double> width(double[] line, int peak) {
        double half = line[peak] / 2;
        int low = peak;
        while (low >= 0 && line[low] >= half) {
            low--;
        }
        int high = peak;
        while (high < line.length && line[high] >= half) {
            high++;
        }
        if (half == 0 || low < 0 || high == line.length) {
            return Optional.empty();
        }
        double left = low + (half - line[low]) / (line[low + 1] - line[low]);
        double right = high - (half - line[high]) / (line[high - 1] - line[high]);
        return Optional.of(right - left);
    }

    private static double[] everyChannel(TreeMap<Integer, Double> widths, int channels) {
        double[] all = new double[channels];
        for (int c = 0; c < channels; c++) {
            Map.Entry<Integer, Double> a = widths.floorEntry(c);
            Map.Entry<Integer, Double> b = widths.ceilingEntry(c);
            if (a == null || b == null) {
                all[c] = (a == null ? b : a).getValue();
            } else {
                double share = b.getKey().equals(a.getKey()) ? 0 : (c - a.getKey()) / (double) (b.getKey() - a.getKey());
                all[c] = a.getValue() + share * (b.getValue() - a.getValue());
            }
        }
        return all;
    }
}
