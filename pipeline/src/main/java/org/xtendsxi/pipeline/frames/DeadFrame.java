// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.bias.SegmentBias;
import org.xtendsxi.pipeline.kernel.Adc;

/** A segment whose overclock and active pixels are all at a rail was not read out: no bias, no live time. */
final class DeadFrame {
    private DeadFrame() {
    }

    static boolean is(MemorySegment pixels, FrameHeader header, SegmentBias bias) {
        if (!bias.atRail()) {
            return false;
        }
        FrameGeometry g = header.geometry();
        Adc adc = Adc.of(header);
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
