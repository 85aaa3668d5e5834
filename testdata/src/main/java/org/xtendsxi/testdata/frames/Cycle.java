// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import java.util.List;
import org.xtendsxi.caldb.frame.SegmentFrame;

/**
 * What one cycle gave for one file.
 *
 * @param plan the file
 * @param frames frames in order of CCD and segment
 * @param photons photons in order of arrival
 */
public record Cycle(FramePlan plan, List<SegmentFrame> frames, List<PhotonRecord> photons) {
}
