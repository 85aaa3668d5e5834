// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the energy steps of a golden case through the tasks and compares every column. Each step starts from the state
 * that the reference left, so that one fault does not spread.
 */
final class GoldenReplay {
    private static final double TOLERANCE = 1e-9;
    private static final List<String> FLAG_TOOLS = List.of("sxiflagpix", "coordevt");

    private final Path root;
    private final Path work;
    private final Map<String, Path> files = new HashMap<>();

    /**
     * Numbers of a step.
     *
     * @param step name
     * @param rows rows compared
     * @param differences columns with the number of rows that differ, "" for none
     * @param rowsOff rows of which any integer column differs
     */
    record Outcome(String step, int rows, String differences, int rowsOff) {
    }

    /** A replay of a case of a collection. */
    GoldenReplay(Path collection, String name, Path work) {
        this.root = collection.resolve(name);
        this.work = work;
        try (Stream<Path> tables = Files.list(collection.resolve("caldb"))) {
            tables.forEach(p -> files.put(p.getFileName().toString().replace(".gz", ""), p));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs all steps that the energy tasks do. */
    List<Outcome> run(Compat compat) {
        JsonNode json = JsonMapper.shared().readTree(root.resolve("case.json").toFile());
        json.get("inputs").properties().forEach(e -> files.put(e.getKey(), root.resolve(e.getValue().asString())));
        List<Outcome> out = new ArrayList<>();
        for (JsonNode step : json.get("steps")) {
            String tool = step.get("tool").asString();
            Map<String, String> p = new HashMap<>();
            step.get("parameters").properties().forEach(e -> p.put(e.getKey(), e.getValue().asString()));
            boolean energy = tool.equals("sxiphas") || tool.equals("sxipi");
            if (tool.equals("(row selection)")) {
                select(p);
            } else if (energy || FLAG_TOOLS.contains(tool)) {
                Path expected = root.resolve(step.get("expected").asString());
                if (energy) {
                    out.add(compare(step.get("step").asString(), task(tool, p, compat), expected));
                }
                merge(p, expected);
            }
        }
        return out;
    }

    private Path task(String tool, Map<String, String> given, Compat compat) {
        Task task = tool.equals("sxiphas") ? new XtdPhas() : new SxiPi();
        Map<String, String> p = new HashMap<>(given);
        p.replaceAll((k, v) -> files.containsKey(v) && !k.equals("outfile") ? files.get(v).toString() : v);
        Path mine = work.resolve("ours_" + given.get("outfile"));
        p.put("outfile", mine.toString());
        task.run(new Task.TaskCall(tool, Parameters.of(tool, task.parameters(), p), compat, true, false),
                Console.silent());
        return mine;
    }

    private static EventChunk events(FitsReader f) {
        Hdu h = f.find("EVENTS").orElseGet(() -> f.hdus().get(1));
        return f.whole(h);
    }

    private static Outcome compare(String step, Path mine, Path expected) {
        List<String> bad = new ArrayList<>();
        try (FitsReader a = FitsReader.open(mine); FitsReader b = FitsReader.open(expected); EventChunk x = events(a);
                EventChunk y = events(b)) {
            boolean[] off = new boolean[y.rows()];
            for (Column c : y.schema().columns()) {
                if (Set.of("EVENTNUMBER", "TIME").contains(c.name())) {
                    continue;
                }
                Column own = x.schema().column(c.name());
                if (!own.nullValue().equals(c.nullValue()) || !own.min().equals(c.min())
                        || !own.max().equals(c.max())) {
                    bad.add(c.name() + " limits");
                }
                boolean[] differs = c.type().real() ? differs(x.doubles(c.name()), y.doubles(c.name()), c.width())
                        : differs(x.longs(c.name()), y.longs(c.name()), c.width());
                int n = 0;
                for (int i = 0; i < differs.length; i++) {
                    n += differs[i] ? 1 : 0;
                    off[i] |= differs[i] && !c.type().real() && Set.of("PHA", "PI", "GRADE").contains(c.name());
                }
                if (n > 0) {
                    bad.add(c.name() + " " + n);
                }
            }
            int rowsOff = 0;
            for (boolean o : off) {
                rowsOff += o ? 1 : 0;
            }
            return new Outcome(step, y.rows(), String.join(", ", bad), rowsOff);
        }
    }

    private static boolean[] differs(long[] x, long[] y, int width) {
        boolean[] out = new boolean[y.length / width];
        for (int i = 0; i < y.length; i++) {
            out[i / width] |= x[i] != y[i];
        }
        return out;
    }

    private static boolean[] differs(double[] x, double[] y, int width) {
        boolean[] out = new boolean[y.length / width];
        for (int i = 0; i < y.length; i++) {
            boolean same = Double.isFinite(y[i]) ? Math.abs(x[i] - y[i]) <= TOLERANCE
                    : Double.compare(x[i], y[i]) == 0;
            out[i / width] |= !same;
        }
        return out;
    }

    /** The next input: the step's own with the expected columns put in. */
    private void merge(Map<String, String> p, Path expected) {
        String out = p.get("outfile");
        try (FitsReader a = FitsReader.open(files.get(p.get("infile"))); FitsReader b = FitsReader.open(expected);
                EventChunk x = events(a); EventChunk y = events(b)) {
            List<Column> columns = y.schema().columns().stream().filter(c -> !c.name().endsWith("_FLOAT")).toList();
            EventSchema schema = x.schema().with(columns);
            try (EventChunk merged = EventChunk.allocate(schema, 0, x.rows())) {
                for (Column c : schema.columns()) {
                    merged.memory(c.name()).copyFrom((y.has(c.name()) ? y : x).memory(c.name()));
                }
                write(out, merged, a.need("EVENTS"));
            }
        }
    }

    private void select(Map<String, String> p) {
        try (FitsReader a = FitsReader.open(files.get(p.get("infile"))); EventChunk x = events(a)) {
            boolean[] keep = new boolean[x.rows()];
            int row = 0;
            for (String line : Files.readAllLines(root.resolve("rows.csv")).stream().skip(1).toList()) {
                keep[row++] = line.split(",")[1].equals("1");
            }
            try (EventChunk rest = x.select(keep, 0)) {
                write(p.get("outfile"), rest, a.need("EVENTS"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, EventChunk rows, Hdu like) {
        Path path = work.resolve(name);
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(new org.xtendsxi.caldb.fits.Keywords());
            w.table("EVENTS", rows, like.keywords());
            w.commit();
        }
        files.put(name, path);
    }

    /** Folder of the golden collection beside the repository, if it is there. */
    static Optional<Path> shared() {
        Path root = Path.of(System.getProperty("sxi.root", "."));
        return Stream.of(System.getProperty("sxi.shared", ""), root.resolve("../shared").toString())
                .filter(s -> !s.isEmpty()).map(s -> Path.of(s, "golden")).filter(Files::isDirectory).findFirst();
    }

    /** Folder of the cases that the repository carries. */
    static Path carried() {
        return Path.of(System.getProperty("sxi.root", "."),
                "testdata/src/main/resources/org/xtendsxi/testdata/golden/energy");
    }

    /** All cases of the energy chain. */
    static List<String> cases() {
        return List.of("base", "window", "noci", "badpix1", "badpix2", "badpix3", "edge", "switches", "randomize");
    }
}
