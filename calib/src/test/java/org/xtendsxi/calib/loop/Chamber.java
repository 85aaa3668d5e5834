// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SceneModel;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;

/** One CCD before a source of seven lines, from frames; an observation is one swing of the video temperature long. */
final class Chamber {
    /** Observation number of everything that is simulated. */
    static final String OBSID = "900000001";
    private static final int CCD = 1;
    private static final int DARKS = 12;
    private static final int SEED = 5;

    private Chamber() {
    }

    /**
     * Simulates an observation, {@code NAME}, and reduces it to unfiltered events, {@code NAME.out}.
     *
     * @param seconds exposure
     * @param rate photons of all lines in the whole camera, 1/s
     * @param effects what is wrong with the camera
     */
    static void observe(Path dir, String name, int seconds, double rate, String effects) {
        DetectorModel d = DetectorModel.standard();
        Defects f = d.defects();
        Defects.Video v = f.video();
        Defects.Video swing = new Defects.Video(v.mean(), v.swing(), seconds, v.reference(), v.pulseHeight(), v.norm(),
                v.spread(), v.quadratic());
        SimulationConfig c = SimulationConfig.of(SceneKind.GROUND, SEED, (int) (seconds / SimulationConfig.CYCLE))
                .withObsid(OBSID).withCcds(List.of(CCD)).withDarkCycles(DARKS).withEffects(Effect.parse(effects))
                .withScene(SceneModel.of(SceneKind.GROUND).withGroundRate(rate))
                .withDetector(d.withDefects(new Defects(swing, f.transfer(), f.injection(), f.trail(), f.particles(),
                        f.level(), f.link(), f.fault())));
        Path observation = new ObservationWriter(c, dir.resolve(name)).write(2, Console.silent());
        sxi("run", observation, "--out", dir.resolve(name + ".out"), "--exit", "calibrate");
    }

    /** Runs {@code sxi}, which must succeed. */
    static void sxi(Object... words) {
        List<String> all = new ArrayList<>(List.of("-q"));
        Arrays.stream(words).map(Object::toString).forEach(all::add);
        assertThat(Main.run(all.toArray(String[]::new))).as(all.toString()).isZero();
    }
}
