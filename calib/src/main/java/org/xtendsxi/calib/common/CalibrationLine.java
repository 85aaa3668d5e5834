// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xtendsxi.caldb.error.Nearest;
import org.xtendsxi.caldb.error.SxiException;

/**
 * A line of known energy.
 *
 * @param name such as MnKa
 * @param energy mean energy of its components, eV
 */
public record CalibrationLine(String name, double energy) {
    /** Mn K alpha of the 55Fe source. */
    public static final CalibrationLine MN_KA = new CalibrationLine("MnKa", 5895);
    private static final Map<String, Double> KNOWN = known();

    private static Map<String, Double> known() {
        Map<String, Double> m = new LinkedHashMap<>();
        m.put("FKa", 676.8);
        m.put("AlKa", 1486.7);
        m.put("SiKa", 1740.0);
        m.put("ClKa", 2622.4);
        m.put("TiKa", 4510.8);
        m.put(MN_KA.name, MN_KA.energy);
        m.put("MnKb", 6490.4);
        m.put("FeXXV", 6700.0);
        m.put("CuKa", 8047.8);
        m.put("GeKa", 9886.4);
        return m;
    }

    /** Names of the known lines, by energy. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /**
     * Reads lines joined by commas.
     *
     * @param text names or energies in eV, such as {@code MnKa,8047.8}
     */
    public static List<CalibrationLine> parse(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).map(CalibrationLine::one).toList();
    }

    private static CalibrationLine one(String word) {
        if (KNOWN.containsKey(word)) {
            return new CalibrationLine(word, KNOWN.get(word));
        }
        try {
            double energy = Double.parseDouble(word);
            if (energy > 0 && Double.isFinite(energy)) {
                return new CalibrationLine(String.format(Locale.ROOT, "%.0feV", energy), energy);
            }
        } catch (NumberFormatException e) {
            throw unknown(word, e);
        }
        throw unknown(word, null);
    }

    private static SxiException unknown(String word, Exception cause) {
        return SxiException.usage("line is not known").value(word).limit("an energy in eV or one of " + KNOWN.keySet())
                .todo("did you mean " + Nearest.of(word, KNOWN.keySet()) + "?").cause(cause).build();
    }
}
