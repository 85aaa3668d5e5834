// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.task.CaldbFiles;
import org.xtendsxi.pipeline.task.Task.TaskCall;

/**
 * Tables of the energy task and the rule by which their extension is taken: the one that the index names always counts;
 * of a file that the user names HEASoft 6.20 takes it by position (energy-chain section 11.1).
 */
final class CalibrationFinder {
    private final CaldbFiles files;
    private final Readout readout;
    private final boolean byPosition;

    /** A table and the rule by which its extension and time block are taken. */
    record Found(TableSource source, TableChoice choice) {
    }

    CalibrationFinder(TaskCall call, Keywords header, Readout readout, Console console) {
        this.files = new CaldbFiles(call, header, console);
        this.readout = readout;
        this.byPosition = call.compat().keeps(Fault.EXTENSION);
    }

    /**
     * Finds a table.
     *
     * @param parameter parameter of the task
     * @param kind what it holds
     * @param needed whether a step that is switched on needs it
     */
    Optional<Found> find(String parameter, CaldbKind kind, boolean needed) {
        if (!needed) {
            return Optional.empty();
        }
        TableChoice choice = new TableChoice(readout.mode(), readout.injection().status(), readout.start(),
                byPosition && !files.asksIndex(parameter));
        return files.table(parameter, kind).map(source -> new Found(source, choice));
    }
}
