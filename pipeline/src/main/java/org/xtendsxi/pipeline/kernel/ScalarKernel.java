// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;

/** The search in plain Java: pixel by pixel, whole numbers, no limits on the levels. */
public final class ScalarKernel implements ExtractionKernel {
    @Override
    public String id() {
        return "scalar";
    }

    @Override
    public void scan(PixelPlane plane, int threshold, RowBlocks rows, Hits hits) {
        Cut cut = new Cut(plane, threshold);
        for (int y = 0; y < rows.rows(); y++) {
            if (rows.inside(y)) {
                row(plane, cut, y, 0, hits);
            }
        }
    }

    /** Searches one row from a column on. */
    static void row(PixelPlane plane, Cut cut, int y, int firstX, Hits hits) {
        FrameGeometry g = plane.geometry();
        MemorySegment pixels = plane.pixels();
        DarkLevel dark = plane.dark();
        long at = 2L * g.index(0, y);
        int first = y * g.active();
        long even = cut.offset(y, 0);
        long odd = cut.offset(y, 1);
        boolean inverted = plane.adc().inverted();
        boolean whole = dark.floorsUsable();
        short[] floors = dark.floors();
        for (int x = firstX; x < g.active(); x++) {
            int word = pixels.get(SegmentFrame.WORD, at + 2L * x);
            long d = whole ? floors[first + x] : (long) Math.floor(dark.at(first + x));
            long offset = (x & 1) == 0 ? even : odd;
            if (inverted ? word <= offset - d : word >= offset + d) {
                hits.add(first + x);
            }
        }
    }
}
