// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.charge.ChargeCloud;
import org.xtendsxi.testdata.charge.ChargeImage;
import org.xtendsxi.testdata.charge.PairCreation;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.RoundedGaussian;
import org.xtendsxi.testdata.random.Streams;
import org.xtendsxi.testdata.readout.RowMap;
import org.xtendsxi.testdata.readout.SegmentReadout;
import org.xtendsxi.testdata.scene.Photon;
import org.xtendsxi.testdata.scene.Scene;

/**
 * Simulates cycle after cycle. A cycle is a function of the configuration and its number alone, so cycles are made in
 * parallel and the result does not depend on the number of threads.
 */
public final class FrameSimulator {
    private final SimulationConfig config;
    private final List<FramePlan> plans;
    private final Scene scene;
    private final ChargeCloud cloud;
    private final PairCreation pairs;
    private final Map<Integer, SegmentReadout> readouts = new TreeMap<>();
    private final ConcurrentLinkedQueue<MemorySegment> free = new ConcurrentLinkedQueue<>();

    /** Prepares a simulation. */
    public FrameSimulator(SimulationConfig config) {
        this.config = config;
        this.plans = FramePlan.of(config);
        this.scene = Scene.of(config);
        this.cloud = new ChargeCloud(config.has(Effect.SPREAD) ? config.detector().cloudSigma() : 0);
        this.pairs = PairCreation.of(config.detector(), config.has(Effect.FANO));
        RoundedGaussian noise = new RoundedGaussian(config.noise());
        for (FramePlan p : plans) {
            for (int ccd : p.ccds()) {
                for (int s = 0; s < Sxi.SEGMENTS; s++) {
                    readouts.put(Sxi.segmentIndex(ccd, s), new SegmentReadout(config, p.rows(), ccd, s, noise));
                }
            }
        }
    }

    /** The files. */
    public List<FramePlan> plans() {
        return plans;
    }

    /** The segments that are read, in the order of their frames. */
    public List<SegmentReadout> readouts() {
        return List.copyOf(readouts.values());
    }

    /**
     * Simulates all cycles.
     *
     * @param threads number of threads that make cycles
     * @param sink takes the files' cycles in order of time; the memory of the frames is reused after it returns
     */
    public void run(int threads, Consumer<Cycle> sink) {
        OrderedTasks.run(threads, config.allCycles(), this::cycle, files -> {
            for (Cycle c : files) {
                sink.accept(c);
                c.frames().forEach(f -> free.add(f.pixels()));
            }
        });
    }

    /** One cycle of every file; dark cycles see no light. */
    public List<Cycle> cycle(int cycle) {
        boolean dark = cycle < config.darkCycles();
        List<Photon> photons = dark ? List.of() : scene.photons(cycle);
        UniformRandomProvider random = Streams.of(config.seed(), Streams.Purpose.CHARGE, cycle);
        double[] electrons = photons.stream().mapToDouble(p -> pairs.electrons(p.energy(), random)).toArray();
        List<Cycle> out = new ArrayList<>();
        for (FramePlan plan : plans) {
            ChargeImage[] charge = new ChargeImage[Sxi.ALL_SEGMENTS];
            for (int i = 0; i < charge.length; i++) {
                charge[i] = new ChargeImage();
            }
            List<PhotonRecord> seen = new ArrayList<>();
            for (int i = 0; i < electrons.length; i++) {
                absorb(plan, cycle, photons.get(i), electrons[i], charge, seen);
            }
            out.add(new Cycle(plan, frames(plan, cycle, dark, charge), seen));
        }
        return out;
    }

    private void absorb(FramePlan plan, int cycle, Photon p, double electrons, ChargeImage[] charge,
            List<PhotonRecord> seen) {
        int exposure = plan.rows().exposure(p.time());
        int actX = (int) Math.floor(p.actX() + 0.5);
        int rawY = exposure == RowMap.NONE ? RowMap.NONE
                : plan.rows().rawY(exposure, (int) Math.floor(p.actY() + 0.5));
        if (rawY == RowMap.NONE || !plan.ccds().contains(p.ccdId())) {
            return;
        }
        FrameGeometry g = config.detector().geometry();
        cloud.spread(p.actX(), p.actY(), electrons, (x, y, q) -> {
            int row = plan.rows().rawY(exposure, y);
            if (row != RowMap.NONE && x >= 1 && x <= Sxi.ACT_SIZE) {
                int at = Sxi.segmentIndex(p.ccdId(), segment(x));
                charge[at].add(g.index(rawX(p.ccdId(), x), row), q);
            }
        });
        double start = config.time(cycle);
        seen.add(new PhotonRecord(p, cycle + 1, start + plan.header().timing().liveStart(exposure), start + p.time(),
                segment(actX), rawX(p.ccdId(), actX), rawY, electrons));
    }

    private static int segment(int actX) {
        return actX <= Sxi.RAW_COLUMNS ? 0 : 1;
    }

    private int rawX(int ccdId, int actX) {
        int s = segment(actX);
        return ReadNode.rawX(s, config.detector().activeNode()[Sxi.segmentIndex(ccdId, s)], actX);
    }

    private List<SegmentFrame> frames(FramePlan plan, int cycle, boolean dark, ChargeImage[] charge) {
        List<SegmentFrame> out = new ArrayList<>();
        for (int ccd : plan.ccds()) {
            for (int s = 0; s < Sxi.SEGMENTS; s++) {
                int at = Sxi.segmentIndex(ccd, s);
                SegmentReadout r = readouts.get(at);
                MemorySegment pixels = memory();
                r.read(cycle, charge[at], pixels);
                int science = dark ? cycle : cycle - config.darkCycles();
                long row = (long) science * plan.ccds().size() * Sxi.SEGMENTS + out.size();
                out.add(new SegmentFrame(row, config.time(cycle), cycle + 1, ccd, s, r.node(),
                        dark ? FrameType.DARK : FrameType.RAW, pixels));
            }
        }
        return out;
    }

    private MemorySegment memory() {
        MemorySegment m = free.poll();
        return m == null ? MemorySegment.ofArray(new byte[2 * config.detector().geometry().pixels()]) : m;
    }
}
