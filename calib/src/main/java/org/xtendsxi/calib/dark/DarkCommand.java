// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.dark;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.FileOptions;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.pipeline.bias.BiasStage;
import org.xtendsxi.pipeline.dark.DarkStage;
import org.xtendsxi.pipeline.frames.DarkBuilder;
import org.xtendsxi.pipeline.frames.DarkMaps;
import org.xtendsxi.pipeline.plot.PointPlot;
import org.xtendsxi.pipeline.stage.Parameters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib dark}: dark level, noise and hot pixels. */
@Command(name = "dark", description = "Dark level, noise and hot pixels from dark frames.")
public final class DarkCommand implements SxiCommand {
    /** Word of the file name. */
    public static final String WORD = "dark";
    private static final int ROWS = 640;

    @picocli.CommandLine.Parameters(arity = "1..*", paramLabel = "FRAMES",
            description = "Frame files with dark frames.")
    List<Path> files;
    @Mixin
    FileOptions options;
    @Option(names = "--trim", defaultValue = "3", paramLabel = "N",
            description = "Frames dropped per pixel at each end (default: ${DEFAULT-VALUE}).")
    int trim;
    @Option(names = "--hot", defaultValue = "100", paramLabel = "ADU",
            description = "Level above which a pixel is hot (default: ${DEFAULT-VALUE}).")
    double hot;
    @Option(names = "--min-frames", defaultValue = "10", paramLabel = "N",
            description = "Fewest dark frames of a segment (default: ${DEFAULT-VALUE}).")
    int minFrames;

    @Override
    public void run(Console console) {
        Keywords keywords;
        double first = Double.POSITIVE_INFINITY;
        DarkBuilder builder;
        FrameHeader header;
        try (FrameReader f = FrameReader.open(files.getFirst())) {
            header = f.header();
            keywords = f.keywords().copy();
            builder = new DarkBuilder(header, Parameters.of("bias", BiasStage.SPEC.parameters(), Map.of()),
                    Parameters.of("dark", DarkStage.SPEC.parameters(),
                            Map.of("method", "trimmed", "trim", Integer.toString(trim))), true);
        }
        if (header.mode().windowed()) {
            throw SxiException.data("dark calibration needs the full window").in(files.getFirst()).column("DATAMODE")
                    .value(header.mode()).limit("WINDOW1").todo("give dark frames of the full window").build();
        }
        try (Progress bar = console.progress("dark frames", -1, "frames")) {
            for (Path p : files) {
                first = Math.min(first, read(p, header, keywords, builder, bar));
            }
        }
        MissionTime epoch = new MissionTime((int) keywords.integer("MJDREFI").orElse(MissionTime.XRISM.mjdRefI()),
                keywords.real("MJDREFF").orElse(MissionTime.XRISM.mjdRefF()));
        CalibrationWriter writer = options.writer(epoch.calendar(first));
        Path target = writer.target(WORD, List.of());
        Map<Integer, DarkResult> results = results(builder.build(), injected(keywords), console);
        List<Finding> findings = new ArrayList<>();
        int overclock = header.geometry().over() * header.geometry().height();
        results.forEach((s, r) -> findings.addAll(findings(s, r, overclock)));
        List<String> notes = new ArrayList<>(List.of("trimmed mean, " + trim + " frames dropped at each end, hot above "
                + hot + " adu", builder.unusable() + " frames at a rail left out"));
        files.forEach(p -> notes.add("frames " + p.getFileName()));
        double time = first;
        writer.write(target, "DARK_LEVEL", keywords, new CalibrationWriter.Notes("dark level, noise and hot pixels",
                notes,
                findings), (w, k) -> content(w, k, results, time));
        report(target, results, findings, console);
        console.result(target.toString());
    }

    /** Reads a file; returns the time of its first dark frame. */
    private static double read(Path p, FrameHeader header, Keywords keywords, DarkBuilder builder, Progress bar) {
        try (FrameReader f = FrameReader.open(p)) {
            String same = header.geometry() + " " + header.mode() + " " + Arrays.toString(header.activeNode())
                    + " CISTATUS " + keywords.text("CISTATUS").orElse("0");
            String mine = f.header().geometry() + " "
                    + f.header().mode() + " " + Arrays.toString(f.header().activeNode())
                    + " CISTATUS " + f.keywords().text("CISTATUS").orElse("0");
            if (!mine.equals(same)) {
                throw SxiException.data("frames were not taken alike").in(p).hdu("FRAMES").value(mine).limit(same)
                        .todo("calibrate each mode from its own frames").build();
            }
            double first = Double.POSITIVE_INFINITY;
            ByteBuffer b = ByteBuffer.allocateDirect(f.rowBytes());
            for (long row = 0; row < f.rows(); row++) {
                if (builder.wants(f.readIndex(row))) {
                    builder.accept(f.read(row, b));
                    first = Math.min(first, f.readIndex(row).time());
                    bar.advance(1);
                }
            }
            if (first == Double.POSITIVE_INFINITY) {
                throw SxiException.data("file has no dark frames").in(p).hdu("FRAMES").column("FRAMETYPE")
                        .limit(FrameType.DARK).todo("give files of dark frames").build();
            }
            return first;
        }
    }

    /** RAWY of the charge-injection rows. */
    private static BitSet injected(Keywords k) {
        BitSet rows = new BitSet();
        int period = (int) k.integer("CIPERIOD").orElse(0);
        if (k.integer("CISTATUS").orElse(0) == 1 && period > 0) {
            int y = (int) (k.integer("CIFIRST").orElse(0) + k.integer("CIOFFSET").orElse(0));
            for (; y <= Sxi.ACT_SIZE; y += period) {
                rows.set(Math.max(0, y - 1));
            }
        }
        return rows;
    }

