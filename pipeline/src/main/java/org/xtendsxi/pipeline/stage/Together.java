// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.xtendsxi.caldb.error.SxiException;

/** Pieces of work that do not depend on each other, done at the same time. */
public final class Together {
    private Together() {
    }

    /**
     * Does all and returns when all have ended.
     *
     * @param threads how many at a time; they are begun in the order given
     * @param work pieces of work
     * @return their results, in the order given
     * @throws RuntimeException the failure of the first that failed
     */
    public static <T> List<T> all(int threads, List<? extends Callable<? extends T>> work) {
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, work.size()))) {
            List<T> results = new ArrayList<>();
            for (Future<? extends T> f : work.stream().map(pool::submit).toList()) {
                results.add(f.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SxiException.interrupted("interrupted").todo("run again").cause(e).build();
        }
    }
}
