// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.ContentId;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.correction.EvenOddStage;
import org.xtendsxi.pipeline.expression.RowExpression;
import org.xtendsxi.pipeline.gti.GoodTime;
import org.xtendsxi.pipeline.measure.EventTally;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;
import org.xtendsxi.pipeline.xtdpi.EnergyParameters;

/** One data class of an observation: its checks, keys of resume, and passes. */
final class DataSetRun {

    private final RunOptions options;
    private final Observation observation;
    private final Observation.DataSet set;
    private final Map<String, Parameters> parameters;
    private final boolean fromFrames;
    private final Keywords header;
    private final EventSchema schema;
    private final double start;
    private final Map<Flow.Pass, String> keys = new EnumMap<>(Flow.Pass.class);
    private Map<CaldbKind, CalibrationFile> calibration = new EnumMap<>(CaldbKind.class);
    private Optional<CalibrationFile> response = Optional.empty();
    private Optional<CalibrationFile> mirror = Optional.empty();
    /** The screening that this run did. */
    private Optional<ScreenPass> screening = Optional.empty();

    /**
     * Reads the headers of the input.
     *
     * @param parameters parameters of all stages
     */
    DataSetRun(RunOptions options, Observation observation, Observation.DataSet set,
            Map<String, Parameters> parameters) {
        this.options = options;
        this.observation = observation;
        this.set = set;
        this.parameters = parameters;
        this.fromFrames = set.frames().isPresent()
                && !options.entry().filter(e -> !e.equals(Flow.Pass.EVENTS.id())).isPresent()
                || set.events().isEmpty();
        if (fromFrames) {
            try (FrameReader f = FrameReader.open(set.frames().orElseThrow())) {
                header = Headers.ofFrames(f);
                schema = new EventSchema(EventColumns.raw());
                if (f.rows() == 0) {
                    throw SxiException.data("there are no frames").in(f.path()).hdu("FRAMES").todo("check the file")
                            .build();
                }
                start = f.readIndex(0).time();
            }
        } else {
            try (FitsReader f = FitsReader.open(set.events().orElseThrow())) {
                Hdu h = f.need("EVENTS");
                header = h.keywords();
                schema = new EventSchema(h.columns());
                start = header.needReal("TSTART");
            }
        }
    }

    /** Keywords of the frames or the events. */
    Keywords header() {
        return header;
    }

    Observation.DataSet set() {
        return set;
    }

    /** Names of the files that it leaves. */
    DataSetFiles files() {
        return new DataSetFiles(options.out(), observation, set);
    }

    /** The frames or the event list. */
    Path input() {
        return (fromFrames ? set.frames() : set.events()).orElseThrow();
    }

    boolean fromFrames() {
        return fromFrames;
    }

    Map<CaldbKind, CalibrationFile> calibration() {
        return calibration;
    }

    /** All calibration files, those of the responses too, in order of kind. */
    List<CalibrationFile> allCalibration() {
        List<CalibrationFile> all = new ArrayList<>(CalibrationFile.sorted(calibration));
        response.ifPresent(all::add);
        mirror.ifPresent(all::add);
        return all;
    }

