// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.config.SimulationConfig;

/** Both ASICs of a segment at the temperature of their board; pixels without charge are not changed. */
final class EvenOddGain implements ChargeEffect {
    private final SimulationConfig config;
    private final int board;
    private final AsicGain[] gains;
    private final VideoBoard boards;

    EvenOddGain(SimulationConfig config, int ccdId, int segment) {
        this.config = config;
        this.board = VideoBoard.board(ccdId);
        this.gains = new AsicGain[] {AsicGain.draw(config, ccdId, segment, 0),
            AsicGain.draw(config, ccdId, segment, 1)};
        this.boards = new VideoBoard(config.detector().defects().video(), config.startTime());
    }

    @Override
    public void apply(int cycle, ChargeImage charge) {
        FrameGeometry g = config.detector().geometry();
        double unit = config.detector().aduPerElectron();
        double temperature = boards.temperature(board, config.time(cycle));
        charge.change((i, q) -> {
            int parity = i % g.width() - g.under() & 1;
            return q > 0 ? gains[parity].shown(q * unit, temperature) / unit : q;
        });
    }
}
