// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

/**
 * What a dark that follows the frames did with the pixels of one frame; the counters of the heritage telemetry
 * (frames-and-science section 2.3).
 *
 * @param reject pixels above the high limit or at a rail of the ADC: a photon or particle, the level stays
 * @param replace pixels below the low limit: the level was wrong and takes the new value
 * @param update pixels that entered the level
 * @param hot pixels whose level is above the hot limit afterwards
 */
public record DarkCounts(int reject, int replace, int update, int hot) {
    /** No frame was taken. */
    public static final DarkCounts NONE = new DarkCounts(0, 0, 0, 0);

    /** Sum of two; the hot pixels are those of the later one. */
    public DarkCounts then(DarkCounts later) {
        return new DarkCounts(reject + later.reject, replace + later.replace, update + later.update, later.hot);
    }
}
