// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.pulse;

import java.util.Locale;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Keywords of an event file that the corrections need (energy-chain section 4.2). Vectors are in the order
 * 2*CCD_ID + SEGMENT.
 *
 * @param mode first seven characters of DATAMODE
 * @param start TSTART, s
 * @param stop TSTOP, s
 * @param windowStart WIN_ST, ACTY of the first row of the window
 * @param injection charge-injection rows
 * @param underclock HUCLEGTH, pixels
 * @param vertical VUCHEGHT, rows
 * @param imageRows IMGHEGHT, rows transferred to the frame store
 * @param activeNode ACTVNODE, the READNODE in use
 * @param eventThreshold EVENTTHR, channels
 */
public record Readout(String mode, double start, double stop, int windowStart, Injection injection, int[] underclock,
        int[] vertical, int[] imageRows, int[] activeNode, int[] eventThreshold) {
    private static final int MODE_LENGTH = 7;

    /**
     * Charge-injection rows.
     *
     * @param status CISTATUS: 1 if charge was injected
     * @param period CIPERIOD, rows
     * @param offset CIOFFSET, ACTY
     * @param first CIFIRST, ACTY
     */
    public record Injection(int status, int period, int offset, int first) {
    }

    /** Reads the keywords. */
    public static Readout of(Keywords k) {
        String mode = k.needText("DATAMODE").strip();
        if (mode.length() < MODE_LENGTH) {
            throw k.at(SxiException.data("data mode is too short"), "DATAMODE").value(mode)
                    .limit("WINDOW1 or WINDOW2 and more").todo("repair the header").build();
        }
        Injection ci = new Injection(k.needInteger("CISTATUS"), k.needInteger("CIPERIOD"), k.needInteger("CIOFFSET"),
                k.needInteger("CIFIRST"));
        if (ci.status() == 1 && ci.period() <= 0) {
            throw k.at(SxiException.data("charge-injection period is not positive"), "CIPERIOD").value(ci.period())
                    .todo("repair the header").build();
        }
        return new Readout(mode.substring(0, MODE_LENGTH), k.needReal("TSTART"), k.needReal("TSTOP"),
                k.needInteger("WIN_ST"), ci, vector(k, "HUCLEGTH"), vector(k, "VUCHEGHT"), vector(k, "IMGHEGHT"),
                vector(k, "ACTVNODE"), vector(k, "EVENTTHR"));
    }

    /** Eight integers; an element NA is 0. */
    private static int[] vector(Keywords k, String key) {
        String text = k.needText(key);
        String[] items = text.strip().replaceFirst("^[(\\s]+", "").replaceFirst("[)\\s]+$", "").split(",", -1);
        if (items.length != Sxi.ALL_SEGMENTS) {
            throw k.at(SxiException.data("keyword has the wrong number of values"), key).value(text)
                    .limit(Sxi.ALL_SEGMENTS).todo("repair the header").build();
        }
        int[] out = new int[items.length];
        for (int i = 0; i < out.length; i++) {
            String item = items[i].strip();
            try {
                out[i] = item.toUpperCase(Locale.ROOT).equals("NA") ? 0 : Integer.parseInt(item);
            } catch (NumberFormatException e) {
                throw k.at(SxiException.data("value is not a whole number"), key).value(text)
                        .todo("repair the header").cause(e).build();
            }
        }
        return out;
    }

    /** The same readout with one event threshold for all segments. */
    public Readout withEventThreshold(int threshold) {
        int[] all = new int[Sxi.ALL_SEGMENTS];
        java.util.Arrays.fill(all, threshold);
        return new Readout(mode, start, stop, windowStart, injection, underclock, vertical, imageRows, activeNode, all);
    }

    /**
     * Index of a segment in the vectors of the geometry. HEASoft 6.20 computes it in the even/odd step only; with that
     * step switched off it stays 0 (quirk Q2).
     */
    public static int geometryIndex(int ccdId, int segment, boolean stuckAtZero) {
        return stuckAtZero ? 0 : Sxi.segmentIndex(ccdId, segment);
    }
}
