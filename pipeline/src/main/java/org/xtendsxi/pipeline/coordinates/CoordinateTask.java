// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.CaldbFiles;
import org.xtendsxi.pipeline.task.TableEdit;
import org.xtendsxi.pipeline.task.Task;
import org.xtendsxi.pipeline.task.TaskFile;

/** The task {@code coordevt} (events-coords-screening section 7; reference-tools section 2). */
public final class CoordinateTask implements Task {
    private static final double NO_ROLL = 0;

    @Override
    public List<String> names() {
        return List.of("coordevt");
    }

    @Override
    public String summary() {
        return "Convert the coordinates of events: RAW to ACT, DET, FOC and SKY.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.text("infile", "", "input event file"),
                Parameter.text("outfile", "", "output event file"),
                Parameter.text("teldeffile", "CALDB", "telescope definition file, or CALDB"),
                Parameter.text("attfile", "NONE", "attitude file; NONE for the nominal pointing"),
                Parameter.text("dattfile", "NONE", "delta attitude file; only NONE is possible"),
                Parameter.text("orbfile", "NONE", "orbit file for orbaber"),
                Parameter.text("startsys", "LOWEST", "coordinate system to start from"),
                Parameter.text("stopsys", "HIGHEST", "last coordinate system made"),
                Parameter.choice("annaber", List.of("no", "yes", "invert"), "undo annual aberration"),
                Parameter.choice("orbaber", List.of("no", "yes", "invert"), "undo aberration of the orbit"),
                Parameter.choice("attinterp", List.of("LINEAR", "CONSTANT"), "attitude between two rows"),
                Parameter.real("attdt", "s", 0, 1e9, 32, "how far beyond its ends the attitude holds"),
                Parameter.choice("chkattgap", List.of("no"), "gaps of the attitude are interpolated across"),
                Parameter.text("attext", "ATTITUDE", "attitude extension"),
                Parameter.text("attcol", "QPARAM", "attitude column"),
                Parameter.choice("attform", List.of("QUAT", "EULER"), "format of the attitude column"),
                Parameter.text("orbext", "ORBIT", "orbit extension"),
                Parameter.text("orbcol", "VELOCITY", "column of the orbital velocity, km/s"),
                Parameter.text("randomize", "TELDEF", "spread positions over their pixel: TELDEF or yes, or no"),
                Parameter.integer("seed", "", Integer.MIN_VALUE, Integer.MAX_VALUE, 7, "seed of the random spread"),
                Parameter.real("ra", "deg", -1, 360, -1, "right ascension of the sky centre; below 0: RA_NOM"),
                Parameter.real("dec", "deg", -100, 90, -100, "declination of the sky centre; below -90: DEC_NOM"),
                Parameter.real("roll", "deg", -360, 360, 0, "roll of the sky system"),
                Parameter.yesNo("blankcol", true, "columns above stopsys become null"),
                Parameter.text("infileext", "EVENTS", "extension of the events"),
                Parameter.text("timecol", "TIME", "column of the event time"),
                Parameter.yesNo("inclfloatcol", false, "keep unrounded positions"),
                Parameter.yesNo("inclfloatskycol", false, "keep unrounded sky positions"));
    }

    @Override
    public List<String> accepted() {
        return List.of("btnull", "itnull", "jtnull", "ktnull", "sbtnull", "uitnull", "ujtnull", "floatcolsuffix",
                "followsun", "attname", "orbname", "orbform", "raformat", "ranaccuracy", "inttype", "outtype");
    }

    @Override
    public void run(TaskCall call, Console console) {
        Path out = call.output("outfile");
        Parameters p = call.values();
        if (call.file("dattfile").isPresent()) {
            throw SxiException.usage("delta attitude files are not supported").value(p.text("dattfile"))
                    .todo("merge them into the attitude file and give dattfile=NONE").build();
        }
        try (FitsReader in = FitsReader.open(TaskFile.input(call, "infile"))) {
            Hdu events = in.need(p.text("infileext"));
            Keywords header = events.keywords();
            Path teldefFile = new CaldbFiles(call, header, console).path("teldeffile", CaldbKind.TELDEF).orElseThrow(
                    () -> SxiException.usage("a TelDef file is needed").todo("give teldeffile=FILE").build());
            TelDef teldef = TelDef.load(teldefFile);
            SkyCentre centre = new SkyCentre(p.real("ra") < 0 ? header.needReal("RA_NOM") : p.real("ra"),
                    p.real("dec") < -90 ? header.needReal("DEC_NOM") : p.real("dec"), p.real("roll"));
            CoordinateOptions options = new CoordinateOptions(system(teldef, p.text("startsys"), 0),
                    system(teldef, p.text("stopsys"), teldef.skyIndex()), p.yes("blankcol"), p.yes("inclfloatcol"),
                    p.yes("inclfloatskycol"), p.text("timecol"));
            Attitude attitude = attitude(call, teldef, centre, header);
            EventSchema before = new EventSchema(events.columns());
            EventSchema after = before.with(CoordinateColumns.of(teldef, centre, options, before));
            CoordinateChain chain = new CoordinateChain(teldef, attitude, new SkyProjection(teldef, centre,
                    Aberrations.of(call, header, attitude)), options, shifts(call), after, header);
            Keywords k = header.copy();
            describe(k, call, centre, attitude, teldefFile);
            TableEdit.copy(in, events, out, after, k, chain);
            console.say("coordevt: " + events.rows() + " rows, " + teldef.systems().get(options.start()).name() + " to "
                    + teldef.systems().get(options.stop()).name());
        }
    }

    private static int system(TelDef teldef, String name, int otherwise) {
        String n = name.strip().toUpperCase(Locale.ROOT);
        return n.equals("LOWEST") || n.equals("HIGHEST") ? otherwise : teldef.index(n);
    }

    private static Attitude attitude(TaskCall call, TelDef teldef, SkyCentre centre, Keywords header) {
        Parameters p = call.values();
        return call.file("attfile").<Attitude>map(f -> AttitudeTable.load(TaskFile.path(f),
                new AttitudeTable.Layout(p.text("attext"), p.text("attcol"), p.text("attform").equals("EULER")),
                new AttitudeTable.Settings(p.text("attinterp").equals("LINEAR"), p.real("attdt"))))
                .orElseGet(() -> PointingKeywords.nominal(teldef, centre, header.real("PA_NOM").orElse(NO_ROLL)));
    }

    private static Optional<Shifts> shifts(TaskCall call) {
        String word = call.values().text("randomize").strip().toLowerCase(Locale.ROOT);
        if (!List.of("yes", "no", "teldef").contains(word)) {
            throw SxiException.usage("coordevt: parameter has no legal value").column("randomize").value(word)
                    .limit("TELDEF, yes, no").todo("give one of these").build();
        }
        int seed = call.values().integer("seed");
        return word.equals("no") ? Optional.empty()
                : Optional.of(call.compat().keeps(Fault.RANDOM_ORDER) ? Shifts.inOrder(seed) : Shifts.byRow(seed));
    }

    private static void describe(Keywords k, TaskCall call, SkyCentre centre, Attitude attitude, Path teldef) {
        k.set("RA_NOM", centre.ra(), "[deg] right ascension of the sky centre");
        k.set("DEC_NOM", centre.dec(), "[deg] declination of the sky centre");
        k.set("ABERRAT", attitude.annualAberrationRemoved() || !call.values().text("annaber").equals("no"),
                "annual aberration taken out");
        k.set("FOLOWSUN", attitude.followsSun(), "attitude follows the Sun");
        if (attitude.orbitalAberrationRemoved() || !call.values().text("orbaber").equals("no")) {
            k.set("ABERORB", true, "aberration of the orbit taken out");
        }
        if (call.history()) {
            k.addHistory("coordevt: teldeffile " + teldef.getFileName() + ", attfile "
                    + call.values().text("attfile") + ", orbfile " + call.values().text("orbfile"));
        }
    }
}
