// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.gti;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.table.SelectionTable;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/**
 * The good time of the screening and what it was made from, in the order of the archive (events-coords-screening
 * section
 * 12.1): the events' own, pointing, attitude, telemetry, mode, MKF and EHK.
 */
public final class GoodTime {
    /** Value of a parameter that takes the expression of the select file. */
    public static final String CALDB = "CALDB";
    /** Value of a parameter that leaves an ingredient out. */
    public static final String NONE = "NONE";
    /** Contract of the stage. */
    public static final StageSpec SPEC = new StageSpec("gti", "good time from pointing, telemetry, mode, MKF and EHK",
            List.of(), List.of(), List.of("select"), List.of(), List.of(
                    Parameter.text("label", "XTD#SCI", "label in the select file; # stands for CCDs and window"),
                    Parameter.text("mkf", CALDB, "condition on MKF rows, CALDB or NONE"),
                    Parameter.text("ehk", CALDB, "condition on EHK rows, CALDB or NONE"),
                    Parameter.yesNo("modegti", true,
                    "mode good time from the exposure table; no takes the archived file"),
                    Parameter.real("angdist", "arcmin", 0, 60, 1.5,
                            "distance from the nominal pointing where no file of good time says it; 0 takes any"),
                    Parameter.text("erasing", "100000b0,100000b1", "data classes that are never screened")));

    /** SUBSYS of the select file. */
    private static final String INSTRUMENT = "XTEND";

    private final Map<String, Ingredient> ingredients = new LinkedHashMap<>();

    /**
     * One ingredient.
     *
     * @param gti good time
     * @param source where it comes from: a file, and the condition on its rows
     */
    public record Ingredient(GtiList gti, String source) {
    }

    /** Adds an ingredient, such as GTIEHK. */
    public GoodTime add(String name, GtiList gti, String source) {
        ingredients.put(name, new Ingredient(gti, source));
        return this;
    }

    /** The ingredients by name, in order. */
    public Map<String, Ingredient> ingredients() {
        return new LinkedHashMap<>(ingredients);
    }

    /**
     * Time that is good in every ingredient.
     *
     * @throws SxiException (data) if one is empty, or if they have no time in common
     */
    public GtiList merged() {
        Map<String, GtiList> lists = new LinkedHashMap<>();
        ingredients.forEach((name, i) -> {
            if (i.gti().isEmpty()) {
                throw SxiException.data("good time " + name + " is empty").value(i.source())
                        .limit("an interval or more").todo("look at that file and its condition, or leave it out "
                                + "(stage gti)").build();
            }
            lists.put(name, i.gti());
        });
        GtiList all = GtiMaker.and(lists);
        if (all.isEmpty()) {
            throw SxiException.data("the ingredients of the good time have no time in common")
                    .value(String.join(", ", lists.keySet()))
                    .todo("compare their files: they may belong to different observations").build();
        }
        return all;
    }

    /**
     * A condition as given, or that of a select file for {@link #CALDB}.
     *
     * @param given the user's word
     * @param select select file
     * @param p parameters of this stage
     * @param header keywords of EVENTS: DETNAM
     * @param source EVENT, EHK or MKF
     */
    public static String condition(String given, Path select, Parameters p, Keywords header, String source) {
        return given.equals(CALDB) ? SelectionTable.load(select).expression(
                label(p.text("label"), header.text("DETNAM").orElse("CCD").strip()), INSTRUMENT, source) : given;
    }

    /** Condition on events of the select file that comes with the program. */
    public static String modelCondition(Parameters p, Keywords header) {
        Caldb model = Caldb.model();
        CaldbQuery any = new CaldbQuery(CaldbKind.SELECT, "XRISM", CaldbKind.SELECT.instrument(INSTRUMENT),
                OptionalDouble.empty(), "");
        return condition(CALDB, model.file(model.select(any)), p, header, "EVENT");
    }

    /**
     * Label of the screening expressions: the template with the CCDs and the code of the window for {@code #}.
     *
     * @param template such as XTD#SCI
     * @param detectors DETNAM: CCD, CCD12 or CCD34
     */
    public static String label(String template, String detectors) {
        if (!template.contains("#")) {
            throw SxiException.usage("label has no place for the data mode").value(template).limit("a label with #")
                    .todo("write it like XTD#SCI").build();
        }
        String mode = switch (detectors) {
            case "CCD" -> "CCDW1";
            case "CCD34" -> "CCD34WF";
            case "CCD12" -> "CCD12WA";
            default -> throw SxiException.data("detector is not known").column("DETNAM").value(detectors)
                    .limit("CCD, CCD12 or CCD34").todo("repair the header").build();
        };
        return template.replace("#", mode);
    }
}
