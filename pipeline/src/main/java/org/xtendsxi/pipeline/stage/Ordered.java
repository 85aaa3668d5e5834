// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.xtendsxi.caldb.error.SxiException;

/**
 * Work on a stream by several threads with results in order. Source and sink run on the calling thread; at most two
 * items per thread are in flight, so memory is bounded. One thread or many, the sink sees the same.
 */
public final class Ordered {
    private Ordered() {
    }

    /**
     * Runs to the end of the source.
     *
     * @param threads worker threads; 1 works on the calling thread
     * @param source next item, empty at the end
     * @param work pure function of an item
     * @param sink takes results in the order of the items
     */
    public static <T, R> void run(int threads, Supplier<Optional<T>> source, Function<T, R> work, Consumer<R> sink) {
        if (threads == 1) {
            for (Optional<T> item = source.get(); item.isPresent(); item = source.get()) {
                sink.accept(work.apply(item.get()));
            }
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
        try {
            Deque<Future<R>> flying = new ArrayDeque<>();
            for (Optional<T> item = source.get(); item.isPresent(); item = source.get()) {
                T t = item.get();
                flying.add(pool.submit(() -> work.apply(t)));
                if (flying.size() >= 2 * threads) {
                    sink.accept(get(flying.remove()));
                }
            }
            while (!flying.isEmpty()) {
                sink.accept(get(flying.remove()));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static <R> R get(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException r -> throw r;
                case Error r -> throw r;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SxiException.interrupted("interrupted").todo("start again; finished passes are reused").build();
        }
    }
}
