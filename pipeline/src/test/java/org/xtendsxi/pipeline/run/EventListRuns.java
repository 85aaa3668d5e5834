// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;


import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.bench.EventMaker;
import org.xtendsxi.pipeline.cli.Main;

/** A directory that starts from an event list, with files of good time made by hand, and what a run left of it. */
abstract class EventListRuns {
    static final String OBSID = "900000003";
    static final double START = 2.4e8;
    static final int EVENTS = 2500;
    /** Ten frames of 250 events. */
    static final double STOP = START + 44;
    static final double LIVE = 3.963136;

    @TempDir
    Path dir;

    Path observation;
    Path out;

    static int run(Object... words) {
        return Main.run(Stream.concat(Stream.of("-q"), Arrays.stream(words).map(Object::toString))
                .toArray(String[]::new));
    }

    Path events(String stem, int n) throws IOException {
        observation = dir.resolve(OBSID);
        out = dir.resolve("out");
        Path file = observation.resolve("xtend/event_uf/xa" + OBSID + "xtd_" + stem + "_uf.evt");
        Files.createDirectories(file.getParent());
        Path hk = observation.resolve("xtend/hk/xa" + OBSID + "xtd_a0.hk");
        Files.createDirectories(hk.getParent());
        Files.move(EventMaker.write(file, n), hk, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    Path cleaned(String stem) {
        return out.resolve("xtend/event_cl/xa" + OBSID + "xtd_" + stem + "_cl.evt");
    }

    Path auxiliary(String suffix) {
        return observation.resolve("auxil/xa" + OBSID + suffix);
    }

    /** An EHK file of 1-s rows in which the satellite is in the anomaly from a time on. */
    void orbit(double anomaly) {
        List<Column> columns = Stream.of("TIME", "SAA_SXI", "T_SAA_SXI", "ELV", "DYE_ELV", "MZDYE_ELV", "MZNTE_ELV")
                .map(n -> Column.of(n, ColumnType.DOUBLE, 1)).toList();
        int n = 60;
        double[] time = new double[n];
        Arrays.setAll(time, i -> START - 8 + i);
        try (FitsWriter w = FitsWriter.create(auxiliary(".ehk"));
                EventChunk c = EventChunk.allocate(new EventSchema(columns), 0, n)) {
            columns.forEach(k -> c.put(k.name(), Arrays.stream(time).map(t -> 400).toArray()));
            c.put("TIME", time);
            c.put("SAA_SXI", Arrays.stream(time).map(t -> t >= anomaly ? 1 : 0).toArray());
            c.put("MZDYE_ELV", Arrays.stream(time).map(t -> t < START + 8 ? 0 : 90).toArray());
            c.put("MZNTE_ELV", Arrays.stream(time).map(t -> 45).toArray());
            w.primary(new Keywords());
            w.table("EHK", c, new Keywords());
            w.commit();
        }
    }

    void attitude(double from, double to) {
        EventSchema s = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
                Column.of("QPARAM", ColumnType.DOUBLE, 4)));
        try (FitsWriter w = FitsWriter.create(auxiliary(".att")); EventChunk c = EventChunk.allocate(s, 0, 2)) {
            c.put("TIME", new double[] {from, to});
            c.put("QPARAM", new double[] {0, 0, 0, 1, 0, 0, 0, 1});
            w.primary(new Keywords());
            w.table("ATTITUDE", c, new Keywords());
            w.commit();
        }
    }

    static Map<String, String> sums(Path file) {
        Map<String, String> all = new TreeMap<>();
        try (FitsReader f = FitsReader.open(file)) {
            f.hdus().forEach(h -> all.put(h.name(), h.keywords().needText("DATASUM")));
        }
        return all;
    }

    /** Keywords and HISTORY of all units, without the dates of writing and what follows from them. */
    static List<String> header(Path file) {
        List<String> all = new ArrayList<>();
        try (FitsReader f = FitsReader.open(file)) {
            f.hdus().forEach(h -> {
                h.keywords().names().stream().filter(k -> !k.matches("DATE|CHECKSUM"))
                        .forEach(k -> all.add(h.name() + " " + k + " " + h.keywords().needText(k)));
                all.addAll(h.keywords().history());
            });
        }
        return all;
    }

    static long rows(Path file) {
        try (FitsReader f = FitsReader.open(file)) {
            return f.need("EVENTS").rows();
        }
    }

    /** A table of good time at a file of the observation; ends in pairs. */
    void gti(String suffix, Map<String, double[]> extensions) {
        try (FitsWriter w = FitsWriter.create(auxiliary(suffix))) {
            w.primary(new Keywords());
            new TreeMap<>(extensions).forEach((name, ends) -> table(w, name, ends));
            w.commit();
        }
    }

    /** Good time as given, in order or not. */
    static void table(FitsWriter w, String name, double... ends) {
        EventSchema s = new EventSchema(List.of(Column.of("START", ColumnType.DOUBLE, 1).unit("s"),
                Column.of("STOP", ColumnType.DOUBLE, 1).unit("s")));
        try (EventChunk c = EventChunk.allocate(s, 0, ends.length / 2)) {
            c.put("START", IntStream.range(0, ends.length / 2).mapToDouble(i -> ends[2 * i]).toArray());
            c.put("STOP", IntStream.range(0, ends.length / 2).mapToDouble(i -> ends[2 * i + 1]).toArray());
            w.table(name, c, new Keywords().set("HDUCLASS", "OGIP", "").set("HDUCLAS1", "GTI", ""));
        }
    }

    /** Rows of 1 s from 8 s before the events, with one column that is 1 from a time on. */
    void housekeeping(String suffix, String extension, String column, double from) {
        EventSchema s = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
                Column.of(column, ColumnType.DOUBLE, 1)));
        try (FitsWriter w = FitsWriter.create(auxiliary(suffix)); EventChunk c = EventChunk.allocate(s, 0, 60)) {
            double[] time = IntStream.range(0, 60).mapToDouble(i -> START - 8 + i).toArray();
            c.put("TIME", time);
            c.put(column, Arrays.stream(time).map(t -> t >= from ? 1 : 0).toArray());
            w.primary(new Keywords());
            w.table(extension, c, new Keywords());
            w.commit();
        }
    }

    static Object[] words(Object a, Object b, Object c, Object d, Object... more) {
        return Stream.concat(Stream.of(a, b, c, d), Arrays.stream(more)).toArray();
    }
}
