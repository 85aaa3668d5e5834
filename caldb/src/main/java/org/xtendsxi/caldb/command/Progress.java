// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.command;

/** Progress of one task; may be advanced from any thread; close it when the task ends. */
public interface Progress extends AutoCloseable {
    /** Reports further units as done. */
    void advance(long units);

    @Override
    void close();
}
