// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import org.xtendsxi.pipeline.bias.SegmentBias;

/**
 * What happened to one segment in one cycle: a row of the exposure table.
 *
 * @param time start of the cycle, s
 * @param number FRAMENUM
 * @param ccdId 0..3
 * @param segment 0..1
 * @param usable whether the segment was read out
 * @param bias bias of the frame
 * @param dark dark of the frame
 * @param events events found
 * @param full whether the limit of events cut some off
 */
public record SegmentExposure(double time, int number, int ccdId, int segment, boolean usable, SegmentBias bias,
        SegmentDark dark, int events, boolean full) {
    /** A row that says nothing of the dark, of a frame that was not full. */
    public SegmentExposure(double time, int number, int ccdId, int segment, boolean usable, SegmentBias bias,
            int events) {
        this(time, number, ccdId, segment, usable, bias, SegmentDark.NONE, events, false);
    }
}
