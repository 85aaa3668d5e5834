// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.frame;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * What the header of table FRAMES says (contract, section 3). 8-tuples are in the order 2*CCD_ID + SEGMENT.
 *
 * @param geometry layout of every frame
 * @param adcBits ADCBITS, 1..16
 * @param inverted POLARITY '-': pulse heights fall with charge
 * @param mode DATAMODE
 * @param detnam DETNAM: CCD, CCD12 or CCD34
 * @param timing timing of the cycle
 * @param windowStart WIN_ST, ACTY of the first row of the window
 * @param windowSize WIN_SIZE, rows of the window
 * @param activeNode ACTVNODE
 * @param eventThreshold EVENTTHR, channels
 * @param splitThreshold SPLITTHR, channels
 */
public record FrameHeader(FrameGeometry geometry, int adcBits, boolean inverted, DataMode mode, String detnam,
        FrameTiming timing, int windowStart, int windowSize, int[] activeNode, int[] eventThreshold,
        int[] splitThreshold) {
    private static final int[] NODES = {0, 1, 0, 1, 0, 1, 0, 1};

    /** Reads the keywords; those that may be absent have the defaults of the contract. */
    public static FrameHeader of(Keywords k) {
        FrameGeometry g = new FrameGeometry(same(k, "HUCLEGTH"), Sxi.RAW_COLUMNS, same(k, "HOCLEGTH"),
                same(k, "VUCHEGHT"), same(k, "IMGHEGHT"), same(k, "VOCHEGHT"));
        String modeName = k.needText("DATAMODE");
        DataMode mode = DataMode.of(modeName).orElseThrow(() -> k.at(SxiException.data("data mode is not known"),
                "DATAMODE").value(modeName).limit(Arrays.toString(DataMode.values())).todo("repair the header")
                .build());
        String polarity = k.needText("POLARITY").strip();
        if (!polarity.equals("+") && !polarity.equals("-")) {
            throw k.at(SxiException.data("polarity is not known"), "POLARITY").value(polarity).limit("+ or -")
                    .todo("repair the header").build();
        }
        int adcBits = k.needInteger("ADCBITS");
        if (adcBits < 1 || adcBits > 16) {
            throw k.at(SxiException.data("ADC bits out of range"), "ADCBITS").value(adcBits).limit("1..16")
                    .todo("repair the header").build();
        }
        return new FrameHeader(g, adcBits, polarity.equals("-"), mode, k.text("DETNAM").orElse("CCD"),
                timing(k, mode.timing()), (int) k.integer("WIN_ST").orElse(1),
                (int) k.integer("WIN_SIZE").orElse(Sxi.ACT_SIZE), k.tuple("ACTVNODE", Sxi.ALL_SEGMENTS).orElse(NODES),
                k.needTuple("EVENTTHR", Sxi.ALL_SEGMENTS), k.needTuple("SPLITTHR", Sxi.ALL_SEGMENTS));
    }

    private static int same(Keywords k, String key) {
        int[] all = k.needTuple(key, Sxi.ALL_SEGMENTS);
        int[] distinct = Arrays.stream(all).distinct().toArray();
        if (distinct.length != 1 || distinct[0] < 0) {
            throw k.at(SxiException.data("frame geometry differs between segments"), key)
                    .value(Keywords.tupleText(all)).limit("eight equal values, not negative")
                    .todo("write one file per geometry").build();
        }
        return distinct[0];
    }

    /** Timing of the keywords; those that are absent come from the default of the data mode. */
    public static FrameTiming timing(Keywords k, FrameTiming d) {
        return new FrameTiming(k.real("TIMEDEL").orElse(d.timeDel()), k.real("TIMTRANB").orElse(d.transferBefore()),
                k.real("TIMTRANA").orElse(d.transferAfter()), k.real("EXPDEADB").orElse(d.deadBefore()),
                k.real("EXPDEADA").orElse(d.deadAfter()), k.real("FLUSHIMB").orElse(d.flush()),
                k.real("LASTDEAD").orElse(d.lastDead()), k.real("LASTDEL").orElse(d.lastDel()),
                k.real("NOMEXPO").orElse(d.nominal()));
    }

    /** Writes the keywords of this record. */
    public void write(Keywords k) {
        tuple(k, "HUCLEGTH", geometry.under(), "horizontal underclock pixels");
        tuple(k, "HOCLEGTH", geometry.over(), "horizontal overclock pixels");
        tuple(k, "VUCHEGHT", geometry.vUnder(), "vertical underclock rows");
        tuple(k, "IMGHEGHT", geometry.rows(), "imaging rows");
        tuple(k, "VOCHEGHT", geometry.vOver(), "vertical overclock rows");
        k.set("ADCBITS", adcBits, "bits of the ADC").set("POLARITY", inverted ? "-" : "+", "pulse heights with charge")
                .set("DATAMODE", mode.name(), "data mode").set("DETNAM", detnam, "CCDs")
                .set("NOMEXPO", timing.nominal(), "[s] cycle").set("TIMEDEL", timing.timeDel(), "[s] live time")
                .set("TIMTRANB", timing.transferBefore(), "[s] frame transfer before")
                .set("TIMTRANA", timing.transferAfter(), "[s] frame transfer after")
                .set("EXPDEADB", timing.deadBefore(), "[s] wait before")
                .set("EXPDEADA", timing.deadAfter(), "[s] wait after").set("FLUSHIMB", timing.flush(), "[s] flush")
                .set("LASTDEAD", timing.lastDead(), "[s] wait after the last")
                .set("LASTDEL", timing.lastDel(), "[s] live time of the last, 0 as others")
                .set("WIN_ST", windowStart, "ACTY of the first row").set("WIN_SIZE", windowSize, "rows of the window")
                .set("ACTVNODE", Keywords.tupleText(activeNode), "nodes in use")
                .set("EVENTTHR", Keywords.tupleText(eventThreshold), "[chan] event threshold")
                .set("SPLITTHR", Keywords.tupleText(splitThreshold), "[chan] split threshold");
    }

    private static void tuple(Keywords k, String key, int value, String comment) {
        int[] v = new int[Sxi.ALL_SEGMENTS];
        Arrays.fill(v, value);
        k.set(key, Keywords.tupleText(v), comment);
    }
}
