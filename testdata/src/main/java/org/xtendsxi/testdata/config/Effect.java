// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.error.SxiException;

/** What can be switched on or off in a simulation; each effect leaves its own truth (docs/simulator.md). */
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
    BACKGROUND("background"),
    /** Different gains of even and odd columns, and their change with the temperature of the video board. */
    EVEN_ODD("even-odd"),
    /** Rows of injected charge. */
    CHARGE_INJECTION("charge-injection"),
    /** Charge-transfer inefficiency; a sawtooth with charge injection. */
    CTI("cti"),
    /** Charge that follows into the next pixel and the next row. */
    TRAIL("trail"),
    /** Photons that arrive during frame transfer. */
    OUT_OF_TIME("out-of-time"),
    /** Cycles and segments that are not in the file. */
    LOST_FRAMES("lost-frames"),
    /** Overflow of full pixels along the column. */
    SATURATION("saturation"),
    /** Tracks of cosmic rays. */
    COSMIC_RAYS("cosmic-rays"),
    /** Dark level that rises with time. */
    DARK_DRIFT("dark-drift"),
    /** Light that leaks in, constant over areas. */
    LIGHT_LEAK("light-leak"),
    /** Pixels that are hot in some cycles. */
    FLICKERING("flickering"),
    /** Signal of the sister segment. */
    CROSSTALK("crosstalk"),
    /** Imprints of cosmic rays in the dark frames. */
    ECHO("echo"),
    /** Pointing that drifts, with attitude, orbit and good-time files. */
    ATTITUDE("attitude"),
    /** Fault: the readout noise rises. */
    NOISE_RISE("noise-rise"),
    /** Fault: charge enters from the far end of a segment and fills whole rows. */
    CHARGE_INTRUSION("charge-intrusion"),
    /** Fault: the CCD temperature of the housekeeping rises. */
    TEMPERATURE_DRIFT("temperature-drift"),
    /** Fault: the dark frames were taken long ago. */
    STALE_DARK("stale-dark");

    private final String word;

    Effect(String word) {
        this.word = word;
    }

    /** Name on the command line. */
    public String word() {
        return word;
    }

    /** The default set, {@code all} on the command line: the camera that the model calibration describes. */
    public static Set<Effect> standard() {
        return EnumSet.range(NOISE, BACKGROUND);
    }

    /** Every effect of a camera that works, {@code full} on the command line; faults are asked for by name. */
    public static Set<Effect> full() {
        return EnumSet.range(NOISE, ATTITUDE);
    }

    /**
     * Reads {@code all} (the default set), {@code full} (every effect but faults), {@code none} or a list, in which
     * {@code all} may stand too.
     *
     * @param list words separated by commas
     * @throws SxiException (usage) on a word that is not simulated
     */
    public static Set<Effect> parse(String list) {
        return switch (list.strip()) {
            case "full" -> full();
            case "none" -> EnumSet.noneOf(Effect.class);
            default -> {
                EnumSet<Effect> set = EnumSet.noneOf(Effect.class);
                for (String w : list.split(",")) {
                    if (w.strip().equals("all")) {
                        set.addAll(standard());
                    } else {
                        set.add(ofWord(w.strip()));
                    }
                }
                yield set;
            }
        };
    }

    private static Effect ofWord(String w) {
        return Arrays.stream(values()).filter(e -> e.word.equals(w)).findFirst().orElseThrow(() -> SxiException
                .usage("effect is not simulated by this version").value(w)
                .limit("all, full, none or a list of " + words()).todo("leave it out of --effects").build());
    }

    /** The words of all effects. */
    public static String words() {
        return Arrays.stream(values()).map(Effect::word).collect(Collectors.joining(","));
    }
}