    /** Checks contracts and calibration; what is wrong is added to a list. */
    void check(Caldb caldb, List<SxiException> errors, List<String> warnings) {
        String file = input().toString();
        List<StageSpec> stages = new ArrayList<>(Flow.stages(Flow.Pass.CALIBRATE));
        stages.addAll(Flow.stages(Flow.Pass.SCREEN));
        EventSchema given = schema.has("STATUS") ? schema : schema.with(List.of(EventColumns.STATUS));
        errors.addAll(FlowCheck.columns(stages, given, file));
        warnings.addAll(InputState.warnings(observation, set));
        List<CaldbKind> kinds = new ArrayList<>(Flow.calibration(Flow.Pass.CALIBRATE, parameters));
        kinds.addAll(Flow.calibration(Flow.Pass.SCREEN, parameters));
        calibration = CalibrationFile.choose(caldb, kinds, header, start, options.lock().map(CalibrationLock::read),
                errors);
        covered(errors, warnings);
        if (screened()) {
            goodTimeFiles(header).check(errors);
        }
        ProductsPass.check(parameters.get(ProductsPass.SPEC.id()));
        EnergyParameters.settings(EnergyParameters.ofStages(this::parameters), options.compat());
        if (screened() && calibration.containsKey(CaldbKind.SELECT)) {
            expression(given, stages, errors);
        }
        if (screened() && calibration.containsKey(CaldbKind.TELDEF)) {
            try {
                ProductsPass.checkRegions(parameters.get(ProductsPass.SPEC.id()),
                        calibration.get(CaldbKind.TELDEF).path(), header, schema);
            } catch (SxiException e) {
                errors.add(e);
            }
        }
        if (ProductsPass.mirrorOfCaldb(parameters.get(ProductsPass.SPEC.id())) && screened()) {
            mirror = Optional.ofNullable(CalibrationFile.choose(caldb, List.of(CaldbKind.VIGNET), header, start,
                    options.lock().map(CalibrationLock::read), errors).get(CaldbKind.VIGNET));
        }
        if (parameters.get(ProductsPass.SPEC.id()).yes("response") && screened()) {
            List<SxiException> missing = new ArrayList<>();
            response = Optional.ofNullable(CalibrationFile.choose(caldb, List.of(CaldbKind.RMF_PARAMETERS), header,
                    start, options.lock().map(CalibrationLock::read), missing).get(CaldbKind.RMF_PARAMETERS));
            missing.forEach(e -> warnings.add(set.stem()
                    + ": the calibration database has no response parameters: spectra get no response ("
                    + e.getMessage()
                    + ")"));
        }
        if (calibration.containsKey(CaldbKind.SELECT)
                && !calibration.get(CaldbKind.SELECT).path().startsWith(caldb.root())) {
            warnings.add(set.stem()
                    + ": the calibration database has no screening expressions: those of the model are used");
        }
        if (temperatureMissing()) {
            if (fromFrames) {
                warnings.add(set.stem() + ": no housekeeping file: the video temperature is not corrected");
            } else {
                errors.add(SxiException.data("housekeeping file is missing").in(observation.directory())
                        .limit("xtend/hk/xa" + observation.obsid() + "xtd_a0.hk")
                        .todo("give the file, or --set evenodd.vtcor=no").build());
            }
        }
    }

    /** The condition on events must make sense before the first event is read. */
    private void expression(EventSchema given, List<StageSpec> stages, List<SxiException> errors) {
        EventSchema all = given;
        for (StageSpec s : stages) {
            all = all.with(s.writes());
        }
        EventSchema columns = all;
        try {
            SxiException.locate(input(), () -> RowExpression.parse(condition(), columns, header));
        } catch (SxiException e) {
            errors.add(e);
        }
    }

    private boolean temperatureMissing() {
        Parameters p = parameters.get(EvenOddStage.SPEC.id());
        return EvenOddStage.SPEC.enabled(p) && p.yes(EvenOddStage.TEMPERATURE.name())
                && Openers.housekeeping(observation).isEmpty();
    }

    /** Parameters that this run changes, with the reason. */
    List<Plan.Setting> adjusted() {
        List<Plan.Setting> out = new ArrayList<>();
        if (options.compat().keeps(Fault.ECHO_SEARCH) && observation.file(".ehk").isEmpty()
                && parameters.get("flags").yes("echoflag")) {
            // the reference searches for echoes only where an EHK file tells the time without light leak
            out.add(new Plan.Setting("flags.echoflag", "no", "", "there is no EHK file and compat is heasoft-6.20"));
        }
        if (slew() && parameters.get("coordinates").text("stopsys").equals("SKY")) {
            out.add(new Plan.Setting("coordinates.stopsys", "FOC", "", "the satellite was slewing"));
        }
        if (temperatureMissing()) {
            out.add(new Plan.Setting(EvenOddStage.SPEC.id() + "." + EvenOddStage.TEMPERATURE.name(), "no", "",
                    "there is no housekeeping file"));
        }
        return out;
    }

