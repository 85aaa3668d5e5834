// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.command;

/**
 * A command of {@code sxi}, found by ServiceLoader. Implementations carry picocli annotations ({@code @Command} with
 * the name and text, {@code @Option}, {@code @Parameters}); the command line fills the fields and calls {@link #run}.
 */
public interface SxiCommand {
    /**
     * Does the work.
     *
     * @param console the user
     * @throws org.xtendsxi.caldb.error.SxiException on any error that the user can meet
     */
    void run(Console console);
}
