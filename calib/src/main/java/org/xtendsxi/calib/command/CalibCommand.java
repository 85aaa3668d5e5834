// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.command;

import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.calib.badpix.BadPixCommand;
import org.xtendsxi.calib.compare.CompareCommand;
import org.xtendsxi.calib.cti.CtiCommand;
import org.xtendsxi.calib.dark.DarkCommand;
import org.xtendsxi.calib.evenodd.EvenOddCommand;
import org.xtendsxi.calib.flicker.FlickerCommand;
import org.xtendsxi.calib.gain.GainCommand;
import org.xtendsxi.calib.goffset.GradeOffsetCommand;
import org.xtendsxi.calib.publish.PublishCommand;
import org.xtendsxi.calib.recipe.RecipeCommand;
import org.xtendsxi.calib.rmfparam.RmfParamCommand;
import org.xtendsxi.calib.threshold.SplitThresholdCommand;
import org.xtendsxi.calib.trail.TrailCommand;
import picocli.CommandLine.Command;

/** {@code sxi calib}: tasks of calibration engineers. */
@Command(name = "calib", description = "Derives calibration.", subcommands = {DarkCommand.class,
        BadPixCommand.class, EvenOddCommand.class, TrailCommand.class, CtiCommand.class, SplitThresholdCommand.class,
        GainCommand.class, GradeOffsetCommand.class, RmfParamCommand.class, FlickerCommand.class, CompareCommand.class,
        PublishCommand.class, RecipeCommand.class, ModelGainCommand.class})
public final class CalibCommand implements SxiCommand {
    @Override
    public void run(Console console) {
        throw SxiException.usage("calib needs a task").limit("one of its tasks").todo("sxi calib --help lists them")
                .build();
    }
}