    private Map<Integer, DarkResult> results(DarkMaps maps, BitSet injected, Console console) {
        Map<Integer, DarkResult> out = new TreeMap<>();
        int most = 0;
        for (int s = 0; s < SegmentRow.COUNT; s++) {
            int number = s;
            Optional<org.xtendsxi.pipeline.dark.DarkMap> m = maps.find(s >> 2, s >> 1 & 1, s & 1);
            if (m.isEmpty()) {
                continue;
            }
            most = Math.max(most, m.get().frames());
            if (m.get().frames() >= minFrames && m.get().frames() > 2 * trim + 1) {
                out.put(number, DarkResult.of(m.get(), trim, hot, injected));
            } else {
                console.warn(SegmentRow.words(s) + ": left out, too few dark frames: " + m.get().frames());
            }
        }
        if (out.isEmpty()) {
            throw SxiException.data("too few dark frames").in(files.getFirst()).value(most)
                    .limit("at least " + Math.max(minFrames, 2 * trim + 2))
                    .todo("give more frames, or lower --min-frames or --trim").build();
        }
        return out;
    }

    /** The mean level is as good as the bias of the frames, which the overclock pixels give. */
    private static List<Finding> findings(int s, DarkResult r, int overclock) {
        int pixels = r.level().length;
        DarkResult.Noise noise = r.segmentNoise();
        double perFrame = 1.0 / pixels + (overclock > 0 ? 1.0 / overclock : 0);
        return List.of(new Finding(s, -1, "DARK_MEAN", "adu", r.meanLevel(),
                        noise.rms() * Math.sqrt(perFrame / r.frames()) * r.meanFactor(), 0, 0, r.frames()),
                new Finding(s, -1, "NOISE", "adu", noise.rms(), noise.error(), 0, 0, r.frames()),
                new Finding(s, -1, "HOT_PIXELS", "pixel", r.hot().cardinality(), Math.sqrt(r.hot().cardinality()), 0, 0,
                        r.frames()));
    }

    private static void content(FitsWriter w, Keywords k, Map<Integer, DarkResult> results, double time) {
        results.forEach((s, r) -> {
            Keywords here = k.copy().set("CCD_ID", s >> 2, "CCD").set("SEGMENT", s >> 1 & 1, "segment")
                    .set("READNODE", s & 1, "node").set("NFRAMES", r.frames(), "dark frames used")
                    .set("ERRFACT", r.meanFactor(), "error of LEVEL over NOISE/sqrt(NFRAMES)")
                    .set("BUNIT", "adu", "unit");
            String name = "_" + (s >> 2) + (s >> 1 & 1) + (s & 1);
            w.image("LEVEL" + name, Image.floats(Sxi.RAW_COLUMNS, ROWS, r.level()), here.set("CCNM0001", "DARK_LEVEL",
                    "code name"));
            w.image("NOISE" + name, Image.floats(Sxi.RAW_COLUMNS, ROWS, r.noise()), here.set("CCNM0001", "DARK_NOISE",
                    "code name"));
        });
        EventSchema schema = new EventSchema(List.of(EventColumns.TIME, EventColumns.CCD_ID, EventColumns.ACTX,
                EventColumns.ACTY, Column.of("LEVEL", ColumnType.DOUBLE, 1).unit("adu").text("dark level")));
        int n = results.values().stream().mapToInt(r -> r.hot().cardinality()).sum();
        double[][] v = new double[5][n];
        int[] at = {0};
        results.forEach((s, r) -> r.hot().stream().forEach(i -> {
            v[0][at[0]] = time;
            v[1][at[0]] = s >> 2;
            v[2][at[0]] = ReadNode.actX(s >> 1 & 1, s & 1, i % Sxi.RAW_COLUMNS);
            v[3][at[0]] = i / Sxi.RAW_COLUMNS + 1;
            v[4][at[0]++] = r.level()[i];
        }));
        try (EventChunk t = EventChunk.allocate(schema, 0, n)) {
            t.put("TIME", v[0]);
            for (int c = 1; c < 4; c++) {
                t.put(schema.columns().get(c).name(), Arrays.stream(v[c]).mapToInt(x -> (int) x).toArray());
            }
            t.put("LEVEL", v[4]);
            w.table("HOTPIX", t, k.copy().set("CCNM0001", "HOTPIX", "code name"));
        }
    }

    private static void report(Path file, Map<Integer, DarkResult> results, List<Finding> findings, Console console) {
        CalibrationReport page = new CalibrationReport(file).section("Dark").findings(findings);
        List<PointPlot.Series> levels = new ArrayList<>();
        List<PointPlot.Series> noises = new ArrayList<>();
        results.forEach((s, r) -> {
            levels.add(histogram(SegmentRow.words(s), r.level(), -10, 40));
            noises.add(histogram(SegmentRow.words(s), r.noise(), 0, 20));
        });
        page.plot("Dark levels", new PointPlot.Labels("Dark level of all pixels", "Level (adu)", "Pixels"), levels);
        page.plot("Noise", new PointPlot.Labels("Noise of all pixels", "rms from frame to frame (adu)", "Pixels"),
                noises);
        console.say(results.size() + " segments; report " + page.write());
    }

    private static PointPlot.Series histogram(String name, double[] v, double low, double high) {
        HistogramBank b = new HistogramBank(1, low, (high - low) / 200, 200);
        Arrays.stream(v).filter(Double::isFinite).forEach(x -> b.add(0, x));
        double[] x = new double[b.bins()];
        Arrays.setAll(x, b::middle);
        return PointPlot.Series.line(name, x, Arrays.stream(b.counts(0)).asDoubleStream().toArray());
    }
}
