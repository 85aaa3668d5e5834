// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.ModelCopy;
import org.xtendsxi.calib.common.Pulls;
import org.xtendsxi.pipeline.cli.Main;

/** Runs a task many times on lists whose truth is known, and collects the pulls of what it finds. */
final class Study {
    /** Lists of a study; each has eight segments, so eight experiments. */
    static final int LISTS = Integer.getInteger("sxi.lists", 32);
    /** Events of the ground calibration from which a study begins. */
    private static final int GROUND = 4_000_000;
    private static final String GROUND_LINES = "1486.7,2622.4,4510.8,MnKa,8047.8,9886.4";

    private final Path folder;

    Study(Path folder) {
        this.folder = folder;
    }

    /** What a list is made of, and what is true of it. */
    interface Experiment {
        /** Writes the list; gives further words of the command. */
        List<String> write(Path file);

        /** True value of a finding; empty for one that is no parameter of the truth. */
        OptionalDouble truth(int segmentRow, String parameter);
    }

    /** An experiment by its number. */
    interface Maker {
        /** Makes it. */
        Experiment of(long seed);
    }

    /**
     * Runs a task on many lists, as the user does.
     *
     * @param task its name
     * @param lists number of lists
     * @param caldb calibration in force
     * @param maker lists
     * @param words words of every command
     */
    Pulls run(String task, int lists, Path caldb, Maker maker, String... words) {
        List<List<Measured>> all = IntStream.range(0, lists).parallel().mapToObj(i -> {
            Path mine = folder.resolve(task + i);
            try {
                Files.createDirectories(mine);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Experiment experiment = maker.of(1000 + i);
            Path list = mine.resolve("list.fits");
            List<String> command = new ArrayList<>(List.of("-q", "calib", task, list.toString(), "--out",
                    mine.resolve("out").toString(), "--valid-from", "2026-08-01"));
            if (!caldb.toString().isEmpty()) {
                command.addAll(List.of("--caldb", caldb.toString()));
            }
            command.addAll(Arrays.asList(words));
            command.addAll(experiment.write(list));
            assertThat(Main.run(command.toArray(String[]::new))).as(command.toString()).isZero();
            List<Measured> found = findings(newest(mine.resolve("out")), experiment);
            delete(mine);
            return found;
        }).toList();
        Pulls pulls = new Pulls();
        all.forEach(l -> l.forEach(m -> m.into(pulls)));
        return pulls;
    }

    /** A finding whose truth is known. */
    private record Measured(String parameter, double found, double truth, double error, double chi2, int degrees) {
        private void into(Pulls pulls) {
            pulls.add(parameter, found, truth, error);
        }
    }

    private static List<Measured> findings(Path file, Experiment experiment) {
        try (FitsReader f = FitsReader.open(file); EventChunk t = f.whole(f.need("FIT_RESULTS"))) {
            int[] ccd = t.ints("CCD_ID");
            int[] segment = t.ints("SEGMENT");
            int[] node = t.ints("READNODE");
            int[] column = t.ints("RAWX");
            int[] degrees = t.ints("DOF");
            double[] value = t.doubles("VALUE");
            double[] error = t.doubles("ERROR");
            double[] chi2 = t.doubles("CHI2");
            String[] name = t.texts("PARAMETER");
            List<Measured> out = new ArrayList<>();
            for (int i = 0; i < value.length; i++) {
                String parameter = name[i].strip();
                OptionalDouble truth = experiment.truth(SegmentRow.of(ccd[i], segment[i], node[i]), parameter);
                if (column[i] < 0 && error[i] > 0 && truth.isPresent()) {
                    out.add(new Measured(parameter, value[i], truth.getAsDouble(), error[i], chi2[i], degrees[i]));
                    boolean first = i == 0 || chi2[i] != chi2[i - 1];
                    if (first && degrees[i] > 0) {
                        out.add(new Measured("CHI2 " + (parameter.startsWith("DRIFT") ? "DRIFT" : ""), chi2[i],
                                degrees[i], Math.sqrt(2.0 * degrees[i]), chi2[i], degrees[i]));
                    }
                }
            }
            return out;
        }
    }

    /** The file of the highest version in a folder. */
    static Path newest(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.toString().endsWith(".fits")).max(Comparator.naturalOrder()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            Consumer<Path> gone = p -> p.toFile().delete();
            all.sorted(Comparator.reverseOrder()).forEach(gone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Calibration that a camera has from its tests on the ground, before any charge is lost: the grade offsets of its
     * charge cloud, from so many events that their own uncertainty does not show.
     */
    Path ground(Camera camera, double evPerChannel) {
        Path caldb = ModelCopy.in(folder.resolve("ground"));
        Lines lines = Lines.of(GROUND_LINES, 0, 0, 0);
        Path list = CameraEvents.alike(camera, (t, r) -> lines.charge(lines.draw(r), r) / evPerChannel, GROUND, 99)
                .write(folder.resolve("ground.fits"));
        run("calib", "goffset", list, "--lines", GROUND_LINES, "--out", folder.resolve("ground.out"), "--caldb", caldb,
                "--valid-from", "2020-01-01");
        publish(newest(folder.resolve("ground.out")), caldb);
        delete(list);
        return caldb;
    }

    /** Publishes a file. */
    static void publish(Path file, Path caldb) {
        run("calib", "publish", file, "--caldb", caldb);
    }

    /** Runs a command that must succeed. */
    static void run(Object... words) {
        String[] all = Stream.concat(Stream.of("-q"), Arrays.stream(words).map(Object::toString))
                .toArray(String[]::new);
        assertThat(Main.run(all)).as(Arrays.toString(all)).isZero();
    }

    /** Keeps and shows the table, then checks it. */
    static void report(String title, Pulls pulls) {
        String text = title + System.lineSeparator() + pulls;
        System.out.println(text);
        try {
            Path out = Files.createDirectories(Path.of("target", "pulls"));
            Files.writeString(out.resolve(title.replaceAll("\\W+", "-") + ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pulls.check();
    }
}
