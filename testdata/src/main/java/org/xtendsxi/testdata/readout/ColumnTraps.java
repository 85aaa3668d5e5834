// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

/**
 * Traps of the columns of a segment.
 *
 * @param fast loss per fast transfer at PH_REF, by RAWX, a single-precision number as the table has it
 * @param slow loss per slow transfer
 * @param anomalous loss per transfer through anomalous rows
 * @param stretches anomalous rows of a column as ANOMALY_MIN, ANOMALY_MAX, by ACTX
 */
public record ColumnTraps(double[] fast, double[] slow, double[] anomalous, Map<Integer, int[]> stretches) {
    private static final int[] NONE = {0, 0};
    private static final int SHORTEST = 20;

    /** The traps of a segment; they belong to the place on the CCD, whichever node is in use. */
    public static ColumnTraps draw(SimulationConfig c, int ccdId, int segment) {
        Defects.Transfer t = c.detector().defects().transfer();
        int node = c.detector().activeNode()[Sxi.segmentIndex(ccdId, segment)];
        UniformRandomProvider random = Streams.of(c.seed(), Streams.Purpose.TRAPS, ccdId, segment);
        double[] fast = new double[Sxi.RAW_COLUMNS];
        double[] slow = new double[Sxi.RAW_COLUMNS];
        double[] anomalous = new double[Sxi.RAW_COLUMNS];
        ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(random);
        int left = segment * Sxi.RAW_COLUMNS + 1;
        for (int i = 0; i < Sxi.RAW_COLUMNS; i++) {
            int rawX = ReadNode.rawX(segment, node, left + i);
            fast[rawX] = norm(t.fast(), t.spread(), gauss);
            slow[rawX] = norm(t.slow(), t.spread(), gauss);
            anomalous[rawX] = norm(t.anomalous(), t.spread(), gauss);
        }
        Map<Integer, int[]> stretches = new HashMap<>();
        while (stretches.size() < t.anomalies()) {
            int low = 1 + random.nextInt(Sxi.ACT_SIZE - t.longest());
            int high = low + SHORTEST + random.nextInt(t.longest() - SHORTEST);
            stretches.put(left + random.nextInt(Sxi.RAW_COLUMNS), new int[] {low, high});
        }
        return new ColumnTraps(fast, slow, anomalous, Map.copyOf(stretches));
    }

    private static float norm(Defects.Trap t, double spread, ZigguratSampler.NormalizedGaussian gauss) {
        return (float) (t.norm() * Math.max(0, 1 + spread * gauss.sample()));
    }

    /** Anomalous rows of a column of the CCD; 0, 0 for none. */
    int[] stretch(int actX) {
        return stretches.getOrDefault(actX, NONE);
    }
}
