// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.gti.ExposureGti;
import org.xtendsxi.pipeline.gti.GoodTime;
import org.xtendsxi.pipeline.gti.HousekeepingGti;
import org.xtendsxi.pipeline.gti.PointingGti;
import org.xtendsxi.pipeline.stage.Parameters;

/** Finds the ingredients of the good time in the files of an observation; an ingredient without a file is left out. */
final class GoodTimeFiles {
    private static final String GENERAL = "_gen.gti";
    private static final String TELEMETRY = "xtd_tel.gti";
    private static final String MODE = "xtd_mode.gti";
    private static final String EXPOSURE = "xtd_a0exp.fits";
    private static final String ORBIT = ".ehk";
    private static final String HOUSEKEEPING = ".mkf";
    private static final List<String> ORBIT_TABLES = List.of("EHK");
    private static final List<String> HOUSEKEEPING_TABLES = List.of("FILTER", "PREFILTER", "MKF");
    /** Time without the light leak of the back of the telescope (events-coords-screening section 11.6). */
    private static final String NO_LIGHT_LEAK = "MZDYE_ELV>MZNTE_ELV||MZDYE_ELV>20";
    private static final List<String> LIGHT_LEAK = List.of("MZDYE_ELV", "MZNTE_ELV");

    private final Observation observation;
    private final Parameters parameters;
    private final Map<CaldbKind, CalibrationFile> calibration;
    private final Keywords header;
    private final Observation.DataSet set;
    private final Optional<Path> exposure;

    /**
     * Looks at an observation.
     *
     * @param parameters of the stage gti
     * @param header keywords of EVENTS
     * @param exposure exposure file made in this run; empty takes that of the observation
     */
    GoodTimeFiles(Observation observation, Parameters parameters, Map<CaldbKind, CalibrationFile> calibration,
            Keywords header, Observation.DataSet set, Optional<Path> exposure) {
        this.observation = observation;
        this.parameters = parameters;
        this.calibration = calibration;
        this.header = header;
        this.set = set;
        this.exposure = exposure;
    }

    /** Good time of the events themselves: their GTI extension, or that of pointing or slew in the general file. */
    static GtiList own(Path events, Observation observation, boolean slew) {
        try (FitsReader f = FitsReader.open(events)) {
            Optional<Hdu> h = GtiTable.find(f);
            if (h.isPresent()) {
                return GtiTable.read(f, h.get());
            }
        }
        return observation.file(GENERAL).flatMap(p -> read(p, slew ? "GTISLEW" : "GTIPOINT"))
                .orElseThrow(() -> SxiException.data("event file has no good time").in(events)
                        .limit("extension GTI, or " + (slew ? "GTISLEW" : "GTIPOINT") + " of xa*" + GENERAL)
                        .todo("add a GTI table").build());
    }

    private static Optional<GtiList> read(Path path, String extension) {
        try (FitsReader f = FitsReader.open(path)) {
            return f.find(extension).map(h -> GtiTable.read(f, h));
        }
    }

    /** Content of all files that the good time depends on. */
    String identity() {
        StringBuilder b = new StringBuilder();
        for (String suffix : List.of(GENERAL, TELEMETRY, MODE, EXPOSURE, ORBIT, HOUSEKEEPING, ".att")) {
            observation.identity(suffix).ifPresent(id -> b.append(suffix).append(id).append('\n'));
        }
        CalibrationFile select = calibration.get(CaldbKind.SELECT);
        return b.append(select == null ? "" : select.sha256()).toString();
    }

    /**
     * Good time of the echo search: without light leak, where an EHK file tells.
     *
     * @param abort whether to end the run if there is none, as the reference does; else nothing is searched
     */
    static Optional<GtiList> echo(Observation observation, boolean abort) {
        return observation.file(ORBIT).filter(p -> HousekeepingGti.has(p, ORBIT_TABLES, LIGHT_LEAK)).map(p -> {
            GtiList gti = HousekeepingGti.make(p, ORBIT_TABLES, NO_LIGHT_LEAK);
            if (gti.isEmpty() && abort) {
                throw SxiException.data("there is no time without light leak for the echo search").in(p)
                        .limit(NO_LIGHT_LEAK).todo("look at the file, or --set flags.echoflag=no").build();
            }
            return gti;
        });
    }

    /** Whether the data class is one of the erasing mode, which is never screened. */
    boolean erasing() {
        return List.of(parameters.text("erasing").split("\\s*,\\s*")).contains(set.dataClass());
    }

    /** What {@link #collect} will find, in words. */
    List<String> plan() {
        List<String> out = new ArrayList<>(List.of("the events"));
        for (String suffix : List.of(GENERAL, TELEMETRY, MODE, EXPOSURE)) {
            observation.file(suffix).ifPresent(p -> out.add(name(p)));
        }
        if (observation.file(GENERAL).isEmpty() && parameters.real("angdist") > 0) {
            observation.file(".att").ifPresent(p -> out.add(name(p)));
        }
        plan(out, "mkf", "MKF", HOUSEKEEPING);
        plan(out, "ehk", "EHK", ORBIT);
        return out;
    }

    private void plan(List<String> out, String parameter, String source, String suffix) {
        String expression = parameters.text(parameter);
        observation.file(suffix).filter(p -> !expression.equals(GoodTime.NONE)).ifPresent(p -> out.add(
                named(suffix, p) + condition(expression, source)));
    }

