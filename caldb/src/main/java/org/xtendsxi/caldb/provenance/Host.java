// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.provenance;

import java.lang.management.ManagementFactory;

/** The machine a run was made on. */
public final class Host {
    private Host() {
    }

    /** This process in words, for others who wait for it. */
    public static String process() {
        return "process " + ProcessHandle.current().pid() + " of " + System.getProperty("user.name");
    }

    /** Operating system, processors and Java in one line. */
    public static String describe() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version();
    }

    /** Processors that this process may use. */
    public static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Seconds of processor time that the calling thread has had. */
    public static double processorSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    /** Seconds of a clock that only runs forward, for durations. */
    public static double seconds() {
        return System.nanoTime() / 1e9;
    }
}
