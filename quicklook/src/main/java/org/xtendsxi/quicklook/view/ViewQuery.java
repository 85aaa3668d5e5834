// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

import java.util.Map;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * What part of the data a page wants to see.
 *
 * @param hours last hours of data, 0 for all
 * @param sky SKY image instead of DET
 * @param piLow lowest PI of image and light curve
 * @param piHigh highest PI
 * @param ccd CCD of the spectrum, -1 for all
 * @param segment segment of the spectrum, -1 for both
 * @param lamp spectrum of the calibration source instead of the field
 * @param x first pixel of the image
 * @param y first pixel of the image
 * @param size pixels of the image along an axis
 */
public record ViewQuery(double hours, boolean sky, int piLow, int piHigh, int ccd, int segment, boolean lamp, int x,
        int y, int size) {
    /** What the page shows first: six hours, DET, all energies, the calibration source of all CCDs. */
    public static final ViewQuery FIRST = new ViewQuery(6, false, 0, Sxi.CHANNELS - 1, -1, -1, true, 1, 1,
            Sxi.DET_SIZE);
    /** Longest time that can be asked for, h. */
    public static final double MAX_HOURS = 1e6;

    /** The same for the last hours of data, 0 for all. */
    public ViewQuery last(double wanted) {
        return new ViewQuery(wanted, sky, piLow, piHigh, ccd, segment, lamp, x, y, size);
    }

    /** Whose spectrum it is, such as CCD1 AB. */
    String place() {
        return (ccd < 0 ? "all CCDs" : "CCD" + (ccd + 1)) + (segment < 0 ? "" : segment == 0 ? " AB" : " CD");
    }

    /**
     * Reads the words of an address.
     *
     * @throws SxiException (usage) if a value is out of range
     */
    public static ViewQuery of(Map<String, String> p) {
        boolean sky = p.getOrDefault("plane", "DET").equalsIgnoreCase("SKY");
        int edge = sky ? Sxi.SKY_SIZE : Sxi.DET_SIZE;
        double hours = number(p, "hours", FIRST.hours, 0, MAX_HOURS);
        int low = (int) number(p, "lo", 0, 0, Sxi.CHANNELS - 1.0);
        int high = (int) number(p, "hi", Sxi.CHANNELS - 1.0, low, Sxi.CHANNELS - 1.0);
        return new ViewQuery(hours, sky, low, high, (int) number(p, "ccd", -1, -1, Sxi.CCDS - 1.0),
                (int) number(p, "segment", -1, -1, Sxi.SEGMENTS - 1.0),
                !p.getOrDefault("spectrum", "lamp").equals("field"), (int) number(p, "x", 1, 1, edge),
                (int) number(p, "y", 1, 1, edge), (int) number(p, "size", edge, 16, edge));
    }

    private static double number(Map<String, String> p, String key, double normal, double low, double high) {
        String text = p.get(key);
        if (text == null || text.isEmpty()) {
            return normal;
        }
        try {
            double v = Double.parseDouble(text);
            if (v >= low && v <= high) {
                return v;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw SxiException.usage("parameter " + key + " is not usable").value(text).limit(low + ".." + high)
                .todo("correct the address").build();
    }
}
