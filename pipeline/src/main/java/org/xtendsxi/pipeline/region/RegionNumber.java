// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of region files: pixels, degrees, minutes ({@code '}) and seconds ({@code "}) of arc, sexagesimal. */
final class RegionNumber {
    private static final Pattern PLAIN =
            Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)([\"'dpi]?)");
    private static final Pattern SEXAGESIMAL =
            Pattern.compile("([-+]?)(\\d+)([:hd])(\\d+)[:m](\\d+(?:\\.\\d*)?)s?");

    /** Unit of a plain number. */
    enum Unit {
        /** As the system has it: pixels, or degrees on the sky. */
        NONE,
        /** Degrees. */
        DEGREES,
        /** Pixels. */
        PIXELS
    }

    private RegionNumber() {
    }

    /**
     * A plain number.
     *
     * @param value the number, arc minutes and seconds turned into degrees
     * @param unit its unit
     */
    record Plain(double value, Unit unit) {
    }

    /** Reads a number with an optional unit letter. */
    static Optional<Plain> plain(String text) {
        Matcher m = PLAIN.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        double v = Double.parseDouble(m.group(1));
        return Optional.of(switch (m.group(2)) {
            case "\"" -> new Plain(v / 3600, Unit.DEGREES);
            case "'" -> new Plain(v / 60, Unit.DEGREES);
            case "d" -> new Plain(v, Unit.DEGREES);
            case "p", "i" -> new Plain(v, Unit.PIXELS);
            default -> new Plain(v, Unit.NONE);
        });
    }

    /**
     * Reads a coordinate on the sky in degrees: decimal, or sexagesimal.
     *
     * @param text such as {@code 266.4}, {@code 17:45:36.0}, {@code 17h45m36s} or {@code -28d53m22s}
     * @param hours whether {@code a:b:c} counts hours, as right ascension does
     */
    static Optional<Double> sky(String text, boolean hours) {
        Matcher m = SEXAGESIMAL.matcher(text);
        if (!m.matches()) {
            return plain(text).filter(p -> p.unit() != Unit.PIXELS).map(Plain::value);
        }
        double minutes = Double.parseDouble(m.group(4));
        double seconds = Double.parseDouble(m.group(5));
        if (minutes >= 60 || seconds >= 60 || m.group(3).equals("h") && !hours) {
            return Optional.empty();
        }
        double v = Double.parseDouble(m.group(2)) + minutes / 60 + seconds / 3600;
        double scale = hours && !m.group(3).equals("d") ? 15 : 1;
        return Optional.of(m.group(1).equals("-") ? -v * scale : v * scale);
    }
}
