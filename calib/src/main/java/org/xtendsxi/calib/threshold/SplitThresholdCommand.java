// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.threshold;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.caldb.table.SplitThresholdTable;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.LeastSquares;
import org.xtendsxi.calib.common.LineOption;
import org.xtendsxi.calib.common.LinePeaks;
import org.xtendsxi.calib.common.LineReference;
import org.xtendsxi.calib.common.LineWindow;
import org.xtendsxi.calib.common.Segments;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.pipeline.plot.PointPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sxi calib splitthreshold}: the threshold that a corner pixel without charge reaches with a given chance. Noise
 * that reaches the threshold turns single-pixel events into grades 1, 5 and 7; the chance is the choice of the engineer
 * (frames-and-science section 4.3).
 */
@Command(name = "splitthreshold", description = "Split threshold from the noise of pixels beside events whose charge "
        + "is in one pixel. Two or more lines tell SPTH_LINR.")
public final class SplitThresholdCommand implements SxiCommand {
    private static final int PIXELS = 9;
    /** Corners, each with its two edges. */
    private static final int[][] CORNERS = {{1, 2, 4}, {3, 2, 5}, {6, 4, 7}, {8, 5, 7}};
    private static final int ANY_GRADE = 0xfff;
    private static final double ABOVE = 3;
    private static final double LOWEST = -60;
    private static final double WIDTH = 0.25;
    private static final int BINS = 480;
    private static final double SLOPE_STEP = 1e-3;

    @Mixin
    CalibrationOptions options;
    @Mixin
    LineOption lines;
    @Option(names = "--chance", defaultValue = "0.003", paramLabel = "P",
            description = "Chance that noise reaches the threshold in one pixel (default: ${DEFAULT-VALUE}).")
    double chance;

    /** Thresholds of a segment by line, and the straight line through them. */
    private record Found(double[] pulse, double[] threshold, double[] error, double[] values, double[] errors,
            double chi2,
            int degrees, long count) {
    }

    @Override
    public void run(Console console) {
        if (!(chance > 0 && chance < 0.5)) {
            throw SxiException.usage("--chance is out of range").value(chance).limit("0..0.5").todo("correct it")
                    .build();
        }
        CalibrationData data = options.data();
        CalibrationWriter writer = options.writer(data);
        writer.target(CaldbKind.SPLIT_TH, data);
        SplitThresholdTable old = SplitThresholdTable.load(data.source(CaldbKind.SPLIT_TH), data.choice());
        List<LineWindow> windows = LineWindow.of(lines.all(), new LineReference(data));
        LinePeaks first = new LinePeaks(windows, Selection.singles(options.source()), "PHAS_CTICORR");
        data.stream(console, first::accept);
        List<Integer> segments = Segments.usable(first::events, options.minCounts(), console);
        double[][] peaks = first.centroids(segments, lines.toString());
        HistogramBank corners = new HistogramBank(windows.size() * SegmentRow.COUNT, LOWEST, WIDTH, BINS);
        double[] threshold = new double[SegmentRow.COUNT];
        segments.forEach(s -> threshold[s] = old.value(old.row(s), SplitThresholdTable.Term.SPTH_OFFSET));
        data.stream(console, c -> take(c, windows, peaks, threshold, corners));
        Map<Integer, Found> found = new TreeMap<>();
        segments.forEach(s -> found.put(s, segment(s, old, peaks, corners)));
        List<Finding> findings = new ArrayList<>();
        found.forEach((s, f) -> {
            findings.add(new Finding(s, -1, "SPTH_OFFSET", "chan", f.values()[0], f.errors()[0], f.chi2(), f.degrees(),
                    f.count()));
            findings.add(new Finding(s, -1, "SPTH_LINR", "", f.values()[1], f.errors()[1], f.chi2(), f.degrees(),
                    f.count()));
        });
        Path file = writer.revise(CaldbKind.SPLIT_TH, data, new CalibrationWriter.Notes("split threshold from noise",
                List.of("lines " + lines + ", chance " + chance), findings), t -> change(t, found));
        report(file, found, findings, corners, console);
        console.result(file.toString());
    }

