// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

/**
 * The dark of a segment.
 *
 * @param dataset observation, mode and data class that it holds for
 * @param time last frame that went into it, s of mission time
 * @param ccd CCD_ID
 * @param segment SEGMENT
 * @param method trimmed, median or none
 * @param source identity of the file it was made from
 * @param frames frames used
 * @param level mean level, adu
 * @param noise median of the noise of its pixels, adu
 * @param hot hot pixels
 * @param stuck pixels at a rail in every frame
 */
public record DarkRow(String dataset, double time, int ccd, int segment, String method, String source, int frames,
        double level, double noise, int hot, int stuck) {
}
