// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.testdata.charge.ParticleTrack;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SceneModel;
import org.xtendsxi.testdata.config.SimulationConfig;

/** Effects on whole frames, each alone. */
@Tag("validation")
class FrameEffectsTest {
    private static SimulationConfig config(SceneKind scene, int cycles, Effect... effects) {
        return SimulationConfig.of(scene, 11, cycles).withEffects(Set.of(effects)).withDarkCycles(0);
    }

    private static List<String> run(SimulationConfig c, int threads) {
        List<String> out = new ArrayList<>();
        new FrameSimulator(c).run(threads, cycle -> {
            cycle.frames().forEach(f -> out.add(f.number() + " " + f.ccdId() + f.segment() + " "
                    + Arrays.hashCode(f.pixels().toArray(ValueLayout.JAVA_BYTE))));
            cycle.photons().forEach(p -> out.add(p.toString()));
        });
        return out;
    }

    @Test
    void threadsDoNotChangeTheDataOfAllEffects() {
        SimulationConfig c = SimulationConfig.of(SceneKind.POINT, 5, 4).withCcds(List.of(1)).withDarkCycles(1)
                .withEffects(Effect.full());
        List<String> one = run(c, 1);
        assertThat(run(c, 3)).isEqualTo(one);
        assertThat(one).isNotEqualTo(run(c.withEffects(Effect.standard()), 1));
    }

