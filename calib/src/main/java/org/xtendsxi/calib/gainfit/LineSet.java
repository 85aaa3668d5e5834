// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.nio.file.Path;
import java.util.Arrays;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;

/**
 * The components of a calibration line (energy-chain section 13.2).
 *
 * @param name extension of the line file, such as MnKa
 * @param energy energies, eV
 * @param width Lorentzian full widths at half maximum, eV
 * @param amplitude relative heights
 * @param average mean energy of the line, eV (ENERGAVE)
 */
record LineSet(String name, double[] energy, double[] width, double[] amplitude, double average) {

    /** Reads a line from its extension of the line file. */
    static LineSet read(Path file, String name) {
        try (FitsReader f = FitsReader.open(file)) {
            Hdu h = f.find(name).orElseThrow(() -> SxiException.data("file has no such line").in(file).value(name)
                    .limit(String.join(", ", f.hdus().stream().filter(u -> u.kind() == Hdu.Kind.TABLE).map(Hdu::name)
                            .toList())).todo("give linetocorrect the name of an extension").build());
            int n = h.keywords().needInteger("ENERGREF");
            if (n < 1 || n > h.rows()) {
                throw h.keywords().at(SxiException.data("number of line components is not that of the table"),
                        "ENERGREF").value(n).limit("1.." + h.rows()).todo("repair the line file").build();
            }
            try (EventChunk t = f.whole(h)) {
                double[] energy = Arrays.copyOf(t.doubles("ENERGY"), n);
                double[] width = Arrays.copyOf(t.doubles("WIDTH"), n);
                double[] amplitude = Arrays.copyOf(t.doubles("AMPLITUDE"), n);
                for (int i = 0; i < n; i++) {
                    if (!(energy[i] > 0 && width[i] >= 0 && amplitude[i] >= 0)) {
                        throw SxiException.data("line component makes no sense").in(file).hdu(name).row(i + 1)
                                .value("ENERGY " + energy[i] + ", WIDTH " + width[i] + ", AMPLITUDE " + amplitude[i])
                                .limit("energy > 0, width and amplitude >= 0").todo("repair the line file").build();
                    }
                }
                return new LineSet(name, energy, width, amplitude, h.keywords().needReal("ENERGAVE"));
            }
        }
    }

    /** Lowest component, eV. */
    double lowest() {
        return Arrays.stream(energy).min().orElseThrow();
    }

    /** Highest component, eV. */
    double highest() {
        return Arrays.stream(energy).max().orElseThrow();
    }

    /** Half range about the mean that holds the line, eV: half widths of the farthest component are Voigt widths. */
    double reach(double broadening) {
        int far = 0;
        for (int i = 1; i < energy.length; i++) {
            if (Math.abs(energy[i] - average) > Math.abs(energy[far] - average)) {
                far = i;
            }
        }
        double w = width[far];
        return Math.abs(energy[far] - average)
                + 1.5 * (0.5346 * w + Math.sqrt(0.2166 * w * w + broadening * broadening));
    }
}
