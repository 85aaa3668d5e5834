// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.TruthCheck;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.frames.FramePlan;
import org.xtendsxi.testdata.scene.Source;

/**
 * Judges reduced events photon by photon. Photons and events are read side by side, one cycle at a time; only photons
 * in the good time of the event file and on its CCDs count, and only events of good grade without a bad flag.
 */
public final class PhotonCheck implements TruthCheck {
    private static final int CHUNK = 8192;

    @Override
    public boolean applies(Path observation) {
        return Files.exists(photons(observation));
    }

    private static Path photons(Path observation) {
        return observation.resolve("truth/photons.fits");
    }

    @Override
    public List<Verdict> check(Path observation, Path events) {
        SimulationConfig config = ConfigFile.read(observation.resolve("truth/simulation.json"));
        try (FitsReader truth = FitsReader.open(photons(observation)); FitsReader found = FitsReader.open(events)) {
            Hdu table = found.need("EVENTS");
            FramePlan plan = plan(config, table);
            Optional<GtiList> good = GtiTable.find(found).map(h -> GtiTable.read(found, h));
            Tally tally = new Tally(plan.rows(), LevelFile.hotPixels(observation.resolve("truth/levels.fits")));
            BitSet cycles = cycles(config, good);
            CycleRows<TruePhoton> p = new CycleRows<>(truth.path().toString(),
                    truth.table(truth.need(PhotonTable.NAME), CHUNK),
                    c -> photons(c).filter(x -> plan.ccds().contains(x.ccdId()) && isGood(good, x.time())).toList(),
                    x -> cycle(config, x.time()));
            CycleRows<FoundEvent> e = new CycleRows<>(found.path().toString(), found.table(table, CHUNK),
                    c -> goodEvents(c, good), x -> cycle(config, x.time()));
            for (Optional<Integer> next = first(p, e); next.isPresent(); next = first(p, e)) {
                tally.add(p.take(next.get()), e.take(next.get()));
            }
            return new Judgement(config, tally, cycles.cardinality()).verdicts();
        }
    }

    private static Optional<Integer> first(CycleRows<?> a, CycleRows<?> b) {
        return Stream.of(a.nextCycle(), b.nextCycle()).flatMap(Optional::stream).min(Integer::compare);
    }

    /** The part of the simulation that an event file holds. */
    private static FramePlan plan(SimulationConfig config, Hdu events) {
        String detnam = events.keywords().needText("DETNAM").strip();
        List<FramePlan> all = FramePlan.of(config);
        return all.stream().filter(f -> f.header().detnam().equals(detnam)).findFirst()
                .orElseThrow(() -> events.keywords()
                        .at(SxiException.data("event file is not of this simulation"), "DETNAM").value(detnam)
                        .limit(all.stream().map(f -> f.header().detnam()).toList())
                        .todo("give the events of the observation that the truth belongs to").build());
    }

    private static int cycle(SimulationConfig config, double time) {
        return (int) Math.floor((time + PhotonMatch.SAME_TIME - config.startTime()) / SimulationConfig.CYCLE);
    }

    /** Cycles that are good at some instant. */
    private static BitSet cycles(SimulationConfig config, Optional<GtiList> good) {
        BitSet out = new BitSet();
        if (good.isEmpty()) {
            out.set(0, config.cycles());
        }
        for (Gti g : good.map(GtiList::intervals).orElse(List.of())) {
            int from = Math.max(0, cycle(config, g.start()));
            out.set(from, Math.max(from, cycle(config, g.stop() - 2 * PhotonMatch.SAME_TIME) + 1));
        }
        return out;
    }

    /** Whether an exposure that starts at a time is good. */
    private static boolean isGood(Optional<GtiList> good, double time) {
        return good.isEmpty() || good.get().contains(time + PhotonMatch.SAME_TIME);
    }

    private static Stream<TruePhoton> photons(EventChunk c) {
        double[] time = c.doubles("TIME");
        int[] ccd = c.ints("CCD_ID");
        double[] x = c.doubles("TRUEX");
        double[] y = c.doubles("TRUEY");
        double[] energy = c.doubles("ENERGY");
        int[] source = c.ints("SOURCE");
        Stream.Builder<TruePhoton> out = Stream.builder();
        for (int i = 0; i < time.length; i++) {
            out.add(new TruePhoton(time[i], ccd[i], x[i], y[i], energy[i], Source.ofCode(source[i])));
        }
        return out.build();
    }

    private static List<FoundEvent> goodEvents(EventChunk c, Optional<GtiList> good) {
        double[] time = c.doubles("TIME");
        int[] ccd = c.ints("CCD_ID");
        double[] x = c.doubles("ACTX");
        double[] y = c.doubles("ACTY");
        double[] pi = c.doubles("PI");
        double[] sky = c.has("X") ? c.doubles("X") : new double[0];
        double[] skyY = c.has("Y") ? c.doubles("Y") : new double[0];
        int[] grade = c.ints("GRADE");
        long[] status = c.longs("STATUS");
        List<FoundEvent> out = new ArrayList<>();
        for (int i = 0; i < time.length; i++) {
            if (Grade.isGood(grade[i]) && !StatusFlag.ANY_BAD.in(status[i]) && isGood(good, time[i])) {
                out.add(new FoundEvent(time[i], ccd[i], x[i], y[i], Sxi.EV_PER_CHANNEL * (pi[i] + 0.5), grade[i],
                        sky.length == 0 ? Double.NaN : sky[i], skyY.length == 0 ? Double.NaN : skyY[i]));
            }
        }
        return out;
    }
}
