// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

import java.util.function.Supplier;
import org.xtendsxi.caldb.provenance.Host;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.TornadoProfilerResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Arrays of a fixed size and the translated search on one device. One thread at a time. */
final class DevicePlan implements AutoCloseable {
    private final Size size;
    private final ShortArray words;
    private final IntArray dark;
    private final IntArray rows;
    private final ShortArray found;
    private final IntArray counts;
    private final TornadoExecutionPlan plan;
    private final double firstLaunch;

    /** Makes the arrays, translates, and launches once with nothing to search. */
    DevicePlan(TornadoDevice device, Size size) {
        this.size = size;
        words = new ShortArray(size.words());
        dark = new IntArray(size.darks());
        rows = new IntArray(size.rows() * RowSearch.FIELDS);
        found = new ShortArray(size.rows() * RowSearch.SLOTS);
        counts = new IntArray(size.rows());
        rows.init(0);
        TaskGraph graph = new TaskGraph("sxi")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, words, dark, rows)
                .task("search", RowSearch::search, words, dark, rows, found, counts)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, found, counts);
        double begin = Host.seconds();
        plan = guarded(() -> new TornadoExecutionPlan(graph.snapshot()).withDevice(device));
        execute();
        firstLaunch = Host.seconds() - begin;
    }

    Size size() {
        return size;
    }

    ShortArray words() {
        return words;
    }

    IntArray dark() {
        return dark;
    }

    IntArray rows() {
        return rows;
    }

    ShortArray found() {
        return found;
    }

    IntArray counts() {
        return counts;
    }

    /** Seconds for translation and the first launch. */
    double firstLaunch() {
        return firstLaunch;
    }

    /** Copies in, searches, copies out. */
    TornadoExecutionResult execute() {
        return guarded(plan::execute);
    }

    /** What fails in the runtime comes in many shapes, errors of its compiler and of linkage among them. */
    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | LinkageError | TornadoInternalError e) {
            throw new DeviceFaultException(e);
        }
    }

    /**
     * Times of one launch by the device's own events, ms.
     *
     * @param in copy to the device
     * @param kernel search
     * @param out copy from the device
     */
    record Times(double in, double kernel, double out) {
    }

    /** Launches again with the arrays as they are, and asks the device for the times. */
    Times profile() {
        plan.withProfiler(ProfilerMode.SILENT);
        TornadoProfilerResult r = execute().getProfilerResult();
        Times t = new Times(r.getDeviceWriteTime() / 1e6, r.getDeviceKernelTime() / 1e6, r.getDeviceReadTime() / 1e6);
        plan.clearProfiles();
        plan.withoutProfiler();
        return t;
    }

    @Override
    public void close() {
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("memory of the device could not be freed", e);
        }
    }
}
