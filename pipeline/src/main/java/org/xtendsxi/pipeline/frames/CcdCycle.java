// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.Comparator;
import java.util.List;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.SegmentFrame;

/**
 * The unit of work: the segment frames of one CCD in one cycle.
 *
 * @param time start of the cycle, s
 * @param number FRAMENUM
 * @param ccdId 0..3
 * @param segments one or two frames in the order of SEGMENT
 */
public record CcdCycle(double time, int number, int ccdId, List<SegmentFrame> segments) {
    /**
     * Puts frames together.
     *
     * @throws SxiException (data) if they are not of one CCD and cycle, or a segment comes twice
     */
    public static CcdCycle of(List<SegmentFrame> frames) {
        List<SegmentFrame> sorted = frames.stream().sorted(Comparator.comparingInt(SegmentFrame::segment)).toList();
        SegmentFrame first = sorted.getFirst();
        for (int i = 1; i < sorted.size(); i++) {
            SegmentFrame f = sorted.get(i);
            if (f.segment() == sorted.get(i - 1).segment()) {
                throw bad(f, "SEGMENT", "segment comes twice in a cycle", f.segment(), "once per CCD and FRAMENUM");
            }
            if (f.ccdId() != first.ccdId() || f.number() != first.number()) {
                throw new IllegalArgumentException("frames of different CCDs or cycles: " + first + ", " + f);
            }
            if (f.time() != first.time()) {
                throw bad(f, "TIME", "segments of one cycle have different times", f.time(), first.time());
            }
        }
        return new CcdCycle(first.time(), first.number(), first.ccdId(), sorted);
    }

    private static SxiException bad(SegmentFrame f, String column, String what, Object value, Object limit) {
        return SxiException.data(what).hdu("FRAMES").row(f.row() + 1).column(column).value(value).limit(limit)
                .todo("repair or remove the row").build();
    }
}
