// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.frame;

/** Takes segment frames in time order. The pixel memory belongs to the caller and may be reused after the call. */
@FunctionalInterface
public interface FrameSink {
    /** Takes the next frame. */
    void accept(SegmentFrame frame);
}
