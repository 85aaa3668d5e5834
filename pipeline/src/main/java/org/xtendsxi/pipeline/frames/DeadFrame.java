// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.bias.SegmentBias;
import org.xtendsxi.pipeline.kernel.Adc;

/**
 * A segment that gives no bias, and so no live time: the overclock of even or odd columns is all at the upper rail,
 * above which no charge could be seen, or overclock and active pixels are all at a rail, as when the segment was not
 * read out. A bias at the lower rail alone is legal.
 */
final class DeadFrame {
    private DeadFrame() {
    }

    static boolean is(MemorySegment pixels, FrameHeader header, SegmentBias bias) {
        if (!bias.atRail()) {
            return false;
        }
        Adc adc = Adc.of(header);
        if (Math.max(bias.even(), bias.odd()) >= adc.max()) {
            return true;
        }
        FrameGeometry g = header.geometry();
        for (int y = 0; y < g.rows(); y++) {
            for (int x = 0; x < g.active(); x++) {
                int word = pixels.get(SegmentFrame.WORD, 2L * g.index(x, y));
                if (!adc.atRail(word + SegmentFrame.ZERO)) {
                    return false;
                }
            }
        }
        return true;
    }
}
