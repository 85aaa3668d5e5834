// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import java.util.List;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.RoundedGaussian;

/** What changes the level of active pixels from cycle to cycle: dark drift, light leak, echo, charge that enters. */
final class LevelShift {
    private final SimulationConfig config;
    private final RowMap rows;
    private final int ccdId;
    private final int segment;
    private final int node;
    private final List<OddPixel> echoes;
    private final LightLeak leak;

    LevelShift(SimulationConfig config, RowMap rows, int ccdId, int segment) {
        this.config = config;
        this.rows = rows;
        this.ccdId = ccdId;
        this.segment = segment;
        this.node = config.detector().activeNode()[Sxi.segmentIndex(ccdId, segment)];
        this.echoes = OddPixel.echoes(config, ccdId, segment);
        this.leak = new LightLeak(config);
    }

    /** Echo pixels. */
    List<OddPixel> echoes() {
        return echoes;
    }

    /**
     * Levels of a cycle in 1/64 adu.
     *
     * @param base levels without these effects; not changed, and the result itself if none applies
     */
    int[] apply(int cycle, int[] base) {
        boolean dark = cycle < config.darkCycles();
        boolean drifts = config.has(Effect.DARK_DRIFT);
        boolean leaks = config.has(Effect.LIGHT_LEAK) && !dark;
        boolean echo = dark && !echoes.isEmpty();
        int filled = filled(cycle);
        if (!drifts && !leaks && !echo && filled == 0) {
            return base;
        }
        int[] level = base.clone();
        if (drifts) {
            double seconds = config.time(cycle) - config.time(0);
            add(level, parts(config.detector().defects().level().drift() * seconds / 1000));
        }
        if (leaks) {
            leak(level, leak.levels(leak.epoch(cycle), ccdId, segment));
        }
        if (echo) {
            imprint(level);
        }
        if (filled > 0) {
            flood(level, filled);
        }
        return level;
    }

    /** Rows full of charge: in one segment, and in light and dark frames alike. */
    private int filled(int cycle) {
        boolean here = config.has(Effect.CHARGE_INTRUSION) && ccdId == config.ccds().getFirst() && segment == 0;
        return here ? config.detector().defects().fault().filled(cycle - config.darkCycles()) : 0;
    }

    private void flood(int[] level, int filled) {
        FrameGeometry g = config.detector().geometry();
        int full = RoundedGaussian.FRACTIONS * (config.detector().adcMax() + 1);
        for (int y = 0; y < g.rows(); y++) {
            for (int x = 0; rows.actY(y) > Sxi.ACT_SIZE - filled && x < g.active(); x++) {
                level[g.index(x, y)] += full;
            }
        }
    }

    private int parts(double adu) {
        return (int) Math.rint(RoundedGaussian.FRACTIONS * rows.darkShare() * adu);
    }

    private void add(int[] level, int parts) {
        FrameGeometry g = config.detector().geometry();
        for (int y = 0; y < g.rows(); y++) {
            for (int x = 0; x < g.active(); x++) {
                level[g.index(x, y)] += parts;
            }
        }
    }

    private void leak(int[] level, double[] areas) {
        FrameGeometry g = config.detector().geometry();
        for (int y = 0; y < g.rows(); y++) {
            for (int x = 0; x < g.active(); x++) {
                level[g.index(x, y)] += parts(areas[leak.area(ReadNode.actX(segment, node, x), rows.actY(y))]);
            }
        }
    }

    /** The imprint does not come from the exposure, so it is the same in all modes. */
    private void imprint(int[] level) {
        for (OddPixel p : echoes) {
            for (int i = 0; i < rows.mode().timing().exposures(); i++) {
                int rawY = rows.rawY(i, p.actY());
                if (rawY != RowMap.NONE) {
                    level[config.detector().geometry().index(ReadNode.rawX(segment, node, p.actX()), rawY)] -=
                            (int) Math.rint(RoundedGaussian.FRACTIONS * p.level());
                }
            }
        }
    }
}
