// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SceneModel;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.random.Streams;

/** Everything that shines in a simulation. */
public final class Scene {
    private static final double CLUSTER_CUT = 15;
    private static final double BACKGROUND_LOW = 400;
    private static final double BACKGROUND_HIGH = 12000;

    private final SimulationConfig config;
    private final Pointing pointing;
    private final List<Emitter> emitters;

    private Scene(SimulationConfig config, List<Emitter> emitters) {
        this.config = config;
        this.pointing = new Pointing(config);
        this.emitters = List.copyOf(emitters);
    }

    /** The scene of a configuration. */
    public static Scene of(SimulationConfig c) {
        SceneModel m = c.scene();
        List<Emitter> all = new ArrayList<>();
        if (m.kind() != SceneKind.BLANK && m.kind() != SceneKind.GROUND) {
            Spectrum iron = LineSpectrum.iron55(c.has(Effect.LINE_WIDTH));
            for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
                all.add(new CalibrationLamp(ccd, m.calibrationRate(), iron));
            }
        }
        RadialProfile mirror = RadialProfile.mirror(m.halfPowerDiameter());
        switch (m.kind()) {
            case POINT -> all.add(new CelestialSource(Source.POINT, m.pointRate(),
                    ContinuumSpectrum.powerLaw(m.photonIndex()), List.of(mirror)));
            case CLUSTER -> all.add(new CelestialSource(Source.CLUSTER, m.clusterRate(),
                    ContinuumSpectrum.thermal(m.temperature()),
                    List.of(RadialProfile.betaModel(m.coreRadius(), m.beta(), CLUSTER_CUT), mirror)));
            case GROUND -> all.add(new Background(Source.GROUND, m.groundRate(), LineSpectrum.ground()));
            case FE55, BLANK -> {
                // nothing on the sky
            }
        }
        if (c.has(Effect.BACKGROUND)) {
            all.add(new Background(Source.BACKGROUND, m.backgroundRate(),
                    ContinuumSpectrum.flat(BACKGROUND_LOW, BACKGROUND_HIGH)));
        }
        return new Scene(c, all);
    }

    /** The emitters. */
    public List<Emitter> emitters() {
        return emitters;
    }

    /** The photons of one cycle in order of time, whether the camera is live or not. */
    public List<Photon> photons(int cycle) {
        List<Photon> all = new ArrayList<>();
        double[] shift = pointing.shift(config.time(cycle) + SimulationConfig.CYCLE / 2);
        for (int i = 0; i < emitters.size(); i++) {
            UniformRandomProvider random = Streams.of(config.seed(), Streams.Purpose.PHOTONS, cycle, i);
            emitters.get(i).seenWith(shift).cycle(random, SimulationConfig.CYCLE, all::add);
        }
        all.sort(Comparator.comparingDouble(Photon::time));
        return all;
    }
}
