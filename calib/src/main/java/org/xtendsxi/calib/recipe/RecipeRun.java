// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.calib.common.ResultConsole;
import org.xtendsxi.calib.publish.Publisher;
import org.xtendsxi.pipeline.report.HtmlPage;
import tools.jackson.databind.json.JsonMapper;

/** Runs the steps of a recipe into a copy of its database, which gets its name when all are done. */
final class RecipeRun {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double MILLI = 1000;

    private final Recipe recipe;
    private final Path source;
    private final Path out;
    private final Console console;
    private final Map<String, Object> record = new LinkedHashMap<>();
    private final List<Map<String, Object>> done = new ArrayList<>();
    private final Map<String, Path> outputs = new LinkedHashMap<>();

    RecipeRun(Recipe recipe, Path source, Path out, Console console) {
        this.recipe = recipe;
        this.source = source;
        this.out = out;
        this.console = console;
    }

    void run(List<RecipeStep> steps, Earlier earlier) {
        Path work = out.resolve("caldb.part");
        begin(steps);
        Caldb base = base();
        earlier.check(record);
        try {
            remove(work);
            copyDatabase(base, work);
            write("running");
            int n = 0;
            while (n < steps.size() && again(steps.get(n), earlier.step(n, steps.get(n).words()), work)) {
                n++;
            }
            for (RecipeStep s : steps.subList(n, steps.size())) {
                remove(s.folder());
                step(s, work);
            }
            Files.move(work, out.resolve("caldb"), StandardCopyOption.ATOMIC_MOVE);
            record.put("index", Digest.of(Caldb.open(Optional.of(out.resolve("caldb"))).index()));
            page();
            write("done");
        } catch (SxiException e) {
            record.put("error", e.getMessage());
            write("failed");
            throw e;
        } catch (IOException e) {
            record.put("error", e.toString());
            write("failed");
            throw failed(out, e);
        }
    }

    private void begin(List<RecipeStep> steps) {
        record.put("software", Software.creator());
        record.put("date", RunClock.now().toString());
        if (!RunClock.fixed()) {
            record.put("host", Host.describe());
        }
        record.put("title", recipe.title());
        record.put("recipe", Map.of("file", source.toAbsolutePath().normalize().toString(), "sha256",
                Digest.of(source)));
        Map<String, String> data = new LinkedHashMap<>();
        steps.stream().flatMap(s -> s.files().stream()).distinct().forEach(p -> data.put(p.toString(), Digest.of(p)));
        record.put("data", data);
        record.put("steps", done);
    }

    private Caldb base() {
        Caldb base = recipe.base(source);
        Map<String, String> words = new LinkedHashMap<>();
        words.put("folder", base.root().toAbsolutePath().toString());
        words.put("index", Digest.of(base.index()));
        record.put("caldb", words);
        return base;
    }

    /** Removes what an interrupted run left under a name of its own. */
    private static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(p);
                }
            }
        }
    }

    private void copyDatabase(Caldb base, Path work) throws IOException {
        try (Stream<Path> all = Files.walk(base.root())) {
            for (Path p : all.filter(f -> !f.getFileName().toString().endsWith(".lock")).toList()) {
                Path to = work.resolve(base.root().relativize(p).toString());
                if (Files.isDirectory(p)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(p, to, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    /** Takes over a step that an earlier run has done; says whether it was there. */
    private boolean again(RecipeStep s, Optional<Map<String, Object>> before, Path work) {
        before.ifPresent(entry -> {
            Path file = out.resolve((String) entry.get("file"));
            outputs.put(s.step().name(), file);
            if (s.step().publish()) {
                new Publisher(work).publish(List.of(file), true);
            }
            entry.put("reused", true);
            done.add(entry);
            console.say("step " + s.step().name() + ": done already");
        });
        return before.isPresent();
    }

    private void step(RecipeStep s, Path work) {
        Map<String, Object> entry = new LinkedHashMap<>();
        List<String> words = s.complete(work, outputs);
        entry.put("step", s.step().name());
        entry.put("words", s.words());
        entry.put("status", "running");
        done.add(entry);
        console.say("step " + s.step().name() + ": sxi calib " + s.step().task());
        double start = Host.seconds();
        ResultConsole said = new ResultConsole(console);
        try {
            RecipeStep.command(words).run(said);
            Path file = Path.of(said.results().getLast());
            outputs.put(s.step().name(), file);
            entry.put("file", out.relativize(file.toAbsolutePath()).toString());
            entry.put("sha256", Digest.of(file));
            if (s.step().publish()) {
                Publisher.Result r = new Publisher(work).publish(List.of(file), true);
                entry.put("published", r.entries().size());
                entry.put("superseded", r.superseded().size());
            }
            entry.put("status", "done");
        } catch (SxiException e) {
            entry.put("status", "failed");
            throw e;
        } finally {
            entry.put("warnings", said.warnings());
            if (!RunClock.fixed()) {
                entry.put("seconds", Math.round((Host.seconds() - start) * MILLI) / MILLI);
            }
            write("running");
        }
    }

    private void page() {
        StringBuilder b = new StringBuilder("<section><h2>Steps</h2><table><tr><th>step<th>file<th>report");
        outputs.forEach((name, file) -> {
            Path page = file.resolveSibling(file.getFileName().toString().replace(".fits", "_report.html"));
            b.append("</tr>\n<tr><td>").append(HtmlPage.text(name)).append("<td>")
                    .append(HtmlPage.text(file.getFileName().toString())).append("<td>");
            if (Files.exists(page)) {
                b.append("<a href=\"").append(out.relativize(page.toAbsolutePath())).append("\">report</a>");
            }
        });
        b.append("</tr></table></section>\n");
        HtmlPage.write(out.resolve("report.html"), recipe.title().isEmpty() ? "Calibration" : recipe.title(),
                b.toString());
    }

    private void write(String status) {
        record.put("status", status);
        Path file = out.resolve("log/recipe.json");
        Path temporary = file.resolveSibling(".recipe.json.part");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(temporary, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(record));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static SxiException failed(Path path, IOException e) {
        return SxiException.output("file cannot be written").in(path).value(e.toString()).cause(e)
                .todo("check that the folder is writable and has space").build();
    }
}
