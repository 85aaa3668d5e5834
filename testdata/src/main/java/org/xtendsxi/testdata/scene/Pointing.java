// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;

/** Where the telescope looks: the nominal pointing, or a slow drift around it along two different waves. */
public final class Pointing {
    private static final double DECLINATION_PART = 0.6;
    private static final double DECLINATION_SPEED = 1.7;
    private static final double MINUTES = 60;

    private final SimulationConfig config;

    /** The pointing of a simulation. */
    public Pointing(SimulationConfig config) {
        this.config = config;
    }

    private double wave(double time, double speed) {
        Defects.Link m = config.detector().defects().link();
        double angle = 2 * Math.PI * speed * (time - config.startTime()) / m.driftPeriod();
        return config.has(Effect.ATTITUDE) ? m.drift() / MINUTES * Math.sin(angle) : 0;
    }

    /** Declination at a mission time, deg. */
    public double declination(double time) {
        return config.declination() + DECLINATION_PART * wave(time, DECLINATION_SPEED);
    }

    /** Right ascension at a mission time, deg. */
    public double rightAscension(double time) {
        return config.rightAscension() + wave(time, 1) / Math.cos(Math.toRadians(config.declination()));
    }

    /**
     * Where the target comes to lie: SKY X points to decreasing right ascension, FOC is SKY turned by the roll, and
     * DETY runs against FOCY (events-coords-screening sections 7.4 and 7.5).
     *
     * @return DETX and DETY of the target minus those of the aim point, pixels
     */
    public double[] shift(double time) {
        double x = wave(time, 1) / Sxi.SKY_PIXEL_DEG;
        double y = -DECLINATION_PART * wave(time, DECLINATION_SPEED) / Sxi.SKY_PIXEL_DEG;
        double roll = Math.toRadians(config.roll());
        double focX = Math.cos(roll) * x + Math.sin(roll) * y;
        double focY = -Math.sin(roll) * x + Math.cos(roll) * y;
        return new double[] {focX, -focY};
    }
}
