// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.report.ProductSet;
import org.xtendsxi.pipeline.report.Report;
import org.xtendsxi.pipeline.stage.Parameters;

/** Runs the flow on an observation: checks everything, then pass by pass, reusing what earlier runs finished. */
public final class Runner {
    private final RunOptions options;
    private final Console console;
    private final Observation observation;
    private final Optional<OrbitHousekeeping> orbit;
    private final RunRecord record;
    private final Report page;
    private final Map<String, Parameters> parameters;
    private final List<DataSetRun> sets = new ArrayList<>();
    private final List<CalibrationFile> calibration = new ArrayList<>();
    private final Map<String, Map<String, Object>> together = new HashMap<>();
    private final Map<String, Map<String, Double>> work = new HashMap<>();
    private final Path caldbRoot;

    /**
     * Checks everything.
     *
     * @throws SxiException on the first of the errors; the others are told before
     */
    public Runner(RunOptions options, Console console) {
        this.options = options;
        this.console = console;
        FlowCheck.statusOwners();
        this.parameters = FlowCheck.parameters(options.set(), options.seed());
        checkPass("--entry", options.entry());
        checkPass("--exit", options.exit());
        Observation given = Observation.open(options.observation()).replacing(options.files());
        if (options.out().toAbsolutePath().normalize()
                .startsWith(given.directory().toAbsolutePath().normalize())) {
            throw SxiException.usage("output lies inside the observation directory").in(options.out())
                    .todo("give an --out elsewhere").build();
        }
        Caldb caldb = Caldb.open(options.caldb());
        this.record = new RunRecord(options);
        record.parameters(parameters, options);
        List<SxiException> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        this.orbit = OrbitHousekeeping.of(given, options.out(), parameters.get(OrbitHousekeeping.NAME), warnings);
        this.page = new Report(given.directory());
        this.observation = orbit.map(OrbitHousekeeping::observation).orElse(given);
        for (Observation.DataSet set : observation.dataSets()) {
            DataSetRun run = new DataSetRun(options, observation, set, parameters);
            run.check(caldb, errors, warnings);
            sets.add(run);
            calibration.addAll(run.allCalibration());
        }
        if (!errors.isEmpty()) {
            errors.subList(1, errors.size()).forEach(e -> console.warn("also: " + e.getMessage()));
            throw errors.getFirst();
        }
        warnings.stream().distinct().forEach(this::warn);
        this.caldbRoot = caldb.root();
        record.calibration(calibration, caldbRoot);
        Map<String, String> conditions = new LinkedHashMap<>();
        sets.stream().filter(DataSetRun::screened).forEach(s -> conditions.put(s.set().stem(), s.condition()));
        record.put("screening", conditions);
        Map<String, List<Plan.Setting>> adjusted = new LinkedHashMap<>();
        sets.forEach(s -> adjusted.put(s.set().stem(), s.adjusted()));
        record.adjusted(adjusted);
    }

    private static void checkPass(String option, Optional<String> word) {
        word.ifPresent(w -> {
            if (Arrays.stream(Flow.Pass.values()).noneMatch(p -> p.id().equals(w))) {
                throw SxiException.usage(option + " names no pass").value(w)
                        .limit("events, calibrate, flicker, screen, products")
                        .todo("give one of these").build();
            }
        });
    }

    /** What the run would do. */
    public Plan plan() {
        return Plan.of(observation, options, parameters, sets, this::passes);
    }

    private List<Flow.Pass> passes(DataSetRun s) {
        int from = options.entry().map(e -> pass(e).ordinal()).orElse(0);
        int to = options.exit().map(e -> pass(e).ordinal()).orElse(Flow.Pass.PRODUCTS.ordinal());
        List<Flow.Pass> out = new ArrayList<>();
        for (Flow.Pass p : Flow.Pass.values()) {
            if (p.ordinal() >= from && p.ordinal() <= to && (p != Flow.Pass.EVENTS || s.fromFrames())
                    && (p.ordinal() < Flow.Pass.SCREEN.ordinal() || s.screened())) {
                out.add(p);
            }
        }
        return out;
    }

