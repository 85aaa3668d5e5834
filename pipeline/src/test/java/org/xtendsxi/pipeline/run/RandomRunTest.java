// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;

/** Random numbers of a strict run are those of the event, whoever works on it and when (energy-chain section 5.2). */
@Tag("non-regression")
class RandomRunTest extends EventListRuns {
    /** Some thirty chunks. */
    private static final int MANY = 60_000;
    private static final String UF = "xtend/event_uf/xa" + OBSID + "xtd_p030000010_uf.evt";

    private int strict(Path to, int threads, Object... more) {
        Object[] fixed = {"--exit", "calibrate", "--compat", "strict", "--threads", threads};
        return run(words("run", observation, "--out", to, Stream.of(fixed, more).flatMap(Stream::of).toArray()));
    }

    private static int[] pi(Path run) {
        try (FitsReader f = FitsReader.open(run.resolve(UF)); EventChunk c = f.whole(f.need("EVENTS"))) {
            return c.ints("PI");
        }
    }

    @Test
    void threadsAndInterruptionsLeavePiAsItIs() throws IOException, InterruptedException {
        events("p030000010", MANY);
        assertThat(strict(out, 1)).isZero();
        int[] expected = pi(out);
        Path other = dir.resolve("seed");
        assertThat(strict(other, 1, "--seed", 8)).isZero();
        assertThat(pi(other)).as("another seed").hasSameSizeAs(expected).isNotEqualTo(expected);
        Path two = dir.resolve("two");
        assertThat(strict(two, 2)).isZero();
        assertThat(pi(two)).as("threads").isEqualTo(expected);
        Path resumed = dir.resolve("resumed");
        assertThat(interrupted(resumed)).as("exit code").isEqualTo(130);
        assertThat(resumed.resolve(UF)).doesNotExist();
        assertThat(Files.readString(resumed.resolve("log/run.json"))).contains("\"failed\"");
        assertThat(strict(resumed, 2)).isZero();
        assertThat(pi(resumed)).as("resumed").isEqualTo(expected);
    }

    /** Starts a run and interrupts it once it has begun to write events. */
    private int interrupted(Path to) throws InterruptedException {
        AtomicInteger code = new AtomicInteger(-1);
        Thread work = new Thread(() -> code.set(strict(to, 2)), "interrupted run");
        work.start();
        Path begun = to.resolve(UF).resolveSibling("." + to.resolve(UF).getFileName() + ".part");
        while (work.isAlive() && Files.notExists(begun)) {
            Thread.sleep(1);
        }
        work.interrupt();
        work.join();
        return code.get();
    }
}
