// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SceneModel;
import org.xtendsxi.testdata.config.SimulationConfig;

class FrameSimulatorTest {
    private static List<String> run(SimulationConfig c, int threads) {
        List<String> out = new ArrayList<>();
        new FrameSimulator(c).run(threads, cycle -> {
            for (SegmentFrame f : cycle.frames()) {
                out.add(cycle.plan().dataClass() + " " + f.row() + " " + f.time() + " " + f.number() + " " + f.ccdId()
                        + " " + f.segment() + " " + f.readNode() + " " + f.type() + " "
                        + Arrays.hashCode(f.pixels().toArray(ValueLayout.JAVA_BYTE)));
            }
            cycle.photons().forEach(p -> out.add(p.toString()));
        });
        return out;
    }

    @Test
    void threadsDoNotChangeTheData() {
        SimulationConfig c = SimulationConfig.of(SceneKind.POINT, 5, 4).withCcds(List.of(1)).withDarkCycles(2);
        List<String> one = run(c, 1);
        assertThat(run(c, 2)).isEqualTo(one);
        assertThat(run(c, 5)).isEqualTo(one);
        assertThat(run(SimulationConfig.of(SceneKind.POINT, 6, 4).withCcds(List.of(1)).withDarkCycles(2), 2))
                .doesNotContainAnyElementsOf(one);
    }

    @Test
    void framesComeInOrder() {
        SimulationConfig c = SimulationConfig.of(SceneKind.FE55, 5, 3).withCcds(List.of(0, 2)).withDarkCycles(2);
        List<SegmentFrame> frames = new ArrayList<>();
        new FrameSimulator(c).run(2, cycle -> frames.addAll(cycle.frames()));
        assertThat(frames).hasSize(20);
        for (int i = 0; i < frames.size(); i++) {
            SegmentFrame f = frames.get(i);
            assertThat(f.number()).isEqualTo(i / 4 + 1);
            assertThat(f.ccdId()).isEqualTo(i / 2 % 2 * 2);
            assertThat(f.segment()).isEqualTo(i % 2);
            assertThat(f.type()).isEqualTo(i < 8 ? FrameType.DARK : FrameType.RAW);
            assertThat(f.time()).isEqualTo(c.startTime() + 4 * (i / 4 - 2));
            assertThat(f.row()).isEqualTo(i < 8 ? i : i - 8);
        }
    }

    /** Without noise the charge of a frame is that of its photons, except at the edges. */
    @Test
    void chargeOfTheFramesIsThatOfThePhotons() {
        for (int[] nodes : new int[][] {{0, 1, 0, 1, 0, 1, 0, 1}, {1, 0, 0, 0, 1, 1, 1, 0}}) {
            SimulationConfig c = SimulationConfig.of(SceneKind.FE55, 8, 1).withDarkCycles(0).withEffects(Set.of())
                    .withDetector(DetectorModel.standard().with(5.4, 0.11, nodes));
            Cycle cycle = new FrameSimulator(c).cycle(0).getFirst();
            FrameGeometry g = c.detector().geometry();
            assertThat(cycle.photons()).isNotEmpty();
            for (PhotonRecord p : cycle.photons()) {
                SegmentFrame f = cycle.frames().get(2 * p.photon().ccdId() + p.segment());
                int bias = f.pixel(g.index(p.rawX() < 2 ? p.rawX() + 2 : p.rawX() - 2, p.rawY()));
                assertThat(f.pixel(g.index(p.rawX(), p.rawY())) - bias).isCloseTo(
                        (int) Math.round(p.photon().energy() / 6.15), within(1));
                assertThat(ReadNode.actX(p.segment(), f.readNode(), p.rawX()))
                        .isEqualTo((int) Math.floor(p.photon().actX() + 0.5));
            }
        }
    }

    @Test
    void windowedCcdsAndFullOnesGoToTheirOwnFiles() {
        SceneModel bright = SceneModel.of(SceneKind.POINT).withRates(4, 200, 0);
        SimulationConfig c = SimulationConfig.of(SceneKind.POINT, 9, 3).withMode(DataMode.WINDOW2).withDarkCycles(0)
                .withScene(bright);
        FrameSimulator s = new FrameSimulator(c);
        assertThat(s.plans()).extracting(FramePlan::dataClass).containsExactly("31100010", "32000010");
        assertThat(s.plans()).extracting(p -> p.header().detnam()).containsExactly("CCD12", "CCD34");
        List<PhotonRecord> windowed = new ArrayList<>();
        s.run(2, cycle -> {
            if (cycle.plan() == s.plans().getFirst()) {
                assertThat(cycle.frames()).extracting(SegmentFrame::ccdId).containsExactly(0, 0, 1, 1);
                windowed.addAll(cycle.photons());
            } else {
                assertThat(cycle.frames()).extracting(SegmentFrame::ccdId).containsExactly(2, 2, 3, 3);
            }
        });
        assertThat(windowed).hasSizeGreaterThan(200);
        for (PhotonRecord p : windowed) {
            assertThat(p.rawY() % 80 + 455).isEqualTo((int) Math.floor(p.photon().actY() + 0.5));
            double late = p.arrival() - p.eventTime();
            assertThat(late).isBetween(-1e-6, 0.4632592 + 1e-6);
            double inCycle = p.eventTime() - c.startTime() - 4 * (p.frame() - 1);
            int exposure = (int) Math.round((inCycle - 0.036864) / 0.4999824);
            assertThat(p.rawY() / 80).isEqualTo(exposure);
        }
    }

    @Test
    void faultOfAWorkerReachesTheCaller() {
        assertThatThrownBy(() -> OrderedTasks.run(2, 10, i -> {
            if (i == 3) {
                throw new IllegalStateException("number three");
            }
            return i;
        }, i -> { })).isInstanceOf(IllegalStateException.class).hasMessage("number three");
    }
}
