// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.command;

import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.calib.cti.CtiCommand;
import picocli.CommandLine.Command;

/** {@code sxi calib}: tasks of calibration engineers. */
@Command(name = "calib", description = "Derives calibration.", subcommands = {CtiCommand.class, ModelGainCommand.class})
public final class CalibCommand implements SxiCommand {
    @Override
    public void run(Console console) {
        throw SxiException.usage("calib needs a task").limit("one of its tasks").todo("sxi calib --help lists them").build();
    }
}
