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
     * @param processor median of all blocks, per second of processor time of this thread instead of the clock
     */
    record Speed(double median, double best, double processor) {
    }

    static Speed measure(Workload w) {
        block(w, WARM_UP);
        double[] speed = new double[BLOCKS];
        double[] processor = new double[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            double[] both = block(w, BLOCK);
            speed[i] = both[0];
            processor[i] = both[1];
        }
        Arrays.sort(speed);
        Arrays.sort(processor);
        return new Speed(speed[BLOCKS / 2], speed[BLOCKS - 1], processor[BLOCKS / 2]);
    }

    /** Amounts per second of the clock and of processor time. */
    private static double[] block(Workload w, double seconds) {
        double processor = Host.processorSeconds();
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
        double amount = calls * w.amount();
        return new double[] {amount / (now - begin), amount / (Host.processorSeconds() - processor)};
    }
}
