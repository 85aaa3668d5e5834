// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xtendsxi.pipeline.stage.Parameter;

/**
 * The task {@code xtdgainfit}: the gain fit with the defaults for the CCD camera. The steps before the fit (selection,
 * screening, energies) are runs of their own; what would ask for them here is refused, not passed over.
 */
public final class XtdGainFit extends GainFitTask {
    private static final Map<String, String> DEFAULTS = Map.ofEntries(Map.entry("energycol", "PI"),
            Map.entry("splitcol", "CCD_ID"), Map.entry("evchannel", "6.0"), Map.entry("extraspread", "20.0"),
            Map.entry("broadening", "12.0"), Map.entry("fitwidth", "yes"), Map.entry("linetocorrect", "SXI_MnK"),
            Map.entry("r2tol", "0.01"), Map.entry("bisectolshift", "0.1"), Map.entry("bisectolwidth", "0.2"));

    @Override
    public List<String> names() {
        return List.of("xtdgainfit", "sxigainfit");
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(GainFitParameters.all(DEFAULTS));
        for (String step : List.of("runxtdpi", "runsxipi", "runscreen", "rungtigen", "runselcal")) {
            all.add(Parameter.choice(step, List.of("no"), "done by a run of its own before the fit; only no"));
        }
        return all;
    }
}
