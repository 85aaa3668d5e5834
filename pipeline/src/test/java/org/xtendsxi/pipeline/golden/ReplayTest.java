// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.coordinates.CoordinateTask;
import org.xtendsxi.pipeline.flags.FlagTask;
import org.xtendsxi.pipeline.flicker.FlickerTask;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replays the whole cases of the golden collection, where it is at hand, through the tasks. Each step starts from the
 * reference's own state before it.
 */
@Tag("validation")
class ReplayTest {
    private static final List<Task> TASKS = List.of(new CoordinateTask(), new FlagTask(), new FlickerTask());

    @TempDir
    Path work;
    private final Map<String, Path> names = new HashMap<>();

    private static Path collection() {
        String given = System.getProperty("sxi.shared");
        String root = System.getProperty("sxi.root", ".");
        return (given == null ? Path.of(root).resolve("../shared") : Path.of(given)).resolve("golden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "window", "noci", "edge"})
    void everyStepIsTheSame(String name) throws IOException {
        Path root = collection();
        assumeTrue(Files.isDirectory(root.resolve(name)), "the golden collection is not here: " + root);
        JsonNode json = JsonMapper.builder().build().readTree(Files.readString(root.resolve(name + "/case.json")));
        try (var list = Files.list(root.resolve("caldb"))) {
            list.forEach(f -> names.put(f.getFileName().toString().replace(".gz", ""), f));
        }
        json.get("inputs").properties().forEach(e -> names.put(e.getKey(),
                root.resolve(name).resolve(e.getValue().asString())));
        int compared = 0;
        for (JsonNode step : json.get("steps")) {
            compared += replay(root.resolve(name), step);
        }
        assertThat(compared).isGreaterThan(1000);
    }

    /** Rows compared. */
    private int replay(Path root, JsonNode step) {
        String tool = step.get("tool").asString();
        Map<String, String> p = new HashMap<>();
        step.get("parameters").properties().forEach(e -> p.put(e.getKey(), e.getValue().asString()));
        String in = p.getOrDefault("infile", "").replaceFirst("\\[.*", "");
        if (!names.containsKey(in) || !p.containsKey("outfile")) {
            return 0;
        }
        Path out = work.resolve(p.get("outfile"));
        if (tool.equals("ftselect")) {
            select(names.get(in), out, null);
        } else if (tool.equals("(row selection)")) {
            select(names.get(in), out, root.resolve("rows.csv"));
        } else {
            Path expected = root.resolve(step.get("expected").asString());
            int rows = TASKS.stream().filter(t -> t.names().contains(tool)).findFirst()
                    .map(t -> run(t, tool, p, expected, root, step)).orElse(0);
            if (tool.equals("searchflickpix")) {
                names.put(p.get("outfile"), expected);
            } else {
                merge(names.get(in), expected, out);
                names.put(p.get("outfile"), out);
            }
            return rows;
        }
        names.put(p.get("outfile"), out);
        return 0;
    }

    private int run(Task task, String tool, Map<String, String> p, Path expected, Path root, JsonNode step) {
        Path ours = work.resolve("ours_" + p.get("outfile"));
        Path image = work.resolve("image_" + p.get("outfile"));
        Map<String, String> given = new HashMap<>();
        p.forEach((k, v) -> given.put(k, names.getOrDefault(v, Path.of(v)).toString()));
        given.put("outfile", ours.toString());
        boolean withImage = !p.getOrDefault("outbadimg", "NONE").equals("NONE");
        if (withImage) {
            given.put("outbadimg", image.toString());
        }
        Parameters values = Parameters.of(tool, task.parameters(), given);
        task.run(new Task.TaskCall(tool, values, task.defaultCompat(tool), true, false), Console.silent());
        int rows = compare(ours, expected, step.get("step").asString());
        if (withImage) {
            try (FitsReader a = FitsReader.open(image);
                    FitsReader b = FitsReader.open(root.resolve(step.get("expected_image").asString()))) {
                assertThat(Arrays.mismatch(Image.read(a, a.primary()).values(), Image.read(b, b.primary()).values()))
                        .as(step.get("step") + " image").isEqualTo(-1);
            }
        }
        return rows;
    }

    private static Hdu table(FitsReader f) {
        return f.find("PIXELS").or(() -> f.find("EVENTS")).orElseThrow();
    }

    private static int compare(Path ours, Path expected, String step) {
        try (FitsReader a = FitsReader.open(ours); FitsReader b = FitsReader.open(expected);
                EventChunk x = a.whole(table(a)); EventChunk y = b.whole(table(b))) {
            assertThat(x.rows()).as(step).isEqualTo(y.rows());
            for (Column c : y.schema().columns()) {
                if (x.has(c.name()) && !c.type().real()) {
                    assertThat(Arrays.mismatch(x.longs(c.name()), y.longs(c.name()))).as(step + " " + c.name())
                            .isEqualTo(-1);
                } else {
                    assertThat(c.type().real()).as(step + " lacks " + c.name()).isTrue();
                }
            }
            return y.rows();
        }
    }

    /** A copy of a file in which the events have the expected columns. */
    private static void merge(Path from, Path expected, Path to) {
        try (FitsReader a = FitsReader.open(from); FitsReader b = FitsReader.open(expected);
                EventChunk x = a.whole(a.need("EVENTS")); EventChunk y = b.whole(b.need("EVENTS"))) {
            EventSchema schema = x.schema().with(y.schema().columns());
            try (EventChunk z = EventChunk.allocate(schema, 0, x.rows())) {
                for (Column c : schema.columns()) {
                    z.memory(c.name()).copyFrom((y.has(c.name()) ? y : x).memory(c.name()));
                }
                write(to, z, a);
            }
        }
    }

    /** Rows without flag 1, or those that a list names. */
    private static void select(Path from, Path to, Path list) {
        try (FitsReader a = FitsReader.open(from); EventChunk x = a.whole(a.need("EVENTS"))) {
            boolean[] keep = new boolean[x.rows()];
            long[] status = x.longs("STATUS");
            List<String> lines = list == null ? new ArrayList<>() : lines(list);
            for (int i = 0; i < keep.length; i++) {
                keep[i] = list == null ? !StatusFlag.ANY_BAD.in(status[i]) : lines.get(i + 1).split(",")[1].equals("1");
            }
            try (EventChunk z = x.select(keep, 0)) {
                write(to, z, a);
            }
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path to, EventChunk events, FitsReader like) {
        try (FitsWriter w = FitsWriter.create(to)) {
            w.primary(like.primary().keywords());
            w.table("EVENTS", events, like.need("EVENTS").keywords());
            w.commit();
        }
    }
}
