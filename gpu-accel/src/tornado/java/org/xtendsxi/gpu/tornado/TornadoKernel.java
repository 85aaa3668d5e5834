// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Hits;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.PixelSums;
import org.xtendsxi.pipeline.kernel.RowBlocks;
import org.xtendsxi.pipeline.kernel.Search;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * The search on one device, many frames per launch. Threads may share it: launches take turns. Frames with levels far
 * beyond a camera's are searched by the best kernel of the host, which also sums the overclock.
 *
 * <p>The arrays grow to the largest batch seen, for which the search is translated anew; every translation answers only
 * after it has passed the self-test.
 */
final class TornadoKernel implements ExtractionKernel {
    private static final int BATCH = 128;
    private static final int REPLAYS = 7;

    /** For what is not worth a launch, or not fit for the device. */
    private final ExtractionKernel host = Kernels.choose(Kernels.AUTO, r -> { });
    private final TornadoDevice device;
    private DevicePlan plan;

    /**
     * Translates and tests.
     *
     * @throws DeviceFaultException if the device cannot, or gives wrong answers
     */
    TornadoKernel(TornadoDevice device) {
        this.device = device;
        this.plan = tested(Size.LEAST);
    }

    @Override
    public String id() {
        return "tornado";
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public void scan(PixelPlane plane, int threshold, RowBlocks rows, Hits hits) {
        scanAll(List.of(new Search(plane, threshold, rows, hits)));
    }

    @Override
    public PixelSums[] overclock(MemorySegment pixels, FrameGeometry geometry, PixelSums.Overclock over) {
        return host.overclock(pixels, geometry, over);
    }

    @Override
    public synchronized void scanAll(List<Search> searches) {
        try {
            for (Batch b : batches(searches, Size.MOST)) {
                if (!plan.size().holds(b.size())) {
                    DevicePlan larger = tested(plan.size().grown(b.size()));
                    plan.close();
                    plan = larger;
                }
                b.run(plan);
            }
        } catch (DeviceFaultException e) {
            throw SxiException.usage("kernel tornado failed on " + name(device) + ": " + e.getMessage())
                    .todo("run again with --kernel auto; finished passes are reused").cause(e).build();
        }
    }

    private List<Batch> batches(List<Search> searches, Size limit) {
        List<Batch> all = new ArrayList<>();
        Map<DarkLevel, Boolean> known = new IdentityHashMap<>();
        for (Search s : searches) {
            if (!known.computeIfAbsent(s.plane().dark(), Batch::suits) || !Batch.suits(s)) {
                host.scan(s.plane(), s.threshold(), s.rows(), s.hits());
            } else if (all.isEmpty() || !all.getLast().add(s, limit)) {
                Batch b = new Batch();
                b.add(s, limit);
                all.add(b);
            }
        }
        return all;
    }

    private DevicePlan tested(Size size) {
        DevicePlan made = new DevicePlan(device, size);
        Optional<String> wrong = SelfTest.failure(all -> batches(all, size).forEach(b -> b.run(made)));
        if (wrong.isPresent()) {
            made.close();
            throw new DeviceFaultException(wrong.get());
        }
        return made;
    }

    @Override
    public synchronized List<String> notes() {
        List<DevicePlan.Times> t = Stream.generate(plan::profile).limit(REPLAYS).toList();
        return List.of("device " + name(device),
                String.format(Locale.ROOT, "translation and first launch %.2f s", plan.firstLaunch()),
                String.format(Locale.ROOT, "last launch again, median of %d by the profiler: copy in %.2f ms, kernel "
                        + "%.2f ms, copy out %.2f ms", REPLAYS, median(t, DevicePlan.Times::in),
                        median(t, DevicePlan.Times::kernel), median(t, DevicePlan.Times::out)));
    }

    private static double median(List<DevicePlan.Times> times, ToDoubleFunction<DevicePlan.Times> part) {
        return times.stream().mapToDouble(part).sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    /** What an error of the runtime says, without its colours. */
    static String words(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName()
                : e.getMessage().replaceAll("\u001B\\[[;\\d]*m", "");
    }

    /** Device and platform in words. */
    static String name(TornadoDevice device) {
        return device.getPhysicalDevice().getDeviceName().strip() + " (" + device.getPlatformName().strip() + ")";
    }
}
