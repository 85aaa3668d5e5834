// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import org.xtendsxi.testdata.config.Defects;

/**
 * Temperature of the video boards: a slow wave, shifted from board to board. CCD3 and CCD4 sit on the same board
 * (energy-chain section 6.1).
 *
 * @param video the model
 * @param start mission time at which the wave of the first board passes its mean, s
 */
public record VideoBoard(Defects.Video video, double start) {
    private static final int BOARDS = 3;

    /** Board of a CCD: 0 MIO1 A, 1 MIO1 B, 2 MIO2 B. */
    public static int board(int ccdId) {
        return Math.min(ccdId, BOARDS - 1);
    }

    /** Temperature of a board at a mission time, C. */
    public double temperature(int board, double time) {
        double phase = 2 * Math.PI * ((time - start) / video.period() + (double) board / BOARDS);
        return video.mean() + video.swing() * Math.sin(phase);
    }
}
