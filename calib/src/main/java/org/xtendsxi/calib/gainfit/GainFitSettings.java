// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Numbers of a gain fit (energy-chain section 13.1). Lengths marked "bins" are multiplied by the bin width.
 *
 * @param channel width of a channel, eV
 * @param startEnergy low end of the mesh, eV; negative: from the line
 * @param stopEnergy high end of the mesh, eV; negative: from the line
 * @param extraSpread room on both sides of the line, eV
 * @param binWidth mesh step, channels
 * @param broadening full width at half maximum of the camera's broadening, eV
 * @param background form of the background
 * @param fitWidth whether the width is fitted
 * @param windowRadius half width of the window of the mean, bins; negative: from the line
 * @param minStartWidth least start of the width, FWHM, bins
 * @param maxCycles most cycles of shift and width
 * @param r2Tolerance change of R2 at which the cycle ends
 * @param shiftStep step of the shift search, bins
 * @param maxShift farthest shift from the start, bins
 * @param shiftTolerance length at which the bisection of the shift ends, bins
 * @param widthStep step of the width search, bins
 * @param maxWidth farthest width from the start, bins
 * @param widthTolerance length at which the bisection of the width ends, bins
 * @param minWidth least width, bins
 * @param errors numbers of the uncertainties
 * @param compat behaviour
 */
record GainFitSettings(double channel, double startEnergy, double stopEnergy, double extraSpread, double binWidth,
        double broadening, Background background, boolean fitWidth, double windowRadius, double minStartWidth,
        int maxCycles, double r2Tolerance, double shiftStep, double maxShift, double shiftTolerance, double widthStep,
        double maxWidth, double widthTolerance, double minWidth, Errors errors, Compat compat) {

    /**
     * Numbers of the uncertainties.
     *
     * @param wanted whether they are computed
     * @param curves whether likelihood and chi-square curves are written
     * @param shifts points of the shift grid
     * @param widths points of the width grid
     * @param shiftFactor half range of the shift grid, standard deviations of the line
     * @param widthFactor range of the width grid, as a factor down and up
     */
    record Errors(boolean wanted, boolean curves, int shifts, int widths, double shiftFactor, double widthFactor) {
    }

    /** Settings of the parameters of the task. */
    static GainFitSettings of(Parameters p, Compat compat) {
        return new GainFitSettings(p.real("evchannel"), p.real("startenergy"), p.real("stopenergy"),
                p.real("extraspread"), p.real("binwidth"), p.real("broadening"),
                Background.valueOf(p.text("background")), p.yes("fitwidth"), p.real("avgwinrad"), p.real("minwidth0"),
                p.integer("maxitcycle"), p.real("r2tol"), p.real("searchstepshift"), p.real("maxdshift"),
                p.real("bisectolshift"), p.real("searchstepwidth"), p.real("maxdwidth"), p.real("bisectolwidth"),
                p.real("minwidth"),
                new Errors(p.yes("calcerr"), p.yes("calcerr") && p.yes("writeerrfunc"), p.integer("nerrshift"),
                        p.integer("nerrwidth"), p.real("shifterrfac"), p.real("widtherrfac")), compat);
    }

    /** Whether faults of the reference are mended. */
    boolean strict() {
        return !compat.keeps(Fault.GAIN_FIT);
    }
}
