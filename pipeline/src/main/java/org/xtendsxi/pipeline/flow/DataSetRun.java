// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.ContentId;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.correction.EvenOddStage;
import org.xtendsxi.pipeline.flags.BadPixelImage;
import org.xtendsxi.pipeline.flags.FlagInputs;
import org.xtendsxi.pipeline.flags.FlagMap;
import org.xtendsxi.pipeline.flags.FlagSettings;
import org.xtendsxi.pipeline.flags.FlagStage;
import org.xtendsxi.pipeline.flicker.FlickerColumns;
import org.xtendsxi.pipeline.flicker.FlickerSearch;
import org.xtendsxi.pipeline.flicker.FlickerStage;
import org.xtendsxi.pipeline.flicker.FlickerTable;
import org.xtendsxi.pipeline.products.EventFilter;
import org.xtendsxi.pipeline.products.Products;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** One data class of an observation: its checks, keys of resume, and passes. */
final class DataSetRun {
    private static final int CHUNK_ROWS = 8192;

    private final RunOptions options;
    private final Observation observation;
    private final Observation.DataSet set;
    private final Map<String, Parameters> parameters;
    private final boolean fromFrames;
    private final Keywords header;
    private final EventSchema schema;
    private final double start;
    private Map<CaldbKind, CalibrationFile> calibration = new EnumMap<>(CaldbKind.class);

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
                    throw SxiException.data("there are no frames").in(f.path()).hdu("FRAMES").todo("check the file").build();
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

