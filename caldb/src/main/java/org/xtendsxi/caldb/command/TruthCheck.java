// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.command;

import java.nio.file.Path;
import java.util.List;

/**
 * Judges reduced events against the truth that a simulation left beside its data; found by ServiceLoader, so that the
 * pipeline can show the verdict without knowing the simulator.
 */
public interface TruthCheck {
    /** Whether an observation directory carries truth. */
    boolean applies(Path observation);

    /**
     * Compares.
     *
     * @param observation observation directory with truth
     * @param events reduced event file
     */
    List<Verdict> check(Path observation, Path events);

    /**
     * One line of the verdict.
     *
     * @param what quantity, with its unit
     * @param found value of the reduction, as text
     * @param expected truth or published value, as text
     * @param good whether it lies within its limit
     * @param limit the limit in words
     */
    record Verdict(String what, String found, String expected, boolean good, String limit) {
    }
}
