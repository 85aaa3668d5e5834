// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.util.Arrays;
import org.xtendsxi.caldb.table.ResponseTable;

/** Rows of the matrix: the responses of the regions in the proportion of their events (energy-chain section 12.5). */
final class Response {
    private final ResponseTable table;
    private final double[] weights;
    private final LineShape shape;
    private final double[] region;

    /**
     * Response of a spectrum.
     *
     * @param table shape by region
     * @param weights share of the events in each region
     * @param channels output channels
     * @param faults R9 as it was, see {@link LineShape}
     */
    Response(ResponseTable table, double[] weights, Channels channels, boolean faults) {
        this.table = table;
        this.weights = weights.clone();
        this.shape = new LineShape(channels, faults);
        this.region = new double[channels.count()];
    }

    /** Probabilities of the channels for photons of an energy, keV. */
    double[] row(double kev) {
        double[] total = new double[region.length];
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] > 0) {
                int end = shape.add(kev, table.at(k, kev), region);
                for (int i = 0; i < end; i++) {
                    total[i] += region[i] * weights[k];
                }
                Arrays.fill(region, 0, end, 0);
            }
        }
        return total;
    }
}
