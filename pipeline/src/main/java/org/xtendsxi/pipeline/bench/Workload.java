// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

/**
 * Work that can be repeated any number of times.
 *
 * @param name what is done
 * @param unit unit of the speed, such as Mevents/s
 * @param amount how much one call does, in the unit times seconds
 * @param work one call; returns something that depends on all of its result, so that nothing is left out
 */
public record Workload(String name, String unit, double amount, Work work) {
    /** One call. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        long run();
    }
}
