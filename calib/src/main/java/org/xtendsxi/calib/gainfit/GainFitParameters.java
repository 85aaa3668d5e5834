// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.List;
import java.util.Map;
import org.xtendsxi.pipeline.stage.Parameter;

/** Parameters of the gain fit (energy-chain sections 13.1 and 13.2). */
final class GainFitParameters {
    private static final double BIG = 1e9;
    private static final double SMALL = 1e-12;

    private GainFitParameters() {
    }

    /** Parameters with the defaults of {@code ahgainfit}. */
    static List<Parameter> all() {
        return List.of(Parameter.text("infile", "", "event files, separated by commas or listed in @FILE"),
                Parameter.text("outfile", "", "output file"),
                Parameter.text("gtifile", "NONE", "good time intervals"),
                Parameter.text("linefitfile", "", "file of the line components"),
                Parameter.text("linetocorrect", "Mnka", "line: name of an extension of linefitfile"),
                Parameter.text("energycol", "UPI", "column of the energy"),
                Parameter.text("splitcol", "PIXEL", "column by which events are fitted apart"),
                Parameter.integer("numevent", "", 1, 1_000_000_000, 250, "events of a group"),
                Parameter.integer("minevent", "", 1, 1_000_000_000, 150, "least events of a group at an end"),
                Parameter.real("gapdt", "s", -BIG, BIG, -1, "longest time between events of a group; -1: any"),
                Parameter.real("grpoverlap", "percent", -BIG, 100, 0, "part of a group used again in the next"),
                Parameter.real("startenergy", "eV", -BIG, BIG, -1, "low end of the range; -1: from the line"),
                Parameter.real("stopenergy", "eV", -BIG, BIG, -1, "high end of the range; -1: from the line"),
                Parameter.real("extraspread", "eV", 0, BIG, 10, "room on both sides of the line"),
                Parameter.real("evchannel", "eV", SMALL, BIG, 1, "width of an energy channel"),
                Parameter.real("binwidth", "chan", SMALL, BIG, 1, "width of a bin"),
                Parameter.real("broadening", "eV", 0, BIG, 1, "FWHM of the camera's broadening"),
                Parameter.choice("background", List.of("CONST", "NONE", "SLOPE"), "form of the background"),
                Parameter.yesNo("gridprofile", false, "write the line profile only"),
                Parameter.yesNo("fitwidth", false, "fit the width too"),
                Parameter.yesNo("spangti", false, "groups reach over several good time intervals"),
                Parameter.real("avgwinrad", "bins", -BIG, BIG, -1, "half width of the window of the mean; -1: line"),
                Parameter.yesNo("calcerr", false, "compute uncertainties"),
                Parameter.yesNo("writeerrfunc", false, "write likelihood and chi-square curves"),
                Parameter.real("minwidth0", "bins", SMALL, BIG, 1, "least start of the width (FWHM)"),
                Parameter.integer("maxitcycle", "", 1, 1000, 5, "most cycles of shift and width"),
                Parameter.real("r2tol", "", 0, 1, 0.001, "change of R2 at which the cycle ends"),
                Parameter.real("searchstepshift", "bins", SMALL, BIG, 2, "step of the shift search"),
                Parameter.real("maxdshift", "bins", SMALL, BIG, 5, "farthest shift from the start"),
                Parameter.real("bisectolshift", "bins", SMALL, BIG, 0.001, "tolerance of the shift"),
                Parameter.real("searchstepwidth", "bins", SMALL, BIG, 5, "step of the width search"),
                Parameter.real("maxdwidth", "bins", SMALL, BIG, 10, "farthest width from the start"),
                Parameter.real("bisectolwidth", "bins", SMALL, BIG, 0.001, "tolerance of the width"),
                Parameter.real("minwidth", "bins", SMALL, BIG, 0.5, "least width"),
                Parameter.integer("nerrshift", "", 3, 100_000, 100, "points of the shift error curve"),
                Parameter.integer("nerrwidth", "", 3, 100_000, 100, "points of the width error curve"),
                Parameter.real("shifterrfac", "", SMALL, BIG, 3, "half range of the shift error curve, line sigmas"),
                Parameter.real("widtherrfac", "", 1 + SMALL, BIG, 4, "range of the width error curve, factor"));
    }

    /** The same parameters with other defaults. */
    static List<Parameter> all(Map<String, String> defaults) {
        return all().stream().map(p -> defaults.containsKey(p.name()) ? new Parameter(p.name(), p.type(), p.unit(),
                p.low(), p.high(), p.choices(), defaults.get(p.name()), p.text()) : p).toList();
    }
}
