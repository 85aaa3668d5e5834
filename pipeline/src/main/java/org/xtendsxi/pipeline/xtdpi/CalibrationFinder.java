// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.task.Task.TaskCall;

/**
 * What the calibration parameters of a task mean: {@code NONE} no file, {@code CALDB} the choice of the index, anything
 * else a file, with or without extension (energy-chain section 11.1).
 */
final class CalibrationFinder {
    private static final double UNIX_EPOCH_MJD = 40587;
    private static final double SECONDS_PER_DAY = 86400;

    private final TaskCall call;
    private final Keywords header;
    private final Readout readout;
    private final Console console;

    /** A table and the rule by which its extension and time block are taken. */
    record Found(TableSource source, TableChoice choice) {
    }

    CalibrationFinder(TaskCall call, Keywords header, Readout readout, Console console) {
        this.call = call;
        this.header = header;
        this.readout = readout;
        this.console = console;
    }

    /**
     * Finds a table.
     *
     * @param parameter parameter of the task
     * @param kind what it holds
     * @param needed whether a step that is switched on needs it
     */
    Optional<Found> find(String parameter, CaldbKind kind, boolean needed) {
        String text = call.values().text(parameter).strip();
        String word = text.toUpperCase(Locale.ROOT);
        if (!needed || word.equals("NONE")) {
            return Optional.empty();
        }
        if (!word.equals("CALDB")) {
            return Optional.of(new Found(TableSource.parse(text), choice(call.compat() == Compat.HEASOFT_6_20)));
        }
        String boundary = kind.perMode()
                ? "DATAMODE.eq." + readout.mode() + ".and.CISTATUS.eq." + readout.injection().status() : "";
        CaldbQuery query = new CaldbQuery(kind, header.needText("TELESCOP"), header.needText("INSTRUME"), date(kind),
                boundary);
        Caldb caldb = Caldb.open(Optional.empty());
        CaldbEntry entry = caldb.select(query);
        console.explain(parameter + "=CALDB: " + caldb.file(entry) + "[" + entry.extension() + "], row " + entry.row()
                + " of " + caldb.index());
        return Optional.of(new Found(new TableSource(caldb.file(entry), Integer.toString(entry.extension())),
                choice(false)));
    }

    private TableChoice choice(boolean byPosition) {
        return new TableChoice(readout.mode(), readout.injection().status(), readout.start(), byPosition);
    }

    /** Start of the observation; HEASoft 6.20 asks for today's gain and pattern, and for the rest without a date. */
    private OptionalDouble date(CaldbKind kind) {
        if (call.compat() == Compat.STRICT) {
            MissionTime time = new MissionTime((int) header.integer("MJDREFI").orElse(MissionTime.XRISM.mjdRefI()),
                    header.real("MJDREFF").orElse(MissionTime.XRISM.mjdRefF()));
            return OptionalDouble.of(time.mjd(readout.start()));
        }
        return kind == CaldbKind.GAIN || kind == CaldbKind.HIT_PATTERN
                ? OptionalDouble.of(UNIX_EPOCH_MJD + RunClock.now().getEpochSecond() / SECONDS_PER_DAY)
                : OptionalDouble.empty();
    }
}
