// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.xtendsxi.caldb.error.SxiException;

/**
 * The results of two pieces of work that were done at the same time.
 *
 * @param first result of the first
 * @param second result of the second
 */
public record Together<A, B>(A first, B second) {
    /**
     * Does both and returns when both have ended.
     *
     * @param first a piece of work
     * @param second another, which does not depend on it
     * @throws RuntimeException the failure of the first, else that of the second
     */
    public static <A, B> Together<A, B> both(Callable<A> first, Callable<B> second) {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<A> a = threads.submit(first);
            Future<B> b = threads.submit(second);
            return new Together<>(a.get(), b.get());
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
