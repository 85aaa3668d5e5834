// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.extraction;

import java.util.Arrays;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Rules of the extraction. Thresholds are in the order 2*CCD_ID + SEGMENT.
 *
 * @param eventThreshold lowest pulse height of a centre, channels
 * @param splitThreshold pulse height from which an outer pixel is marked, channels
 * @param tiesByOrder of two equal pixels the one read first is the centre, instead of neither
 * @param surround whether events all of whose neighbours reach {@code surroundThreshold} are rejected
 * @param surroundThreshold channels
 * @param upper highest pulse height of a centre, channels; 0 for no limit
 * @param limit most events of a segment in a sub-exposure, in order of RAWY and RAWX; 0 for no limit
 * @param wideMargin centres two pixels inside their segment instead of one inside CCD or window
 * @param areaDiscrimination whether the rectangles of the header are obeyed
 */
public record ExtractionSettings(int[] eventThreshold, int[] splitThreshold, boolean tiesByOrder, boolean surround,
        int surroundThreshold, int upper, int limit, boolean wideMargin, boolean areaDiscrimination) {

    /** Settings of the stage's parameters; thresholds DEFAULT come from the header of the frames. */
    public static ExtractionSettings of(Parameters p, FrameHeader header) {
        return new ExtractionSettings(threshold(p, "eventthr", header.eventThreshold()),
                threshold(p, "splitthr", header.splitThreshold()), p.text("tie").equals("acis"), p.yes("surround"),
                p.integer("surroundthr"), p.integer("upper"), p.integer("limit"), p.text("margin").equals("segment"),
                p.yes("area"));
    }

    private static int[] threshold(Parameters p, String name, int[] header) {
        String text = p.text(name).strip();
        if (text.equalsIgnoreCase("DEFAULT")) {
            return header.clone();
        }
        int[] all = new int[header.length];
        try {
            Arrays.fill(all, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw SxiException.usage("parameter extraction." + name + " has no legal value").value(text)
                    .limit("DEFAULT or a whole number").todo("give a value in the range").cause(e).build();
        }
        return all;
    }
}
