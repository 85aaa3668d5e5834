// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.xtendsxi.caldb.error.SxiException;

/** Makes numbered things on several threads and hands them over in order, with a bounded number under way. */
final class OrderedTasks {
    private static final int AHEAD = 2;

    private OrderedTasks() {
    }

    /**
     * Runs all tasks.
     *
     * @param threads threads that make things, at least 1
     * @param count number of things
     * @param maker makes thing i; called on any thread
     * @param taker takes the things in order; called on this thread
     */
    static <T> void run(int threads, int count, IntFunction<T> maker, Consumer<T> taker) {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads,
                Thread.ofPlatform().daemon().name("simulate-", 0).factory())) {
            try {
                Deque<Future<T>> underWay = new ArrayDeque<>();
                for (int i = 0; i < count; i++) {
                    int number = i;
                    underWay.add(workers.submit(() -> maker.apply(number)));
                    if (underWay.size() == AHEAD * threads) {
                        taker.accept(result(underWay.remove()));
                    }
                }
                while (!underWay.isEmpty()) {
                    taker.accept(result(underWay.remove()));
                }
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private static <T> T result(Future<T> f) {
        try {
            return f.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SxiException.interrupted("simulation was stopped").todo("start it again").cause(e).build();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException r -> throw r;
                case Error x -> throw x;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
