// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import org.xtendsxi.pipeline.stage.Parameters;

/**
 * When a dark is stale.
 *
 * @param maxAge largest age, s; 0 for no limit
 * @param maxResidual largest row residual, adu; 0 for no limit
 * @param fatal whether a stale dark ends the run
 */
public record StaleRule(double maxAge, double maxResidual, boolean fatal) {
    /** Bit of a dark that is too old. */
    public static final int OLD = 1;
    /** Bit of a dark that does not fit the frame. */
    public static final int MISFIT = 2;

    /** Rule of the stage's parameters. */
    public static StaleRule of(Parameters p) {
        return new StaleRule(p.real("maxage"), p.real("maxresidual"), p.text("stale").equals("error"));
    }

    /** What is wrong with a dark, as bits; 0 if nothing. */
    public int judge(double age, DarkResidual residual) {
        return (maxAge > 0 && age > maxAge ? OLD : 0)
                | (maxResidual > 0 && Math.abs(residual.extreme()) > maxResidual ? MISFIT : 0);
    }
}
