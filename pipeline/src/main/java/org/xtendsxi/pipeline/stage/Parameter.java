// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import java.util.List;
import java.util.Locale;
import org.xtendsxi.caldb.error.SxiException;

/**
 * A parameter of a stage: everything that help pages, checks and the run record say of it.
 *
 * @param name lower case, unique within the stage; users write {@code stage.name=value}
 * @param type kind of value
 * @param unit unit, empty if none
 * @param low lowest legal value of a number
 * @param high highest legal value of a number
 * @param choices legal words of a {@link Type#CHOICE}
 * @param defaultValue default as text
 * @param text what it does
 */
public record Parameter(String name, Type type, String unit, double low, double high, List<String> choices,
        String defaultValue, String text) {

    /** Kinds of values. */
    public enum Type {
        /** Whole number. */
        INTEGER,
        /** Floating-point number. */
        REAL,
        /** yes or no. */
        YES_NO,
        /** One of a few words. */
        CHOICE,
        /** Free text, such as a file name. */
        TEXT
    }

    /** A whole number in low..high. */
    public static Parameter integer(String name, String unit, long low, long high, long defaultValue, String text) {
        return new Parameter(name, Type.INTEGER, unit, low, high, List.of(), Long.toString(defaultValue), text);
    }

    /** A floating-point number in low..high. */
    public static Parameter real(String name, String unit, double low, double high, double defaultValue, String text) {
        return new Parameter(name, Type.REAL, unit, low, high, List.of(), Double.toString(defaultValue), text);
    }

    /** A switch. */
    public static Parameter yesNo(String name, boolean defaultValue, String text) {
        return new Parameter(name, Type.YES_NO, "", 0, 0, List.of("yes", "no"), defaultValue ? "yes" : "no", text);
    }

    /** One of a few words, the first being the default. */
    public static Parameter choice(String name, List<String> choices, String text) {
        return new Parameter(name, Type.CHOICE, "", 0, 0, choices, choices.getFirst(), text);
    }

    /** Free text. */
    public static Parameter text(String name, String defaultValue, String text) {
        return new Parameter(name, Type.TEXT, "", 0, 0, List.of(), defaultValue, text);
    }

    /** Legal values in words. */
    public String range() {
        return switch (type) {
            case INTEGER -> (long) low + ".." + (long) high;
            case REAL -> low + ".." + high;
            case YES_NO, CHOICE -> String.join("|", choices);
            case TEXT -> "text";
        };
    }

    /**
     * Checks a value and returns it in its normal form.
     *
     * @param stage owner, for the message
     * @param value as the user wrote it
     * @throws SxiException (usage) if it is not legal
     */
    public String check(String stage, String value) {
        String v = value.strip();
        boolean ok = switch (type) {
            case INTEGER -> isNumber(v) && Double.parseDouble(v) == Math.rint(Double.parseDouble(v)) && inRange(v);
            case REAL -> isNumber(v) && inRange(v);
            case YES_NO -> List.of("yes", "no", "y", "n", "true", "false").contains(v.toLowerCase(Locale.ROOT));
            case CHOICE -> choices.contains(v);
            case TEXT -> true;
        };
        if (!ok) {
            throw SxiException.usage("parameter " + stage + "." + name + " has no legal value").value(v).limit(range())
                    .todo("give a value in the range (sxi plan lists all parameters)").build();
        }
        return switch (type) {
            case YES_NO -> "yt".indexOf(Character.toLowerCase(v.charAt(0))) >= 0 ? "yes" : "no";
            case INTEGER -> Long.toString((long) Double.parseDouble(v));
            default -> v;
        };
    }

    private boolean inRange(String v) {
        double x = Double.parseDouble(v);
        return x >= low && x <= high;
    }

    private static boolean isNumber(String v) {
        try {
            return !Double.isNaN(Double.parseDouble(v));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
