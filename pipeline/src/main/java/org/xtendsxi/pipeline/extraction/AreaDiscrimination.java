// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Area discrimination of the header: one inclusion and four exclusion rectangles per segment
 * (events-coords-screening section 9.5.2). Rectangles include their edges; columns are RAWX of the node ACTVNODE, rows
 * are counted from 0 on the CCD, so that a window lies where it lies on the chip.
 */
public final class AreaDiscrimination {
    private final List<Optional<Rectangle>> inside;
    private final List<List<Rectangle>> outside;
    private final boolean[] firstExclusion;
    private final int[] activeNode;
    private final int windowSize;
    private final int windowStart;

    private record Rectangle(int x1, int x2, int y1, int y2) {
        boolean contains(int x, int y) {
            return x >= x1 && x <= x2 && y >= y1 && y <= y2;
        }
    }

    private AreaDiscrimination(List<Optional<Rectangle>> inside, List<List<Rectangle>> outside,
            boolean[] firstExclusion, FrameHeader h) {
        this.inside = inside;
        this.outside = outside;
        this.firstExclusion = firstExclusion;
        this.activeNode = h.activeNode();
        boolean windowed = h.mode().windowed();
        this.windowSize = windowed ? h.windowSize() : h.geometry().rows();
        this.windowStart = windowed ? h.windowStart() : 1;
    }

    /**
     * Reads CnSmARON, CnSmARIN and CnSmAROU; segments without CnSmARON have none.
     *
     * @throws SxiException (data) if a rectangle that is switched on is missing or has a coordinate -1
     */
    public static AreaDiscrimination of(Keywords k, FrameHeader header) {
        List<Optional<Rectangle>> inside = new ArrayList<>();
        List<List<Rectangle>> outside = new ArrayList<>();
        boolean[] first = new boolean[Sxi.ALL_SEGMENTS];
        for (int i = 0; i < Sxi.ALL_SEGMENTS; i++) {
            String stem = "C" + i / Sxi.SEGMENTS + "S" + i % Sxi.SEGMENTS;
            int[] on = k.tuple(stem + "ARON", 5).orElse(new int[5]);
            first[i] = on[1] != 0;
            inside.add(on[0] == 0 ? Optional.empty()
                    : Optional.of(rectangle(k, stem + "ARIN", k.needTuple(stem + "ARIN", 4), 0)));
            List<Rectangle> out = new ArrayList<>();
            for (int e = 1; e < on.length; e++) {
                if (on[e] != 0) {
                    out.add(rectangle(k, stem + "AROU", k.needTuple(stem + "AROU", 16), 4 * (e - 1)));
                }
            }
            outside.add(out);
        }
        return new AreaDiscrimination(inside, outside, first, header);
    }

    private static Rectangle rectangle(Keywords k, String key, int[] v, int from) {
        for (int i = from; i < from + 4; i++) {
            if (v[i] == -1) {
                throw k.at(SxiException.data("area discrimination is on, but its rectangle is not set"), key)
                        .value(Keywords.tupleText(v)).limit("no coordinate -1")
                        .todo("repair the header, or set extraction.area=no").build();
            }
        }
        return new Rectangle(Math.min(v[from], v[from + 1]), Math.max(v[from], v[from + 1]),
                Math.min(v[from + 2], v[from + 3]), Math.max(v[from + 2], v[from + 3]));
    }

    /** Whether the first exclusion rectangle of a segment is on: ADOU0ENA of the exposure table. */
    public boolean firstExclusion(int ccdId, int segment) {
        return firstExclusion[Sxi.segmentIndex(ccdId, segment)];
    }

    /** Whether an event centred on a pixel is kept. */
    public boolean keeps(int ccdId, int segment, int readNode, int rawX, int rawY) {
        int i = Sxi.segmentIndex(ccdId, segment);
        if (inside.get(i).isEmpty() && outside.get(i).isEmpty()) {
            return true;
        }
        int x = ReadNode.rawX(segment, activeNode[i], ReadNode.actX(segment, readNode, rawX));
        int y = rawY % windowSize + windowStart - 1;
        return inside.get(i).map(r -> r.contains(x, y)).orElse(true)
                && outside.get(i).stream().noneMatch(r -> r.contains(x, y));
    }
}
