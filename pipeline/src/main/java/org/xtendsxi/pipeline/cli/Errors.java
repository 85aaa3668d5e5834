// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.cli;

import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;

/** Turns what goes wrong into one clear line and an exit code. */
final class Errors {
    private Errors() {
    }

    /** Runs work and returns the exit code. */
    static int guard(TerminalConsole console, Runnable work) {
        try {
            work.run();
            return ExitCode.DONE.code();
        } catch (SxiException e) {
            console.error(e.getMessage());
            explain(console, e);
            return e.exitCode().code();
        } catch (OutOfMemoryError e) {
            console.error("out of memory: give more with SXI_HEAP=1g (environment), or fewer --threads");
            return ExitCode.FAULT.code();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ClosedByInterruptException) {
                console.error("interrupted: start again");
                return ExitCode.INTERRUPTED.code();
            }
            console.error("input or output failed (" + e.getCause().getMessage() + "): check the disk and try again");
            explain(console, e);
            return ExitCode.OUTPUT.code();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            console.error("fault of the program (" + e + "): please report it with the output of -v");
            explain(console, e);
            return ExitCode.FAULT.code();
        }
    }

    private static void explain(TerminalConsole console, Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            console.explain(t.toString());
            for (StackTraceElement at : t.getStackTrace()) {
                console.explain("    at " + at);
            }
        }
    }
}
