// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.error.SxiException;

/** What can be switched off in a simulation; each effect leaves its own truth. */
public enum Effect {
    /** Readout noise of every pixel. */
    NOISE("noise"),
    /** Fluctuation of the number of electrons (Fano). */
    FANO("fano"),
    /** Charge clouds of finite size; without them a photon stays in its pixel. */
    SPREAD("spread"),
    /** Natural width of the lines of the calibration source. */
    LINE_WIDTH("line-width"),
    /** Dark level that differs from pixel to pixel. */
    DARK("dark"),
    /** Hot pixels. */
    HOT_PIXELS("hot"),
    /** X-ray-like background, uniform over the camera. */
    BACKGROUND("background");

    private final String word;

    Effect(String word) {
        this.word = word;
    }

    /** Name on the command line. */
    public String word() {
        return word;
    }

    /** All effects that this version simulates. */
    public static Set<Effect> all() {
        return EnumSet.allOf(Effect.class);
    }

    /**
     * Reads {@code all}, {@code none} or a list.
     *
     * @param list words separated by commas
     * @throws SxiException (usage) on a word that is not simulated
     */
    public static Set<Effect> parse(String list) {
        return switch (list.strip()) {
            case "all" -> all();
            case "none" -> EnumSet.noneOf(Effect.class);
            default -> {
                EnumSet<Effect> set = EnumSet.noneOf(Effect.class);
                for (String w : list.split(",")) {
                    set.add(ofWord(w.strip()));
                }
                yield set;
            }
        };
    }

    private static Effect ofWord(String w) {
        return Arrays.stream(values()).filter(e -> e.word.equals(w)).findFirst().orElseThrow(() -> SxiException
                .usage("effect is not simulated by this version").value(w).limit("all, none or a list of " + words())
                .todo("leave it out of --effects").build());
    }

    /** The words of all effects. */
    public static String words() {
        return Arrays.stream(values()).map(Effect::word).collect(Collectors.joining(","));
    }
}
