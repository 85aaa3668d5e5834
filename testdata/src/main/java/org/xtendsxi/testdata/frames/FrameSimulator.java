// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.xtendsxi.testdata.charge.ParticleTrack;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.RoundedGaussian;
import org.xtendsxi.testdata.random.Streams;
import org.xtendsxi.testdata.readout.Landing;
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
        Arrivals own = arrivals(cycle);
        // Only what arrives in the transfer at the start of the next cycle can belong to this one.
        Arrivals next = config.has(Effect.OUT_OF_TIME) ? arrivals(cycle + 1)
                : new Arrivals(cycle + 1, List.of(), new double[0]);
        List<Integer> lost = LostFrames.of(config, cycle);
        List<Cycle> out = new ArrayList<>();
        for (FramePlan plan : plans) {
            ChargeImage[] charge = new ChargeImage[Sxi.ALL_SEGMENTS];
            Arrays.setAll(charge, i -> new ChargeImage());
            List<PhotonRecord> seen = new ArrayList<>();
            absorb(plan, cycle, own, charge, seen);
            absorb(plan, cycle, next, charge, seen);
            for (int ccd : plan.ccds()) {
                for (ParticleTrack t : ParticleTrack.of(config, cycle, ccd)) {
                    Landing.live(plan.rows(), t.time()).ifPresent(at ->
                            t.steps((x, y, q) -> deposit(plan, ccd, at, new double[] {x, y, q}, charge)));
                }
            }
            couple(charge);
            seen.removeIf(p -> lost.contains(Sxi.segmentIndex(p.photon().ccdId(), p.segment())));
            out.add(new Cycle(plan, frames(plan, cycle, lost, charge), seen));
        }
        return out;
    }

    /** Photons of a cycle and the electrons that they set free. */
    private record Arrivals(int cycle, List<Photon> photons, double[] electrons) {
    }

    private Arrivals arrivals(int cycle) {
        List<Photon> photons = cycle < config.darkCycles() ? List.of() : scene.photons(cycle);
        UniformRandomProvider random = Streams.of(config.seed(), Streams.Purpose.CHARGE, cycle);
        return new Arrivals(cycle, photons,
                photons.stream().mapToDouble(p -> pairs.electrons(p.energy(), random)).toArray());
    }

    private void absorb(FramePlan plan, int cycle, Arrivals a, ChargeImage[] charge, List<PhotonRecord> seen) {
        for (int i = 0; i < a.electrons().length; i++) {
            Photon p = a.photons().get(i);
            int actY = (int) Math.floor(p.actY() + 0.5);
            Optional<Landing> landing = config.has(Effect.OUT_OF_TIME) ? Landing.any(plan.rows(), p.time(), actY)
                    : Landing.live(plan.rows(), p.time());
            double electrons = a.electrons()[i];
            landing.filter(at -> a.cycle() - at.back() == cycle && plan.ccds().contains(p.ccdId()))
                    .ifPresent(at -> absorb(plan, cycle, a.cycle(), p, electrons, at, charge, seen));
        }
    }

    private void absorb(FramePlan plan, int cycle, int arrival, Photon p, double electrons, Landing at,
            ChargeImage[] charge, List<PhotonRecord> seen) {
        int actX = (int) Math.floor(p.actX() + 0.5);
        int rawY = plan.rows().rawY(at.exposure(), (int) Math.floor(p.actY() + 0.5) + at.shift());
        if (rawY == RowMap.NONE) {
            return;
        }
        deposit(plan, p.ccdId(), at, new double[] {p.actX(), p.actY(), electrons}, charge);
        seen.add(new PhotonRecord(p, cycle + 1, config.time(cycle) + plan.header().timing().liveStart(at.exposure()),
                config.time(arrival) + p.time(), segment(actX), rawX(p.ccdId(), actX), rawY, electrons));
    }

    /** Spreads a cloud {ACTX, ACTY, electrons}. */
    private void deposit(FramePlan plan, int ccdId, Landing at, double[] c, ChargeImage[] charge) {
        FrameGeometry g = config.detector().geometry();
        cloud.spread(c[0], c[1] + at.shift(), c[2], (x, y, q) -> {
            int row = plan.rows().rawY(at.exposure(), y);
            if (row != RowMap.NONE && x >= 1 && x <= Sxi.ACT_SIZE) {
                charge[Sxi.segmentIndex(ccdId, segment(x))].add(g.index(rawX(ccdId, x), row), q);
            }
        });
    }

    /** Crosstalk: the segments of a CCD are read at the same time, pixel by pixel. */
    private void couple(ChargeImage[] charge) {
        if (config.has(Effect.CROSSTALK)) {
            double share = config.detector().defects().link().crosstalk();
            for (int i = 0; i < charge.length; i += Sxi.SEGMENTS) {
                ChargeImage first = charge[i].copy();
                charge[i].addShare(charge[i + 1], share);
                charge[i + 1].addShare(first, share);
            }
        }
    }

    private static int segment(int actX) {
        return actX <= Sxi.RAW_COLUMNS ? 0 : 1;
    }

    private int rawX(int ccdId, int actX) {
        int s = segment(actX);
        return ReadNode.rawX(s, config.detector().activeNode()[Sxi.segmentIndex(ccdId, s)], actX);
    }

    private List<SegmentFrame> frames(FramePlan plan, int cycle, List<Integer> lost, ChargeImage[] charge) {
        boolean dark = cycle < config.darkCycles();
        List<SegmentFrame> out = new ArrayList<>();
        for (int ccd : plan.ccds()) {
            for (int s = 0; s < Sxi.SEGMENTS; s++) {
                int at = Sxi.segmentIndex(ccd, s);
                if (lost.contains(at)) {
                    continue;
                }
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
