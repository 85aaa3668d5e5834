// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.command;

import java.nio.file.Path;

/** Makes a small simulated observation; found by ServiceLoader, so that the demo needs not know the simulator. */
public interface ObservationMaker {
    /**
     * Makes an observation directory.
     *
     * @param out folder in which the directory is made
     * @param seed seed of the simulation
     * @param exposure time to simulate, s
     * @param threads threads to use
     * @param console the user
     * @return the observation directory
     */
    Path make(Path out, long seed, double exposure, int threads, Console console);
}
