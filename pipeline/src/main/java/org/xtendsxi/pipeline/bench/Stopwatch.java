// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.provenance.Host;

/**
 * Speed of a workload: warmed up, then the median of seven blocks of calls. With a yardstick its measurements stand
 * between the blocks, so that a machine whose speed changes slows both.
 */
final class Stopwatch {
    private static final int BLOCKS = 7;
    /** Lengths in seconds of processor time, so that a busy machine takes longer but measures the same. */
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
     * @param ratio median of the ratios of a block and the mean of the yardstick before and after it; NaN without one
     */
    record Speed(double median, double best, double processor, double ratio) {
    }

    static Speed measure(Workload w, Optional<Yardstick> beside) {
        block(w, WARM_UP);
        double[] speed = new double[BLOCKS];
        double[] processor = new double[BLOCKS];
        double[] ratio = new double[BLOCKS];
        double before = beside.map(Yardstick::measure).orElse(Double.NaN);
        for (int i = 0; i < BLOCKS; i++) {
            double[] both = block(w, BLOCK);
            double after = beside.map(Yardstick::measure).orElse(Double.NaN);
            speed[i] = both[0];
            processor[i] = both[1];
            ratio[i] = both[0] / ((before + after) / 2);
            before = after;
        }
        Arrays.sort(speed);
        Arrays.sort(processor);
        Arrays.sort(ratio);
        return new Speed(speed[BLOCKS / 2], speed[BLOCKS - 1], processor[BLOCKS / 2], ratio[BLOCKS / 2]);
    }

    /** Amounts per second of the clock and of processor time. */
    private static double[] block(Workload w, double seconds) {
        double processor = Host.processorSeconds();
        double begin = Host.seconds();
        double used;
        long calls = 0;
        long sink = 0;
        do {
            sink += w.work().run();
            calls++;
            used = Host.processorSeconds() - processor;
        } while (used < seconds);
        double elapsed = Host.seconds() - begin;
        if (sink <= 0) {
            throw new IllegalStateException("workload " + w.name() + " did nothing");
        }
        double amount = calls * w.amount();
        return new double[] {amount / elapsed, amount / used};
    }
}
