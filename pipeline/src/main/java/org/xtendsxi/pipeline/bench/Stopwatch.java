// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.util.Arrays;
import org.xtendsxi.caldb.provenance.Host;

/** Speed of a workload: warmed up, then the median of seven blocks of calls. */
final class Stopwatch {
    private static final int BLOCKS = 7;
    private static final double WARM_UP = 1.5;
    private static final double BLOCK = 0.2;

    private Stopwatch() {
    }

    /**
     * Amounts per second.
     *
     * @param median of all blocks
     * @param best fastest block
     */
    record Speed(double median, double best) {
    }

    static Speed measure(Workload w) {
        block(w, WARM_UP);
        double[] speed = new double[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            speed[i] = block(w, BLOCK);
        }
        Arrays.sort(speed);
        return new Speed(speed[BLOCKS / 2], speed[BLOCKS - 1]);
    }

    private static double block(Workload w, double seconds) {
        double begin = Host.seconds();
        double now;
        long calls = 0;
        long sink = 0;
        do {
            sink += w.work().run();
            calls++;
            now = Host.seconds();
        } while (now - begin < seconds);
        if (sink <= 0) {
            throw new IllegalStateException("workload " + w.name() + " did nothing");
        }
        return calls * w.amount() / (now - begin);
    }
}
