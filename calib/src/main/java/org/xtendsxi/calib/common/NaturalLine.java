// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shape of a line before the camera broadens it: Lorentzian components (Hölzer et al. 1997, Phys. Rev. A 56, 4554), or
 * one energy for a line that is not tabulated.
 *
 * @param name such as MnKa
 * @param components its components
 */
public record NaturalLine(String name, List<Component> components) {
    /** Step of the tabulated shape, eV: small against any CCD's resolution. */
    private static final double STEP = 6;
    /** Half range of the tabulated shape about the mean, eV. */
    private static final double REACH = 90;

    /** Copies the list. */
    public NaturalLine {
        components = List.copyOf(components);
    }

    /**
     * A Lorentzian.
     *
     * @param energy eV
     * @param width full width at half maximum, eV; 0 for a sharp line
     * @param intensity integrated, relative
     */
    public record Component(double energy, double width, double intensity) {
        /** Part of the intensity below an energy. */
        private double below(double e) {
            return width == 0 ? e >= energy ? 1 : 0 : 0.5 + Math.atan(2 * (e - energy) / width) / Math.PI;
        }
    }

    /** Shape of a calibration line: by its name, or sharp at its energy. */
    public static NaturalLine of(CalibrationLine line) {
        List<Component> found = read(line.name());
        return new NaturalLine(line.name(), found.isEmpty() ? List.of(new Component(line.energy(), 0, 1)) : found);
    }

    private static List<Component> read(String name) {
        try (InputStream in = NaturalLine.class.getResourceAsStream("natural-lines.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines()
                    .filter(l -> l.startsWith(name + ",")).map(l -> l.split(","))
                    .map(w -> new Component(Double.parseDouble(w[1]), Double.parseDouble(w[2]),
                    Double.parseDouble(w[3])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mean energy of the components, eV: what the centroid of the broadened line is compared with. */
    public double energy() {
        double sum = components.stream().mapToDouble(Component::intensity).sum();
        return components.stream().mapToDouble(c -> c.energy() * c.intensity()).sum() / sum;
    }

    /**
     * A line as weights at distances from its mean energy.
     *
     * @param offsets eV
     * @param weights sum 1
     */
    public record Table(double[] offsets, double[] weights) {
    }

    /** The line tabulated; each weight is the intensity within its step, far wings are left out. */
    public Table table() {
        if (components.stream().allMatch(c -> c.width() == 0)) {
            double mean = energy();
            double total = components.stream().mapToDouble(Component::intensity).sum();
            return new Table(components.stream().mapToDouble(c -> c.energy() - mean).toArray(),
                    components.stream().mapToDouble(c -> c.intensity() / total).toArray());
        }
        int half = (int) (REACH / STEP);
        double[] offsets = IntStream.rangeClosed(-half, half).mapToDouble(i -> i * STEP).toArray();
        double[] weights = new double[offsets.length];
        double total = 0;
        double first = 0;
        for (int i = 0; i < offsets.length; i++) {
            double e = energy() + offsets[i];
            weights[i] = components.stream().mapToDouble(c -> c.intensity() * (c.below(e + STEP / 2)
                    - c.below(e - STEP / 2))).sum();
            total += weights[i];
            first += weights[i] * offsets[i];
        }
        for (int i = 0; i < offsets.length; i++) {
            weights[i] /= total;
            // the steps do not fall on the components: the mean is put back where it belongs
            offsets[i] -= first / total;
        }
        return new Table(offsets, weights);
    }
}
