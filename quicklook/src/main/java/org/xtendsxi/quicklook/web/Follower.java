// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.xtendsxi.quicklook.view.Status;

/** One browser that follows by server-sent events. It gets the newest status only: a slow one costs nobody anything. */
final class Follower {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Status next;
    private boolean open = true;

    /** Leaves a status for sending; what was not sent yet is replaced. */
    void offer(Status s) {
        lock.lock();
        try {
            next = s;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends sending. */
    void close() {
        lock.lock();
        try {
            open = false;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sends until the browser goes or the server closes. */
    void send(OutputStream out, Function<Status, String> json) throws IOException, InterruptedException {
        out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
        for (Status s = take(); s != null; s = take()) {
            out.write(("id: " + s.revision() + "\nevent: status\ndata: " + json.apply(s) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private Status take() throws InterruptedException {
        lock.lock();
        try {
            while (open && next == null) {
                news.await();
            }
            Status s = next;
            next = null;
            return open ? s : null;
        } finally {
            lock.unlock();
        }
    }
}
