// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.ehk;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.teldef.SkyPlane;
import org.xtendsxi.caldb.teldef.Transformation;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * What an EHK file is made from.
 *
 * @param orbit orbit file
 * @param attitude attitude file
 * @param telescope its alignment on the spacecraft and its roll, from the TelDef
 * @param nominal nominal pointing that ANG_DIST counts from; empty for the mean pointing of the attitude
 * @param parameters of the stage, {@link EhkMaker#SPEC}
 */
public record EhkRequest(Path orbit, Path attitude, Transformation.SkyAttitude telescope,
        Optional<SkyPlane.Direction> nominal, Parameters parameters) {
}