    Observation.DataSet set() {
        return set;
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

    /** Checks contracts and calibration; what is wrong is added to a list. */
    void check(Caldb caldb, List<SxiException> errors, List<String> warnings) {
        String file = input().toString();
        List<StageSpec> stages = new ArrayList<>(Flow.stages(Flow.Pass.CALIBRATE));
        stages.addAll(Flow.stages(Flow.Pass.SCREEN));
        EventSchema given = schema.has("STATUS") ? schema : schema.with(List.of(EventColumns.STATUS));
        errors.addAll(FlowCheck.columns(stages, given, file));
        warnings.addAll(InputState.warnings(set));
        calibration = CalibrationFile.choose(caldb, Flow.calibration(Flow.Pass.CALIBRATE, parameters), header, start,
                options.lock().map(CalibrationLock::read), errors);
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

    private boolean temperatureMissing() {
        Parameters p = parameters.get(EvenOddStage.SPEC.id());
        return EvenOddStage.SPEC.enabled(p) && p.yes(EvenOddStage.TEMPERATURE.name()) && Openers.housekeeping(observation).isEmpty();
    }

    /** Parameters of a stage in this run: without housekeeping there is no video temperature. */
    private Parameters parameters(String stage) {
        return stage.equals(EvenOddStage.SPEC.id()) && temperatureMissing()
                ? parameters.get(stage).with(EvenOddStage.TEMPERATURE.name(), "no") : parameters.get(stage);
    }

    /** Digest of all that determines the result of a pass and of those before it. */
    String key(Flow.Pass pass) {
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
            List<String> read = new ArrayList<>(List.of(".att", "xtd_a0.hk"));
            if (!fromFrames) {
                read.add(hotPixelSuffix());
            }
            for (String suffix : read) {
                observation.file(suffix).ifPresent(f -> b.append(ContentId.of(f)).append('\n'));
            }
            b.append(options.compat()).append(' ').append(options.seed()).append('\n');
        }
        return Digest.of(b.toString());
    }

    Path unfiltered() {
        return options.out().resolve("xtend/event_uf/" + set.stem() + "_uf.evt");
    }

    Path cleaned() {
        return options.out().resolve("xtend/event_cl/" + set.stem() + "_cl.evt");
    }

    Path hotPixels() {
        return options.out().resolve("xtend/event_uf/xa" + observation.obsid() + hotPixelSuffix());
    }

    /** Images of the dark, if the user wants them. */
    Optional<Path> darkMaps() {
        return parameters.get("dark").yes("write") ? Optional.of(options.out().resolve(
                "xtend/event_uf/xa" + observation.obsid() + "xtd_a0" + set.dataClass() + "_dark.fits")) : Optional.empty();
    }

    private String hotPixelSuffix() {
        return "xtd_a0" + set.dataClass() + ".hpix";
    }

    Path flickering() {
        return options.out().resolve("xtend/event_uf/" + set.stem() + ".fpix");
    }

    Path badPixelImage() {
        return options.out().resolve("xtend/event_uf/" + set.stem() + ".bimg");
    }

    Path exposure() {
        String all = observation.dataSets().size() == 1 ? "a0exp" : "a0" + set.dataClass() + "exp";
        return options.out().resolve("xtend/event_uf/xa" + observation.obsid() + "xtd_" + all + ".fits");
    }

    /** Second pass. */
    long calibrate(CalibratePass pass) {
        Path in = fromFrames ? unfiltered() : set.events().orElseThrow();
        try (FitsReader file = FitsReader.open(in)) {
            Hdu events = file.need("EVENTS");
            GtiList gti = GtiTable.find(file).map(h -> GtiTable.read(file, h)).orElseThrow(() -> SxiException
                    .data("event file has no good time").in(in).limit("extension GTI").todo("add a GTI table").build());
            List<CalibratePass.Step> steps = new ArrayList<>();
            List<String> history = new ArrayList<>();
            Keywords set = new Keywords();
            EventSchema columns = new EventSchema(events.columns()).with(List.of(EventColumns.STATUS));
            for (EventStage stage : Flow.EVENT_STAGES) {
                Parameters p = parameters(stage.spec().id());
                EventStage.Opened o = stage.opener().open(context(p, events.keywords(), columns));
                steps.add(new CalibratePass.Step(o.writes(),
                        stage.spec().writes().stream().map(Column::name).toList(), o.step()));
                set.takeAll(o.header());
                columns = columns.with(o.writes());
                history.add(stage.spec().id());
            }
            new TreeMap<>(calibration).forEach(
                    (k, f) -> history.add(k + " " + f.path().getFileName() + "+" + f.extension()));
            return pass.run(in, unfiltered(), steps, Set.of(), gti, Headers.stamp(set), Flow.Pass.CALIBRATE, history);
        }
    }

    private StageContext context(Parameters p, Keywords k, EventSchema columns) {
        Optional<Path> hot = fromFrames ? Optional.of(hotPixels())
                : observation.file(hotPixelSuffix());
        return new StageContext(p, k, columns, calibration, observation, hot, options.compat(), options.seed(),
                this::parameters);
    }

    /** Searches for flickering pixels, flags them, and writes their list and the bad-pixel image. */
    int flicker(CalibratePass pass) {
        int found;
        Keywords k;
        try (FitsReader file = FitsReader.open(unfiltered())) {
            Hdu events = file.need("EVENTS");
            k = events.keywords();
            FlickerSearch search = FlickerStage.open(parameters("flicker"), options.compat(), k.needReal("TSTART"),
                    k.needReal("TSTOP"));
            try (EventSource source = file.table(events, CHUNK_ROWS)) {
                for (Optional<EventChunk> next = source.next(); next.isPresent(); next = source.next()) {
                    try (EventChunk chunk = next.get()) {
                        search.accept(chunk);
                    }
                }
            }
            found = search.pixels().size();
            try (FitsWriter w = FitsWriter.create(flickering())) {
                Keywords plain = k.observation().withoutCommentary();
                w.primary(plain);
                FlickerTable.write(w, search.pixels(), FlickerColumns.DEFAULT, new EventSchema(events.columns()), plain);
                w.commit();
            }
        }
        Parameters p = parameters("flags");
        StageContext c = context(p, k, schema);
        FlagInputs inputs = Openers.flagInputs(c, Optional.of(flickering()));
        FlagMap map = FlagStage.map(inputs, k, p, options.compat(), Optional.empty());
        try (FitsWriter w = FitsWriter.create(badPixelImage())) {
            w.image("", BadPixelImage.states(map, inputs.mask().orElseThrow(), k,
                    FlagSettings.of(p, options.compat()).bad()), BadPixelImage.coordinates(k.observation().withoutCommentary()));
            w.commit();
        }
        pass.run(unfiltered(), unfiltered(), List.of(new CalibratePass.Step(List.of(), List.of(),
                FlagStage.open(map, p, options.compat()))), Set.of(), GtiTable.read(unfiltered()), new Keywords(),
                Flow.Pass.FLICKER, List.of("flags with " + found + " flickering pixels"));
        return found;
    }

    /** Third pass. */
    long screen() {
        GtiList gti = GtiTable.read(unfiltered());
        return ScreenPass.run(unfiltered(), cleaned(), parameters.get("screen"), gti);
    }

    /** Products of the field without the calibration source. */
    Products source() {
        long lamp = StatusFlag.CALIBRATION_SOURCE.bit();
        return Products.make(cleaned(), Optional.empty(), gti -> EventFilter.all(gti).status(0, lamp),
                parameters.get("products").real("bin"));
    }

    /** Products of the calibration source. */
    Products lamp() {
        long lamp = StatusFlag.CALIBRATION_SOURCE.bit();
        return Products.make(cleaned(), Optional.empty(),
                gti -> EventFilter.all(gti).status(lamp, 0).grades(Grade.GOOD), parameters.get("products").real("bin"));
    }
}
