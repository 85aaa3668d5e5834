// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import org.xtendsxi.testdata.scene.Photon;

/**
 * A photon that was absorbed while its CCD was live and its row was read.
 *
 * @param photon the photon
 * @param frame FRAMENUM of its cycle
 * @param eventTime TIME that its event must have, s of mission time: start of the live time of its sub-exposure
 * @param arrival true time of arrival, s of mission time
 * @param segment segment of its pixel
 * @param rawX RAWX of its pixel
 * @param rawY RAWY of its pixel
 * @param electrons charge that it set free
 */
public record PhotonRecord(Photon photon, int frame, double eventTime, double arrival, int segment, int rawX, int rawY,
        double electrons) {
}
