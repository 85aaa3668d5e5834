// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.Optional;
import org.xtendsxi.pipeline.energy.PulseRandom;
import org.xtendsxi.pipeline.energy.StartColumn;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;

/**
 * Every switch of the energy chain, under the names of the task (energy-chain sections 4.1 and 11A).
 *
 * @param compat behaviour where the reference is at fault
 * @param passes 1, or 2 for the grade-free pass followed by the grade-dependent one
 * @param startcol column to start with
 * @param corrections which steps are made
 * @param split how events are graded
 * @param negthre lowest legal pulse height, channels
 * @param deltatime longest time between two temperatures, s
 * @param phcut replaces PH_CUT of the CTI table, channels; NaN for the table's
 * @param random sub-channel deviates, empty for none
 */
public record EnergySettings(Compat compat, int passes, StartColumn startcol, Corrections corrections, Split split,
        int negthre, double deltatime, double phcut, Optional<PulseRandom> random) {
    /**
     * Steps.
     *
     * @param vtcor division by the factor of the video temperature
     * @param evnoddcor polynomial of even and odd columns
     * @param chtrailcor charge trail
     * @param chtrailall whether the charge trail gives all nine pixels their charge back
     * @param cticor CTI
     * @param ctigrade CTI depends on the grade
     * @param usegoffset CTI adds the offset of the grade
     * @param gaincor gain to PI
     */
    public record Corrections(boolean vtcor, boolean evnoddcor, boolean chtrailcor, boolean chtrailall,
            boolean cticor, boolean ctigrade, boolean usegoffset, boolean gaincor) {
        /** All steps but the grade dependence, as in the first pass. */
        public Corrections gradeFree() {
            return new Corrections(vtcor, evnoddcor, chtrailcor, chtrailall, cticor, false, false, gaincor);
        }
    }

    /**
     * Grading.
     *
     * @param badpixopt 1 ignore the mask, 2 masked pixels count for nothing, 3 masked events are null
     * @param spthiter threshold in two steps
     * @param spthcaldb threshold of the table
     * @param spthoffset threshold instead of the table's, channels
     * @param spthslope slope instead of the table's
     */
    public record Split(int badpixopt, boolean spthiter, boolean spthcaldb, double spthoffset, double spthslope) {
    }

    /** Whether the corrections before a column are made: strict never repeats one that the column already has. */
    boolean before(StartColumn step) {
        return compat.keeps(Fault.START_COLUMN) || startcol.ordinal() < step.ordinal();
    }
}