    /** Parameters of a stage in this run. */
    private Parameters parameters(String stage) {
        Parameters p = parameters.get(stage);
        for (Plan.Setting a : adjusted()) {
            int dot = a.name().indexOf('.');
            p = a.name().substring(0, dot).equals(stage) ? p.with(a.name().substring(dot + 1), a.value()) : p;
        }
        return p;
    }

    /** Digest of all that determines the result of a pass and of those before it. */
    String key(Flow.Pass pass) {
        String known = keys.get(pass);
        if (known == null) {
            known = makeKey(pass);
            keys.put(pass, known);
        }
        return known;
    }

    private String makeKey(Flow.Pass pass) {
        StringBuilder b = new StringBuilder(Software.creator()).append('\n');
        if (pass == Flow.Pass.EVENTS || pass == Flow.Pass.CALIBRATE && !fromFrames) {
            for (Optional<Path> p : fromFrames ? List.of(set.frames(), set.dark()) : List.of(set.events())) {
                p.ifPresent(f -> b.append(ContentId.of(f)).append('\n'));
            }
        } else {
            b.append(key(Flow.Pass.values()[pass.ordinal() - 1])).append('\n');
        }
        for (StageSpec s : Flow.stages(pass)) {
            b.append(s.id()).append(' ').append(parameters(s.id()).all()).append('\n');
        }
        if (pass == Flow.Pass.CALIBRATE) {
            new TreeMap<>(calibration).forEach((k, f) -> b.append(k).append(' ').append(f.sha256()).append(' ')
                    .append(f.extension()).append('\n'));
            List<String> read = new ArrayList<>(List.of(".att", ".ehk", "xtd_a0.hk"));
            if (!fromFrames) {
                read.add(files().hotPixelSuffix());
            }
            for (String suffix : read) {
                observation.identity(suffix).ifPresent(id -> b.append(id).append('\n'));
            }
            b.append(options.compat()).append(' ').append(options.seed()).append('\n');
        }
        if (pass == Flow.Pass.SCREEN) {
            b.append(goodTimeFiles(header).identity());
        }
        if (pass == Flow.Pass.PRODUCTS) {
            ProductsPass.inputs(parameters(ProductsPass.SPEC.id())).forEach(id -> b.append(id).append('\n'));
            response.ifPresent(f -> b.append(f.sha256()).append(' ').append(f.extension()).append('\n'));
            mirror.ifPresent(f -> b.append(f.sha256()).append('\n'));
        }
        return Digest.of(b.toString());
    }

    /** Whether the satellite was slewing: no sky, no screening. */
    boolean slew() {
        return header.text("OBS_MODE").map(m -> m.strip().equals("SLEW")).orElse(false)
                || set.stem().contains("xtd_s");
    }

    /** Whether the events are screened and made into products. */
    boolean screened() {
        return !slew() && !goodTimeFiles(header).erasing();
    }

    private GoodTimeFiles goodTimeFiles(Keywords k) {
        return new GoodTimeFiles(observation, parameters.get("gti"), calibration, k, set,
                fromFrames ? Optional.of(files().exposure()) : Optional.empty());
    }

    /** Images of the dark, if the user wants them. */
    Optional<Path> darkMaps() {
        return parameters.get("dark").yes("write") ? Optional.of(options.out().resolve(
                "xtend/event_uf/xa" + observation.obsid() + "xtd_a0" + set.dataClass() + "_dark.fits"))
                : Optional.empty();
    }

