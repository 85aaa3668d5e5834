// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.task;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.stage.Fault;

/**
 * Calibration files of one call of a task: a name is taken as it is, {@code NONE} is none, and {@code CALDB} asks the
 * index for the file that fits the header of the events (energy-chain section 11.1).
 */
public final class CaldbFiles {
    private static final String WORD = "CALDB";
    private static final int MODE_LENGTH = 7;
    private static final double UNIX_EPOCH_MJD = 40587;
    private static final double SECONDS_PER_DAY = 86400;
    private static final Set<CaldbKind> TODAY = EnumSet.of(CaldbKind.GAIN, CaldbKind.HIT_PATTERN);
    private static final Set<CaldbKind> ANY_TIME =
            EnumSet.of(CaldbKind.VT_EVEN_ODD, CaldbKind.CHARGE_TRAIL, CaldbKind.CTI, CaldbKind.SPLIT_TH);

    private final Task.TaskCall call;
    private final Keywords header;
    private final Console console;
    private Optional<Caldb> open = Optional.empty();
    private boolean warned;

    /**
     * Files of a call; the database is opened when it is first asked.
     *
     * @param call the call
     * @param header keywords of the events: TELESCOP, INSTRUME, DATAMODE, CISTATUS, TSTART, MJDREFI, MJDREFF
     * @param console the user
     */
    public CaldbFiles(Task.TaskCall call, Keywords header, Console console) {
        this.call = call;
        this.header = header;
        this.console = console;
    }

    /** Whether a parameter leaves the choice to the index. */
    public boolean asksIndex(String parameter) {
        return call.values().text(parameter).strip().equalsIgnoreCase(WORD);
    }

    /** File of a parameter, for a kind whose extension has a fixed name. */
    public Optional<Path> path(String parameter, CaldbKind kind) {
        return table(parameter, kind).map(TableSource::path);
    }

    /** Table of a parameter: file and, if the user or the index says so, extension. */
    public Optional<TableSource> table(String parameter, CaldbKind kind) {
        if (asksIndex(parameter)) {
            return Optional.of(select(parameter, kind));
        }
        return call.file(parameter).map(f -> TableSource.parse(f.toString()));
    }

    private TableSource select(String parameter, CaldbKind kind) {
        CaldbQuery query = query(kind);
        Caldb caldb = caldb();
        CaldbEntry e = caldb.select(query);
        if (e.model() && !warned) {
            warned = true;
            console.warn(call.name() + ": " + parameter + "=CALDB: MODEL values, not flight calibration; set CALDB");
        }
        console.explain(call.name() + ": " + parameter + ": " + query.text() + ": " + caldb.file(e) + " extension "
                + e.extension() + ", index row " + e.row());
        return new TableSource(caldb.file(e), Integer.toString(e.extension()));
    }

    private Caldb caldb() {
        Caldb c = open.orElseGet(() -> Caldb.open(Optional.empty()));
        open = Optional.of(c);
        return c;
    }

    private CaldbQuery query(CaldbKind kind) {
        String mode = header.needText("DATAMODE");
        return new CaldbQuery(kind, header.needText("TELESCOP").strip(), header.needText("INSTRUME").strip(),
                date(kind), CaldbQuery.boundaries(kind, mode.substring(0, Math.min(mode.length(), MODE_LENGTH)),
                        (int) header.integer("CISTATUS").orElse(0)));
    }

    /** Start of the data; HEASoft 6.20 asks for today's gain and pattern, for other energy tables without a date. */
    private OptionalDouble date(CaldbKind kind) {
        if (call.compat().keeps(Fault.CALIBRATION_DATE) && TODAY.contains(kind)) {
            return OptionalDouble.of(UNIX_EPOCH_MJD + RunClock.now().getEpochSecond() / SECONDS_PER_DAY);
        }
        if (call.compat().keeps(Fault.CALIBRATION_DATE) && ANY_TIME.contains(kind)) {
            return OptionalDouble.empty();
        }
        MissionTime time = new MissionTime((int) header.integer("MJDREFI").orElse(MissionTime.XRISM.mjdRefI()),
                header.real("MJDREFF").orElse(MissionTime.XRISM.mjdRefF()));
        return OptionalDouble.of(time.mjd(header.needReal("TSTART")));
    }
}
