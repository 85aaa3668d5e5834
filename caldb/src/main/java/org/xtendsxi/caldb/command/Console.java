// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.command;

/** The user at the other end. Results go to standard output, all else to standard error. */
public interface Console {
    /** Prints a line of result; {@code -q} does not silence it. */
    void result(String line);

    /** Says what goes on; silenced by {@code -q}. */
    void say(String line);

    /** Explains details; only with {@code -v}. */
    void explain(String line);

    /** Warns; silenced by {@code -q}, kept in run records. */
    void warn(String line);

    /** Whether machine-readable output was asked for ({@code --json}). */
    boolean json();

    /**
     * Shows progress of long work: a bar on a terminal, plain lines otherwise.
     *
     * @param task what is done, few words
     * @param total number of units, or -1 if not known
     * @param unit unit in the plural, such as frames
     */
    Progress progress(String task, long total, String unit);

    /** Says nothing; for tests and for use as a library. */
    static Console silent() {
        return new SilentConsole();
    }
}