    /**
     * Second pass, with the search for flickering pixels and the screening in the same reading if they are wanted too.
     *
     * @param screened takes what the screening says of itself; left alone if it has to be done on its own
     * @return events and, if it was searched, flickering pixels
     */
    Map<String, Object> calibrate(CalibratePass pass, boolean flicker, Optional<Map<String, Object>> screened) {
        Path in = fromFrames ? files().unfiltered() : set.events().orElseThrow();
        try (FitsReader file = FitsReader.open(in)) {
            Hdu events = file.need("EVENTS");
            GtiList gti = GoodTimeFiles.own(in, observation, slew());
            List<CalibratePass.Step> steps = new ArrayList<>();
            List<String> history = new ArrayList<>();
            List<String> shared = new ArrayList<>();
            Keywords header = new Keywords();
            EventSchema columns = new EventSchema(events.columns()).with(List.of(EventColumns.STATUS));
            PixelLists pixels = pixels();
            for (EventStage stage : Flow.EVENT_STAGES) {
                EventStage.Opened o = stage.opener().open(context(stage.spec().id(), events.keywords(), columns,
                        pixels));
                Set<String> written = CalibratePass.names(stage.spec().writes());
                shared.add(stage.spec().id());
                // stages that leave their work to a later one are named with it
                String name = String.join(", ", shared);
                if (!o.writes().isEmpty()) {
                    shared.clear();
                }
                steps.add(new CalibratePass.Step(name, o.writes(), CalibratePass.names(stage.spec().reads()),
                        CalibratePass.names(o.writes()), written, o.step()));
                header.takeAll(o.header());
                columns = columns.with(o.writes());
                history.add(stage.spec().id());
                history.addAll(stage.spec().changed(parameters(stage.spec().id())));
            }
            new TreeMap<>(calibration).forEach(
                    (k, f) -> history.add(k + " " + f.path().getFileName() + "+" + f.extension()));
            Keywords whole = events.keywords().copy();
            whole.takeAll(Headers.stamp(header));
            PixelSearches searches = searches(whole, columns, pixels, flicker);
            EventSchema all = columns;
            long rows = pass.run(in, files().unfiltered(), gti, header, new CalibratePass.Work(Flow.Pass.CALIBRATE,
                    steps, history, searches::accept,
                    () -> Optional.of(searches.finish(files().flickering(), files().badPixelImage(), all,
                            (schema, k) -> screened.flatMap(numbers -> tap(schema, k, gti, numbers))))));
            Map<String, Object> numbers = new LinkedHashMap<>(Map.of("events", rows));
            if (flicker) {
                numbers.put("pixels", searches.found());
            }
            return numbers;
        }
    }

    private PixelLists pixels() {
        return new PixelLists(fromFrames ? Optional.of(files().hotPixels())
                : observation.file(files().hotPixelSuffix()));
    }

    private StageContext context(String stage, Keywords k, EventSchema columns, PixelLists pixels) {
        return new StageContext(parameters(stage), k, columns, calibration, observation, pixels, options.compat(),
                options.seed(), this::parameters);
    }

    /** Time in which echoes are searched, where an EHK file tells it. */
    Optional<GtiList> echoTime() {
        return GoodTimeFiles.echo(observation, options.compat() == Compat.HEASOFT_6_20);
    }

    private PixelSearches searches(Keywords k, EventSchema columns, PixelLists pixels, boolean flicker) {
        return new PixelSearches(context("flags", k, columns, pixels),
                flicker ? Optional.of(parameters("flicker")) : Optional.empty(), echoTime());
    }

    /** Searches for flickering pixels in events calibrated before, flags them, writes their list and the image. */
    int flicker(CalibratePass pass) {
        PixelSearches searches;
        CalibratePass.SecondLook look;
        try (FitsReader file = FitsReader.open(files().unfiltered())) {
            Hdu events = file.need("EVENTS");
            EventSchema columns = new EventSchema(events.columns());
            searches = searches(events.keywords(), columns, pixels(), true);
            EventStep before = searches.first();
            try (EventSource source = file.table(events, CalibratePass.CHUNK_ROWS)) {
                for (Optional<EventChunk> next = source.next(); next.isPresent(); next = source.next()) {
                    try (EventChunk chunk = next.get()) {
                        before.process(chunk);
                        searches.accept(chunk);
                    }
                }
            }
            look = searches.finish(files().flickering(), files().badPixelImage(), columns,
                    (schema, k) -> Optional.empty());
        }
        pass.run(files().unfiltered(), files().unfiltered(), GtiTable.read(files().unfiltered()), new Keywords(),
                new CalibratePass.Work(Flow.Pass.FLICKER, look.steps(), List.of(look.history()), chunk -> { },
                        Optional::empty));
        return searches.found();
    }