    private void take(EventChunk c, List<LineWindow> windows, double[][] peaks, double[] threshold,
            HistogramBank corners) {
        Events e = Events.of(c, new Selection(ANY_GRADE, options.source()));
        double[] pulse = c.doubles("PHAS_CTICORR");
        for (int i = 0; i < e.use().length; i++) {
            for (int l = 0; e.use()[i] && l < peaks.length; l++) {
                int s = e.segmentRow()[i];
                double above = pulse[i * PIXELS] - peaks[l][s];
                if (above >= 0 && above < ABOVE * windows.get(l).sigma()) {
                    for (int[] k : CORNERS) {
                        // charge that reaches a corner reaches its edges before, and in larger parts
                        double edge = Math.max(pulse[i * PIXELS + k[1]], pulse[i * PIXELS + k[2]]);
                        if (edge < threshold[s]) {
                            corners.add(l * SegmentRow.COUNT + s, pulse[i * PIXELS + k[0]]);
                        }
                    }
                }
            }
        }
    }

    private Found segment(int s, SplitThresholdTable old, double[][] peaks, HistogramBank corners) {
        List<double[]> points = new ArrayList<>();
        long count = 0;
        for (int l = 0; l < peaks.length; l++) {
            Optional<NoiseQuantile> q = NoiseQuantile.of(corners, l * SegmentRow.COUNT + s, chance);
            if (q.isPresent() && Double.isFinite(peaks[l][s])) {
                points.add(new double[] {peaks[l][s], q.get().value(), q.get().error()});
                count += q.get().count();
            }
        }
        if (points.isEmpty()) {
            throw SxiException.data("too few pixels for the chance asked for").in(SegmentRow.words(s)).value(chance)
                    .limit("ten pixels above the threshold").todo("give more data, or a larger --chance").build();
        }
        double[] x = points.stream().mapToDouble(p -> p[0]).toArray();
        double[] y = points.stream().mapToDouble(p -> p[1]).toArray();
        double[] error = points.stream().mapToDouble(p -> p[2]).toArray();
        boolean several = x.length > 1;
        double slope = several ? 0 : old.value(old.row(s), SplitThresholdTable.Term.SPTH_LINR);
        LeastSquares.Solution o = LeastSquares.run(m -> residuals(m, x, y, error, slope), several ? 2 : 1)
                .orElseThrow(() -> SxiException.data("the fit does not converge").in(SegmentRow.words(s))
                        .value(x.length + " lines").todo("give more data or other lines").build());
        return new Found(x, y, error, new double[] {y[0] + o.moves()[0],
                slope + (several ? o.moves()[1] * SLOPE_STEP : 0)},
                new double[] {o.errors()[0], several ? o.errors()[1] * SLOPE_STEP : 0}, o.chi2(), o.degrees(), count);
    }

    private static double[] residuals(double[] moves, double[] x, double[] y, double[] error, double slope) {
        double[] out = new double[x.length];
        double b = slope + (moves.length > 1 ? moves[1] * SLOPE_STEP : 0);
        Arrays.setAll(out, i -> (y[0] + moves[0] + b * x[i] - y[i]) / error[i]);
        return out;
    }

    private static void change(EventChunk t, Map<Integer, Found> found) {
        int[] ccd = t.ints("CCD_ID");
        int[] segment = t.ints("SEGMENT");
        int[] node = t.ints("READNODE");
        List<String> names = List.of("SPTH_OFFSET", "SPTH_LINR");
        for (int k = 0; k < names.size(); k++) {
            double[] v = t.doubles(names.get(k));
            for (int r = 0; r < v.length; r++) {
                Found f = found.get(SegmentRow.of(ccd[r], segment[r], node[r]));
                v[r] = f == null ? v[r] : f.values()[k];
            }
            t.put(names.get(k), v);
        }
    }

    private void report(Path file, Map<Integer, Found> found, List<Finding> findings, HistogramBank corners,
            Console console) {
        CalibrationReport page = new CalibrationReport(file).section("Parameters").findings(findings);
        List<PointPlot.Series> noise = new ArrayList<>();
        List<PointPlot.Series> lineSeries = new ArrayList<>();
        double[] x = new double[corners.bins()];
        Arrays.setAll(x, corners::middle);
        found.forEach((s, f) -> {
            double[] sum = new double[corners.bins()];
            for (int h = s; h < corners.size(); h += SegmentRow.COUNT) {
                int[] c = corners.counts(h);
                Arrays.setAll(sum, k -> sum[k] + c[k]);
            }
            noise.add(PointPlot.Series.line(SegmentRow.words(s), x, sum));
            lineSeries.add(new PointPlot.Series(SegmentRow.words(s), f.pulse(), f.threshold(), f.error()));
        });
        page.plot("Corner pixels beside single-pixel events", new PointPlot.Labels("Noise", "Pulse height (chan)",
                "Pixels"), noise);
        page.plot("Threshold reached with chance " + chance, new PointPlot.Labels("Split threshold",
                "Pulse height (chan)", "Threshold (chan)"), lineSeries);
        console.say(found.size() + " segments; report " + page.write());
    }
}