    @Test
    void crosstalkIsAShareOfTheSisterSegment() {
        SimulationConfig c = config(SceneKind.FE55, 1, Effect.CROSSTALK);
        FrameGeometry g = c.detector().geometry();
        Cycle cycle = new FrameSimulator(c).cycle(0).getFirst();
        assertThat(cycle.photons()).isNotEmpty();
        int compared = 0;
        for (PhotonRecord p : cycle.photons()) {
            SegmentFrame sister = cycle.frames().get(2 * p.photon().ccdId() + 1 - p.segment());
            double bias = sister.pixel(g.index(p.rawX() < 2 ? p.rawX() + 2 : p.rawX() - 2, p.rawY()));
            double expected = 2e-3 * p.photon().energy() / 6.15;
            int got = sister.pixel(g.index(p.rawX(), p.rawY()));
            if (got - bias < 100) {
                assertThat(got - bias).isCloseTo(expected, within(1.0));
                compared += got > bias ? 1 : 0;
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    /** Losses as often as their probabilities say; dark cycles stay. */
    @Test
    void framesAreLostAtTheirRates() {
        SimulationConfig c = config(SceneKind.BLANK, 20000, Effect.LOST_FRAMES).withDarkCycles(10);
        int cycles = 0;
        int segments = 0;
        for (int i = 0; i < c.allCycles(); i++) {
            List<Integer> lost = LostFrames.of(c, i);
            cycles += lost.size() == 8 ? 1 : 0;
            segments += lost.size() == 8 ? 0 : lost.size();
            assertThat(lost.isEmpty() || i >= 10).isTrue();
        }
        assertThat((double) cycles).isCloseTo(0.02 * 20000, within(4 * Math.sqrt(400)));
        assertThat((double) segments).isCloseTo(0.02 * 8 * (20000 - cycles), within(4 * Math.sqrt(3200)));
    }

    @Test
    void lostFramesAreNotDelivered() {
        SimulationConfig c = config(SceneKind.FE55, 2000, Effect.LOST_FRAMES).withCcds(List.of(0));
        FrameSimulator s = new FrameSimulator(c);
        int[] some = IntStream.range(0, 2000).filter(i -> !LostFrames.of(c, i).isEmpty()).limit(6).toArray();
        assertThat(some).hasSize(6);
        for (int i : some) {
            Cycle cycle = s.cycle(i).getFirst();
            List<Integer> lost = LostFrames.of(c, i);
            assertThat(cycle.frames()).hasSize(2 - lost.size()).noneMatch(f -> lost.contains(f.segment()));
            assertThat(cycle.photons()).noneMatch(p -> lost.contains(p.segment()));
        }
    }

    /** 80 electrons per um of track; in isotropic flux half of the tracks lie within 45 degrees of the normal. */
    @Test
    void tracksHaveTheChargeOfTheirLength() {
        SimulationConfig c = config(SceneKind.BLANK, 1, Effect.COSMIC_RAYS);
        int n = 0;
        double ratio = 0;
        double steep = 0;
        for (int cycle = 0; cycle < 500; cycle++) {
            for (ParticleTrack t : ParticleTrack.of(c, cycle, 2)) {
                double across = Math.hypot(t.endX() - t.startX(), t.endY() - t.startY()) * 48;
                ratio += t.total() / Math.hypot(across, 200) / 80;
                steep += across < 200 ? 1 : 0;
                n++;
            }
        }
        assertThat((double) n).isCloseTo(2 * 4 * 500, within(4 * Math.sqrt(4000)));
        assertThat(ratio / n).isCloseTo(1, within(0.05));
        assertThat(steep / n).as("half of the tracks are within 45 degrees").isCloseTo(0.5, within(0.035));
    }

    @Test
    void tracksStandInTheFrames() {
        SimulationConfig c = config(SceneKind.BLANK, 1, Effect.COSMIC_RAYS).withCcds(List.of(2));
        FrameGeometry g = c.detector().geometry();
        Cycle cycle = new FrameSimulator(c).cycle(0).getFirst();
        List<ParticleTrack> tracks = ParticleTrack.of(c, 0, 2);
        assertThat(tracks).isNotEmpty();
        for (ParticleTrack t : tracks) {
            t.steps((x, y, q) -> {
                int actX = (int) Math.floor(x + 0.5);
                int actY = (int) Math.floor(y + 0.5);
                if (actX >= 1 && actX <= 640 && actY >= 1 && actY <= 640) {
                    int segment = actX <= 320 ? 0 : 1;
                    SegmentFrame f = cycle.frames().get(segment);
                    int at = g.index(ReadNode.rawX(segment, f.readNode(), actX), actY - 1);
                    double bias = f.pixel(g.overStart() + (at % g.width() - g.under() & 1));
                    assertThat(f.pixel(at) - bias).isGreaterThanOrEqualTo(
                            Math.min(4095 - bias, Math.floor(0.2 * q * 3.65 / 6.15) - 1));
                }
            });
        }
    }

    /** A photon of the transfer is in the truth at the row where it comes out, and so is its charge. */
    @Test
    void outOfTimePhotonsComeOutInOtherRows() {
        SceneModel bright = SceneModel.of(SceneKind.POINT).withRates(0, 2000, 0);
        SimulationConfig c = config(SceneKind.POINT, 3, Effect.OUT_OF_TIME).withScene(bright).withCcds(List.of(1));
        FrameGeometry g = c.detector().geometry();
        FrameSimulator s = new FrameSimulator(c);
        int all = 0;
        int stray = 0;
        for (int i = 0; i < 3; i++) {
            Cycle cycle = s.cycle(i).getFirst();
            for (PhotonRecord p : cycle.photons()) {
                int y = (int) Math.floor(p.photon().actY() + 0.5);
                all++;
                if (p.rawY() != y - 1) {
                    stray++;
                    SegmentFrame f = cycle.frames().get(p.segment());
                    int bias = f.pixel(g.overStart() + (p.rawX() & 1));
                    assertThat(f.pixel(g.index(p.rawX(), p.rawY())) - bias).isGreaterThanOrEqualTo(
                            (int) Math.floor(Math.min(p.photon().energy() / 6.15, 4095 - bias)) - 1);
                }
            }
        }
        assertThat((double) stray / all).isCloseTo(0.0092, within(4 * Math.sqrt(0.0092 / all)));
        assertThat(new FrameSimulator(c.withEffects(Set.of())).cycle(0).getFirst().photons())
                .allMatch(p -> p.rawY() == (int) Math.floor(p.photon().actY() + 0.5) - 1);
    }

    /** The default set is the camera of the model calibration and stays as it is. */
    @Test
    void defaultSetHasNoneOfTheFurtherEffects() {
        assertThat(Effect.standard()).extracting(Effect::word).containsExactlyInAnyOrder("noise", "fano", "spread",
                "line-width", "dark", "hot", "background");
        assertThat(Effect.parse("all")).isEqualTo(Effect.standard());
        assertThat(Effect.parse("full")).hasSize(21).containsAll(Effect.standard())
                .doesNotContain(Effect.NOISE_RISE, Effect.CHARGE_INTRUSION, Effect.TEMPERATURE_DRIFT,
                        Effect.STALE_DARK);
        assertThat(Effect.parse("all,cti")).hasSize(8).contains(Effect.CTI);
        assertThat(DetectorModel.standard().aduPerElectron()).isEqualTo(3.65 / 6.15);
    }
}
