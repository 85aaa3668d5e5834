// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.pipeline.energy.PulseRandom;
import org.xtendsxi.pipeline.energy.StartColumn;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;

/** The parameters of xtdpi and sxipi (energy-chain sections 4.1 and 11A), and the settings that they make. */
public final class EnergyParameters {
    private static final double MAX_ADU = 32767;

    private EnergyParameters() {
    }

    /** Files, in the order of the task. */
    static List<Parameter> files() {
        return List.of(Parameter.text("infile", "", "event file"),
                Parameter.text("outfile", "", "event file to write"),
                Parameter.text("hkfile", "NONE", "housekeeping file with the video temperatures"),
                Parameter.text("hkext", VideoTemperature.Location.ARCHIVE.extension(), "its extension"),
                Parameter.text("hkcolstem", VideoTemperature.Location.ARCHIVE.stem(), "start of its column names"),
                Parameter.text("hkvideoid", VideoTemperature.Location.ARCHIVE.boards(), "video board of each CCD"),
                Parameter.text("vtevnoddfile", "CALDB", "gain of even and odd columns"),
                Parameter.text("chtrailfile", "CALDB", "charge trail"), Parameter.text("ctifile", "CALDB", "CTI"),
                Parameter.text("spthfile", "CALDB", "split threshold"), Parameter.text("gainfile", "CALDB", "gain"),
                Parameter.text("patternfile", "CALDB", "grades of hit patterns"));
    }

    /**
     * Switches and numbers.
     *
     * @param xrism whether the switches that XRISM added are there
     */
    public static List<Parameter> switches(boolean xrism) {
        List<Parameter> all = new ArrayList<>(List.of(
                Parameter.choice("startcol", StartColumn.words(), "column to start with"),
                Parameter.yesNo("evnoddcor", true, "correct even and odd columns"),
                Parameter.yesNo("chtrailcor", true, "correct the charge trail"),
                Parameter.yesNo("cticor", true, "correct the CTI"),
                Parameter.yesNo("gaincor", true, "apply the gain"),
                Parameter.yesNo("ctigrade", true, "CTI depends on the grade"),
                Parameter.yesNo("copygrade", false, "keep GRADE and PHA in GRADE_COPY and PHA_COPY"),
                Parameter.text("phcut", "CALDB", "lowest pulse height of the CTI power law, or CALDB"),
                Parameter.integer("badpixopt", "", 1, 3, 2,
                        "bad pixels: 1 ignore the mask, 2 leave them out, 3 null the event"),
                Parameter.yesNo("spthiter", true, "find the split threshold in two steps"),
                Parameter.yesNo("spthcaldb", true, "split threshold from CALDB"),
                Parameter.real("spthoffset", "chan", -MAX_ADU, MAX_ADU, 15, "split threshold if not from CALDB"),
                Parameter.real("spthslope", "", -1000, 1000, 0, "its growth with pulse height"),
                Parameter.text("evtthre", "DEFAULT", "event threshold, or DEFAULT for keyword EVENTTHR"),
                Parameter.integer("negthre", "chan", -1000000, 1000000, -5000, "lowest legal pulse height"),
                Parameter.integer("deltatime", "s", 0, 1000000, 8, "longest time between two temperatures"),
                Parameter.yesNo("debugcol", false, "write the intermediate columns"),
                Parameter.yesNo("randomize", true, "add a uniform deviate to each pixel"),
                Parameter.integer("seed", "", Integer.MIN_VALUE, Integer.MAX_VALUE, -1457, "seed of the deviates"),
                Parameter.integer("passes", "", 1, 2, 1,
                        "2: the grade-free pass and the grade-dependent one in one reading")));
        if (xrism) {
            all.add(Parameter.yesNo("vtcor", true, "correct the video temperature"));
            all.add(Parameter.yesNo("usegoffset", true, "CTI adds the offset of the grade"));
        }
        return all;
    }

    /** Settings of checked values; without the XRISM switches these follow evnoddcor and ctigrade. */
    public static EnergySettings settings(Parameters p, Compat compat) {
        boolean xrism = p.all().containsKey("vtcor");
        StartColumn start = StartColumn.valueOf(p.text("startcol"));
        if (start != StartColumn.PHAS && !p.yes("debugcol")) {
            throw SxiException.usage("a start column other than PHAS needs the intermediate columns").value(start)
                    .limit("startcol=PHAS").todo("give debugcol=yes").build();
        }
        if (start != StartColumn.PHAS && p.integer("passes") == 2) {
            throw SxiException.usage("two passes start with PHAS").value(start).limit("startcol=PHAS")
                    .todo("give passes=1").build();
        }
        EnergySettings.Corrections on = new EnergySettings.Corrections(p.yes(xrism ? "vtcor" : "evnoddcor"),
                p.yes("evnoddcor"), p.yes("chtrailcor"), p.yes("cticor"), p.yes("ctigrade"),
                p.yes(xrism ? "usegoffset" : "ctigrade"), p.yes("gaincor"));
        EnergySettings.Split split = new EnergySettings.Split(p.integer("badpixopt"), p.yes("spthiter"),
                p.yes("spthcaldb"), p.real("spthoffset"), p.real("spthslope"));
        Optional<PulseRandom> random = p.yes("randomize") && start.raw()
                ? Optional.of(PulseRandom.of(compat, p.integer("seed"), RunClock.now().getEpochSecond()))
                : Optional.empty();
        return new EnergySettings(compat, p.integer("passes"), start, on, split, p.integer("negthre"),
                p.integer("deltatime"), number(p.text("phcut"), "CALDB", "phcut").orElse(Double.NaN), random);
    }

    /** Readout with the event threshold of the parameters. */
    public static Readout readout(Readout header, Parameters p) {
        String text = p.text("evtthre").strip();
        if (text.equalsIgnoreCase("DEFAULT")) {
            return header;
        }
        if (!text.matches("[+-]?\\d{1,9}")) {
            throw SxiException.usage("event threshold is not a whole number").value(text)
                    .limit("an integer or DEFAULT").todo("correct evtthre").build();
        }
        return header.withEventThreshold(Integer.parseInt(text));
    }

    private static Optional<Double> number(String text, String word, String name) {
        if (text.strip().equalsIgnoreCase(word)) {
            return Optional.empty();
        }
        try {
            double v = Double.parseDouble(text.strip());
            if (Double.isFinite(v)) {
                return Optional.of(v);
            }
        } catch (NumberFormatException e) {
            throw notNumber(text, word, name, e);
        }
        throw notNumber(text, word, name, null);
    }

    private static SxiException notNumber(String text, String word, String name, NumberFormatException cause) {
        return SxiException.usage("parameter " + name + " is not a number").value(text).limit("a number or " + word)
                .todo("correct " + name).cause(cause).build();
    }
}
