// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.List;
import org.xtendsxi.pipeline.stage.Parameter;

/** The task {@code ahgainfit}: defaults are those of the Hitomi tool, meant for the calorimeter. */
public final class AhGainFit extends GainFitTask {
    @Override
    public List<String> names() {
        return List.of("ahgainfit");
    }

    @Override
    public List<Parameter> parameters() {
        return GainFitParameters.all();
    }
}