    private static Flow.Pass pass(String id) {
        return Flow.Pass.valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** Runs. The record is written whatever happens. */
    public void run() {
        double begin = Host.seconds();
        CalibrationLock.write(options.out(), calibration, caldbRoot);
        RunState state = RunState.open(options.out(), options.fresh());
        try {
            if (sets.stream().anyMatch(s -> passes(s).stream().anyMatch(p -> p != Flow.Pass.EVENTS
                    && p != Flow.Pass.PRODUCTS))) {
                orbit.ifPresent(o -> housekeeping(o, sets.getFirst(), state));
            }
            for (DataSetRun s : sets) {
                for (Flow.Pass p : passes(s)) {
                    SxiException.locate(s.input(), () -> perform(s, p, state));
                }
            }
            Path report = options.out().resolve("report.html");
            page.write(report, calibration.stream().map(f -> new String[] {f.kind().name(),
                f.path().getFileName().toString(), Integer.toString(f.extension()), f.query()}).toList(),
                    record.passes(), record.remarks());
            record.write(options.out(), "done");
            console.say(String.format("done in %.1f s: %s", Host.seconds() - begin, report));
        } catch (RuntimeException e) {
            recordFailure(e);
            throw e;
        }
    }

    /** Files refuse an interrupted thread, so that its state is put aside; the first error is the one to tell. */
    private void recordFailure(RuntimeException e) {
        boolean interrupted = Thread.interrupted();
        try {
            record.put("error", String.valueOf(e.getMessage()));
            record.write(options.out(), "failed");
        } catch (RuntimeException second) {
            e.addSuppressed(second);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void warn(String text) {
        console.warn(text);
        record.warning(text);
    }

    private void housekeeping(OrbitHousekeeping o, DataSetRun set, RunState state) {
        String name = OrbitHousekeeping.NAME;
        String why = state.whyRerun(name, o.key(set));
        double begin = Host.seconds();
        if (!why.isEmpty()) {
            o.make(set).forEach(this::warn);
            state.done(name, o.key(set), List.of(o.file()));
        }
        record.pass(name, why.isEmpty(), why.isEmpty() ? "same orbit, attitude and parameters" : why,
                Host.seconds() - begin, Map.of(), Map.of(), state.files(name));
    }

    private void perform(DataSetRun s, Flow.Pass p, RunState state) {
        String name = RunState.name(p, s.set());
        if (together.containsKey(name)) {
            Map<String, Object> numbers = together.get(name);
            explain(s, numbers);
            record.pass(name, false, "in the same reading as calibrate", 0, work.get(name), numbers, state.files(name));
            return;
        }
        String key = s.key(p);
        String why = state.whyRerun(name, key, RunState.later(p, s.set()));
        double begin = Host.seconds();
        Map<String, Object> numbers = new LinkedHashMap<>();
        if (why.isEmpty()) {
            console.say(p.id() + ": reused");
            record.pass(name, true, "same input, parameters and calibration", 0, Map.of(), Map.of(), state.files(name));
            if (p == Flow.Pass.PRODUCTS) {
                products(s, numbers, false);
            }
            return;
        }
        List<Path> outputs = switch (p) {
            case EVENTS -> {
                EventsPass.Outcome o = new EventsPass(parameters, Kernels.choose(options.kernel(), console::explain),
                        options.threads(), console).run(s.set(), s.files().unfiltered(), s.files().exposure(),
                        s.files().hotPixels(), s.darkMaps());
                numbers.put("events", o.events());
                numbers.put("exposure", o.exposure());
                numbers.put("dark", o.dark());
                o.dark().warning().map(w -> s.set().stem() + ": " + w).ifPresent(this::warn);
                List<Path> written = new ArrayList<>(List.of(s.files().unfiltered(), s.files().exposure(),
                        s.files().hotPixels()));
                s.darkMaps().ifPresent(written::add);
                yield written;
            }
            case CALIBRATE -> {
                boolean flicker = passes(s).contains(Flow.Pass.FLICKER);
                s.echoTime().filter(GtiList::isEmpty).ifPresent(g -> warn(s.set().stem()
                        + ": there is no time without light leak: echoes of cosmic rays are not searched"));
                Map<String, Object> screened = new LinkedHashMap<>();
                CalibratePass pass = new CalibratePass(options.threads(), console);
                numbers.putAll(s.calibrate(pass, flicker,
                        flicker && passes(s).contains(Flow.Pass.SCREEN) ? Optional.of(screened) : Optional.empty()));
                if (flicker) {
                    together(s, Flow.Pass.FLICKER, Map.of(), s.files().flickered(), state);
                }
                if (!screened.isEmpty()) {
                    together(s, Flow.Pass.SCREEN, screened, s.files().screenedFiles(), state);
                }
                for (Flow.Pass part : Flow.Pass.values()) {
                    work.put(RunState.name(part, s.set()), pass.work(part));
                }
                yield List.of(s.files().unfiltered());
            }
            case FLICKER -> {
                CalibratePass pass = new CalibratePass(options.threads(), console);
                numbers.put("pixels", s.flicker(pass));
                work.put(name, pass.work(p));
                yield s.files().flickered();
            }
            case SCREEN -> {
                s.screen(numbers);
                explain(s, numbers);
                yield s.files().screenedFiles();
            }
            case PRODUCTS -> products(s, numbers, true);
        };
        state.done(name, key, outputs);
        record.pass(name, false, why, Host.seconds() - begin, work.getOrDefault(name, Map.of()), numbers,
                state.files(name));
        console.explain(String.format("%s: %.2f s (%s)", name, Host.seconds() - begin, why));
    }

    /** Notes a pass that was done in the reading of another. */
    private void together(DataSetRun s, Flow.Pass pass, Map<String, Object> numbers, List<Path> files, RunState state) {
        String name = RunState.name(pass, s.set());
        state.done(name, s.key(pass), files);
        together.put(name, numbers);
    }

    private void explain(DataSetRun s, Map<String, Object> numbers) {
        if (numbers.get("goodTime") instanceof Map<?, ?> used) {
            used.forEach((what, from) -> console.explain(s.set().stem() + ": " + what + " " + from));
        }
    }

    private List<Path> products(DataSetRun s, Map<String, Object> numbers, boolean write) {
        List<Path> files = new ArrayList<>();
        ProductSet set = write ? s.products().make(s.gathered(), numbers, files) : s.products().read();
        set.source().spectrum().warning(s.files().cleaned().toString()).ifPresent(w -> {
            warn(w);
            numbers.put("outsidePiRange", set.source().spectrum().outside());
        });
        page.add(s.set().stem(), set, s.tally(), s.files().cleaned(), options.out());
        return files;
    }

    /** Makes sure that the output directory can be written. */
    public static void prepare(Path out) {
        try {
            Files.createDirectories(out);
            Path probe = Files.createTempFile(out, ".probe", "");
            Files.delete(probe);
        } catch (IOException e) {
            throw SxiException.output("output directory cannot be written").in(out)
                    .value(e.getClass().getSimpleName() + ": " + e.getMessage()).cause(e)
                    .todo("give another --out, or change its permissions").build();
        }
    }

    /** Applies a function to each data set's cleaned file. */
    public <T> List<T> cleaned(Function<Path, T> f) {
        return sets.stream().filter(DataSetRun::screened).map(s -> s.files().cleaned()).map(f).toList();
    }
}
