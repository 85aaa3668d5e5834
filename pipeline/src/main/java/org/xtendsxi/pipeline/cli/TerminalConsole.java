// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;

/** The user at a terminal or behind a pipe: results on standard output, the rest on standard error. */
final class TerminalConsole implements Console {
    private static final int WIDTH = 100;
    private static final int REFRESH_MS = 200;
    private static final int STEPS = 4;

    private final boolean verbose;
    private final boolean quiet;
    private final boolean json;
    private final boolean terminal = Boolean.getBoolean("sxi.terminal");
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    TerminalConsole(boolean verbose, boolean quiet, boolean json) {
        this.verbose = verbose;
        this.quiet = quiet;
        this.json = json;
    }

    void error(String line) {
        err.println("sxi: " + line);
    }

    @Override
    public void result(String line) {
        out.println(line);
    }

    @Override
    public void say(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    @Override
    public void explain(String line) {
        if (verbose) {
            err.println(line);
        }
    }

    @Override
    public void warn(String line) {
        if (!quiet) {
            err.println("sxi: warning: " + line);
        }
    }

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public Progress progress(String task, long total, String unit) {
        if (quiet) {
            return Console.silent().progress(task, total, unit);
        }
        return terminal ? new Bar(task, total, unit) : new Lines(task, total, unit);
    }

    /** A moving bar. */
    private final class Bar implements Progress {
        private final ProgressBar bar;

        Bar(String task, long total, String unit) {
            bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(total).setUnit(" " + unit, 1)
                    .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(REFRESH_MS)
                    .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH)).build();
        }

        @Override
        public void advance(long units) {
            bar.stepBy(units);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line at every quarter of the work. */
    private final class Lines implements Progress {
        private final String task;
        private final long total;
        private final String unit;
        private final AtomicLong done = new AtomicLong();

        Lines(String task, long total, String unit) {
            this.task = task;
            this.total = total;
            this.unit = unit;
        }

        @Override
        public void advance(long units) {
            long now = done.addAndGet(units);
            long before = now - units;
            if (total > 0 && now * STEPS / total > before * STEPS / total) {
                say(task + ": " + now + " of " + total + " " + unit);
            }
        }

        @Override
        public void close() {
            if (total <= 0 || done.get() < total) {
                say(task + ": " + done.get() + " " + unit);
            }
        }
    }
}
