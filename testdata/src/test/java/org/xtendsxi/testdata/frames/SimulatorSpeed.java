// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import java.util.concurrent.atomic.LongAdder;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;

/** Measures cycles per second, by hand: {@code java org.xtendsxi.testdata.frames.SimulatorSpeed [cycles]}. */
public final class SimulatorSpeed {
    private static final int REPEATS = 3;

    private SimulatorSpeed() {
    }

    /** Runs with one and two threads. */
    public static void main(String[] args) {
        int cycles = args.length > 0 ? Integer.parseInt(args[0]) : 120;
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            for (int threads = 1; threads <= 2; threads++) {
                LongAdder pixels = new LongAdder();
                long start = System.nanoTime();
                FrameSimulator s =
                        new FrameSimulator(SimulationConfig.of(SceneKind.POINT, 1, cycles).withDarkCycles(0));
                long ready = System.nanoTime();
                s.run(threads, c -> c.frames().forEach(f -> pixels.add(f.pixels().byteSize() / 2)));
                double seconds = (System.nanoTime() - ready) / 1e9;
                System.out.printf("threads %d: prepared in %.3f s, %d cycles in %.3f s, %.1f cycles/s, %.2f ns/pixel%n",
                        threads, (ready - start) / 1e9, cycles, seconds, cycles / seconds,
                        1e9 * seconds / pixels.sum());
            }
        }
    }
}