    /** Tables of good time without an interval, told before anything is computed. */
    void check(List<SxiException> errors) {
        for (String extension : List.of("GTIATT", "GTIPOINT", "GTITEL")) {
            observation.file(extension.equals("GTITEL") ? TELEMETRY : GENERAL).ifPresent(p -> {
                try {
                    if (read(p, extension).filter(GtiList::isEmpty).isPresent()) {
                        errors.add(SxiException.data("good time is empty").in(p).hdu(extension).value("0 rows")
                                .limit("an interval or more").todo("repair the table, or remove it").build());
                    }
                } catch (SxiException e) {
                    errors.add(e);
                }
            });
        }
    }

    /** Collects the ingredients. */
    GoodTime collect(GtiList own) {
        GoodTime all = new GoodTime().add("GTI", own, "events");
        general(all, "GTIPOINT");
        boolean pointed = general(all, "GTIATT");
        if (!pointed && parameters.real("angdist") > 0) {
            observation.file(".att").ifPresent(p -> all.add("GTIATT", PointingGti.make(p,
                    TelDef.load(calibration.get(CaldbKind.TELDEF).path()).toSky().alignment(),
                    header.needReal("RA_NOM"), header.needReal("DEC_NOM"), parameters.real("angdist")),
                    p.getFileName() + ": within " + parameters.real("angdist") + " arcmin"));
        }
        Optional<ExposureGti> frames = exposures();
        observation.file(TELEMETRY).flatMap(p -> read(p, "GTITEL").map(g -> all.add("GTITEL", g, name(p))))
                .or(() -> frames.map(f -> all.add("GTITEL", f.telemetry(), "frames of the exposure table")));
        mode(all, frames);
        rows(all, "GTIMKF", "mkf", "MKF", HOUSEKEEPING, HOUSEKEEPING_TABLES);
        rows(all, "GTIEHK", "ehk", "EHK", ORBIT, ORBIT_TABLES);
        return all;
    }

    private boolean general(GoodTime all, String extension) {
        return observation.file(GENERAL).flatMap(p -> read(p, extension).map(g -> all.add(extension, g, name(p))))
                .isPresent();
    }

    private static String name(Path p) {
        return p.getFileName().toString();
    }

    /** Good time of the frames, if there is an exposure table. */
    Optional<ExposureGti> exposures() {
        return exposure.or(() -> observation.file(EXPOSURE)).map(p -> ExposureGti.read(p, set.dataClass(),
                FrameHeader.timing(header, DataMode.of(header.needText("DATAMODE")).orElseThrow().timing())));
    }

    private void mode(GoodTime all, Optional<ExposureGti> frames) {
        String extension = "GTI_" + set.dataClass();
        Optional<GtiList> archived = observation.file(MODE).flatMap(p -> read(p, extension));
        if (frames.isPresent() && (parameters.yes("modegti") || archived.isEmpty())) {
            all.add(extension, frames.get().mode(), "frames of the exposure table");
        } else {
            archived.ifPresent(g -> all.add(extension, g, name(observation.file(MODE).orElseThrow())));
        }
    }

    private void rows(GoodTime all, String name, String parameter, String source, String suffix, List<String> tables) {
        String expression = parameters.text(parameter);
        observation.file(suffix).filter(p -> !expression.equals(GoodTime.NONE)).ifPresent(p -> {
            String condition = condition(expression, source);
            all.add(name, HousekeepingGti.make(p, tables, condition), named(suffix, p) + condition);
        });
    }

    private String named(String suffix, Path p) {
        return name(p) + (observation.derived().containsKey(suffix) ? " (from orbit and attitude): " : ": ");
    }

    /** The condition given, or that of the select file for EVENT, EHK or MKF. */
    String condition(String given, String source) {
        return GoodTime.condition(given, calibration.get(CaldbKind.SELECT).path(), parameters, header, source);
    }

    /** Writes the ingredients, each as an extension, for the reader to see what cut how much. */
    static void write(Path path, GoodTime good, Keywords keywords) {
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(keywords);
            good.ingredients().forEach((name, i) -> GtiTable.write(w, name, i.gti(),
                    keywords.copy().set("GTISRC", i.source(), "where it comes from")));
            w.commit();
        }
    }

    /**
     * Writes the good time of the frames: {@code seg} by segment, {@code mode} of the class, {@code tel} of telemetry.
     */
    void writeFrames(ExposureGti frames, Path seg, Path mode, Path tel) {
        Keywords k = header.observation().withoutCommentary();
        List<FitsWriter> open = new ArrayList<>();
        try (FitsWriter s = FitsWriter.create(seg); FitsWriter m = FitsWriter.create(mode);
                FitsWriter t = FitsWriter.create(tel)) {
            open.addAll(List.of(s, m, t));
            open.forEach(w -> w.primary(k));
            frames.segments().forEach((key, gti) -> GtiTable.write(s, "GTI_SEG" + key + set.dataClass(), gti,
                    k.copy().set("CCD_ID", key / Sxi.SEGMENTS, "CCD").set("SEGMENT", key % Sxi.SEGMENTS, "segment")
                            .set("NUMFRAMS", frames.frames(key), "frames")));
            GtiTable.write(m, "GTI_" + set.dataClass(), frames.mode(), k);
            GtiTable.write(t, "GTITEL", frames.telemetry(), k);
            open.forEach(FitsWriter::commit);
        }
    }
}