    /** Third pass; its ingredients of good time go to the record. */
    void screen(Map<String, Object> record) {
        try (FitsReader file = FitsReader.open(files().unfiltered())) {
            Hdu events = file.need("EVENTS");
            try (ScreenPass pass = open(new EventSchema(events.columns()), events.keywords(),
                    GtiTable.read(files().unfiltered()), record)) {
                pass.run(files().unfiltered(), options.threads());
            }
        }
    }

    /** The screening in the reading of another pass; what is wrong with it is left to be told when its turn comes. */
    private Optional<ScreenPass> tap(EventSchema columns, Keywords k, GtiList own, Map<String, Object> record) {
        try {
            return Optional.of(open(columns, k, own, record));
        } catch (SxiException e) {
            record.clear();
            return Optional.empty();
        }
    }

    private ScreenPass open(EventSchema columns, Keywords k, GtiList own, Map<String, Object> record) {
        GoodTimeFiles files = goodTimeFiles(k);
        GoodTime good = files.collect(own);
        Map<String, Object> used = new LinkedHashMap<>();
        good.ingredients().forEach((name, i) -> {
            Map<String, Object> told = new LinkedHashMap<>(Map.of("from", i.source()));
            told.put("seconds", i.gti().total());
            used.put(name, told);
        });
        record.put("goodTime", used);
        GtiList gti = good.merged();
        record.put("exposure", gti.total());
        GoodTimeFiles.write(files().ingredients(), good, k.observation().withoutCommentary());
        files.exposures().ifPresent(f -> files.writeFrames(f, files().frameTime("seg"), files().frameTime("mode"),
                files().frameTime("tel")));
        ScreenPass pass = new ScreenPass(files().cleaned(), columns, k, condition(), parameters.get("screen"), good,
                gti, record);
        if (options.exit().filter(e -> !e.equals(Flow.Pass.PRODUCTS.id())).isEmpty()) {
            pass.gather(products()::gather);
        }
        screening = Optional.of(pass);
        return pass;
    }

    /** Products that were gathered when the events were screened, if this run did so. */
    Optional<Gathered> gathered() {
        return screening.flatMap(ScreenPass::products);
    }

    /** Sums over the unfiltered events. */
    EventTally tally() {
        return screening.map(ScreenPass::tally).orElseGet(() -> EventTally.of(files().unfiltered()));
    }

    /** What the good time will be made from. */
    List<String> goodTime() {
        return goodTimeFiles(header).plan();
    }

    /** Condition on good events: the user's, or that of the select file. */
    String condition() {
        return goodTimeFiles(header).condition(parameters.get("screen").text("expression"), "EVENT");
    }

    /** The attitude must know the time of the events. */
    private void covered(List<SxiException> errors, List<String> warnings) {
        observation.file(".att").ifPresent(path -> {
            double margin = parameters.get("coordinates").real("attdt");
            double[] span = AttitudeTable.span(path, AttitudeTable.Layout.DEFAULT);
            double first = fromFrames ? start : header.needReal("TSTART");
            double last = fromFrames ? start : header.needReal("TSTOP");
            if (last < span[0] - margin || first > span[1] + margin) {
                errors.add(SxiException.data("attitude does not cover the events").in(path).hdu("ATTITUDE")
                        .column("TIME").value(seconds(span[0], span[1])).limit(seconds(first, last))
                        .todo("give the attitude file of this observation, or none for the nominal pointing").build());
            } else if (first < span[0] - margin || last > span[1] + margin) {
                warnings.add(set.stem() + ": the attitude covers only " + seconds(span[0], span[1]) + " s of "
                        + seconds(first, last) + " s: events outside have no sky position");
            }
        });
    }

    private static String seconds(double from, double to) {
        return SxiException.plain(from) + ".." + SxiException.plain(to);
    }

    /** The pass of the products. */
    ProductsPass products() {
        return new ProductsPass(parameters.get(ProductsPass.SPEC.id()), this, response);
    }

    /** Vignetting of the calibration database, if it is wanted. */
    Optional<Path> mirror() {
        return mirror.map(CalibrationFile::path);
    }

    /** Attitude file of the observation, if it has one. */
    Optional<Path> attitude() {
        return observation.file(".att");
    }
}
