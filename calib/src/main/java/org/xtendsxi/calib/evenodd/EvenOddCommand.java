// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.evenodd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.LineOption;
import org.xtendsxi.calib.common.LineReference;
import org.xtendsxi.calib.common.LineWindow;
import org.xtendsxi.calib.common.Segments;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.pipeline.plot.PointPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib evenodd}: gain of even and odd columns and video temperature. */
@Command(name = "evenodd", description = "Gain of even and odd columns, and its dependence on the video temperature if "
        + "--hk is given, from lines in single-pixel events. Two or more lines tell GAIN_QUAD.")
public final class EvenOddCommand implements SxiCommand {
    private static final int PIXELS = 9;
    private static final int MAX_BINS = 40;
    /** Farthest that a column's gain may be from that of the table in force. */
    private static final double GAIN_RANGE = 0.06;
    private static final double MIDDLE = 0.5;
    /** Place of GAIN_LINR among the parameters. */
    private static final int LINEAR = 2;
    private static final List<String> NAMES = List.of("VT_GAIN_NORM", "GAIN_OFFSET", "GAIN_LINR", "GAIN_QUAD");

    @Mixin
    CalibrationOptions options;
    @Mixin
    LineOption lines;
    @Option(names = "--reference", defaultValue = "gain", description = "gain: pulse heights by the gain in force, for "
            + "data without charge loss; mean: the mean of even and odd columns (default: ${DEFAULT-VALUE}).")
    String reference;
    @Option(names = "--reference-error", defaultValue = "0.25", paramLabel = "CHAN",
            description = "Uncertainty of these pulse heights (default: ${DEFAULT-VALUE}).")
    double referenceError;
    @Option(names = "--offset", description = "Also fits GAIN_OFFSET; needs three lines.")
    boolean offset;
    @Option(names = "--vt-ref", paramLabel = "C", description = "Temperature at which the factor is one, not below any "
            + "of the data if pulse heights rise with temperature (default: as in the file in force).")
    Optional<Double> vtRef = Optional.empty();
    @Option(names = "--vt-bin", defaultValue = "0.5", paramLabel = "C",
            description = "Width of a bin of temperature (default: ${DEFAULT-VALUE}).")
    double vtBin;
    @Option(names = "--vt-spread", defaultValue = "2", paramLabel = "C",
            description = "Without --hk nothing is known of the temperature; with it, a wider range than this is "
            + "fitted, a narrower one taken as one temperature (default: ${DEFAULT-VALUE}).")
    double vtSpread;
    @Option(names = "--peak-counts", defaultValue = "200", paramLabel = "N",
            description = "Events of a peak; bins are joined (default: ${DEFAULT-VALUE}).")
    int peakCounts;

    /** A parity that was fitted, from the lines used, by whose order the points are numbered. */
    private record Found(int adcAve, int parity, EvenOddFit fit, int[] used, List<EvenOddFit.Point> points,
            EvenOddFit.Result result) {
        private boolean has(int line) {
            return Arrays.binarySearch(used, line) >= 0;
        }
    }

    @Override
    public void run(Console console) {
        if (!List.of("gain", "mean").contains(reference) || vtBin <= 0 || referenceError <= 0) {
            throw SxiException.usage("option out of range").value("--reference " + reference + ", --vt-bin " + vtBin
                    + ", --reference-error " + referenceError).limit("gain or mean, above 0").todo("correct it")
                    .build();
        }
        CalibrationData data = options.data(console);
        CalibrationWriter writer = options.writer(data);
        writer.target(CaldbKind.VT_EVEN_ODD, data);
        EvenOddTable old = EvenOddTable.load(data.source(CaldbKind.VT_EVEN_ODD), data.choice());
        VideoSwings hk = VideoSwings.of(data);
        VideoSwings.Range range = hk.range();
        boolean temperatures = IntStream.range(0, Sxi.CCDS).anyMatch(c -> swings(hk, c));
        List<LineWindow> windows = LineWindow.of(lines.all(), new LineReference(data), GAIN_RANGE,
                GAIN_RANGE);
        int bins = temperatures ? (int) Math.clamp(Math.ceil(range.width() / vtBin + MIDDLE), 1, MAX_BINS) : 1;
        double width = temperatures ? Math.max(vtBin, range.width() / MAX_BINS * (1 + 1e-9)) : range.width() + 1;
        EvenOddTally tally = new EvenOddTally(windows, range.low(), width, bins);
        data.stream(console, (file, c) -> take(c, hk, file, tally));
        double vr = vtRef.orElse(old.temperatures().reference());
        Map<Integer, List<Found>> found = new TreeMap<>();
        for (int s : Segments.usable(tally::events, options.minCounts(), console)) {
            List<Found> all = segment(s, old, windows, tally, swings(hk, s >> 2), vr);
            Segments.missing(s, windows.stream().map(w -> w.line().name()).toList(),
                    l -> all.stream().allMatch(f -> f.has(l)), console);
            found.put(s, all);
        }
        check(found, hk, vr);
        List<Finding> findings = new ArrayList<>();
        found.forEach((s, all) -> all.forEach(f -> findings.addAll(findings(s, f))));
        Path file = writer.revise(CaldbKind.VT_EVEN_ODD, data, new CalibrationWriter.Notes(
                "even/odd gain and video temperature from " + lines,
                List.of("lines " + lines + ", reference " + reference,
                        temperatures ? "temperatures " + range.low() + ".." + range.high() + " C" : "one temperature"),
                        findings),
                new CalibrationWriter.Changes(t -> change(t, found, old, vr), t -> { }, k -> {
                    if (temperatures) {
                        k.set("VT_MIN", range.low(), "[deg C] calibrated range").set("VT_MAX", range.high(), "[deg C]")
                                .set("VT_REF", vr, "[deg C] reference");
                    }
                }));
        CalibrationReport page = new CalibrationReport(file).section("Parameters").findings(findings);
        found.forEach((s, all) -> plots(page.section(SegmentRow.words(s)), s, all, windows));
        Finding.tellPoor(findings, console);
        console.say(found.size() + " segments; report " + page.write());
        console.result(file.toString());
    }

    /** Whether the temperature of a CCD changes enough for a fit. */
    private boolean swings(VideoSwings hk, int ccd) {
        return hk.range(ccd).width() > vtSpread;
    }

    private void take(EventChunk c, VideoSwings hk, int file, EvenOddTally tally) {
        Events e = Events.of(c, Selection.singles(options.source()));
        short[] phas = c.shorts("PHAS");
        double[] time = c.doubles("TIME");
        int[] adcAve = c.ints("ADCAVE");
        for (int i = 0; i < e.use().length; i++) {
            if (e.use()[i]) {
                // a raw pulse height is the lower edge of its channel
                tally.add(EvenOddTally.key(e.segmentRow()[i], adcAve[i], e.rawX()[i] & 1),
                        hk.at(file, e.ccd(i), time[i]), phas[i * PIXELS] + MIDDLE);
            }
        }
    }

    private List<Found> segment(int s, EvenOddTable old, List<LineWindow> windows, EvenOddTally tally, boolean vt,
            double vr) {
        List<Found> out = new ArrayList<>();
        for (int adc = -1; adc <= 2; adc++) {
            for (int parity = 0; parity < 2; parity++) {
                List<EvenOddFit.Point> all = tally.points(s, EvenOddTally.key(s, adc, parity), peakCounts);
                int row = old.row(s, adc, parity);
                if (!all.isEmpty() && row >= 0) {
                    double[] mean = tally.meanPeaks(s, EvenOddTally.key(s, adc, 0));
                    out.add(fit(s, adc, parity, all, old, row, windows, mean, vt, vr));
                }
            }
        }
        if (out.isEmpty()) {
            throw SxiException.data("no line in the range of pulse heights").in(SegmentRow.words(s)).value(lines)
                    .limit(windows.stream().map(w -> String.format("%.0f..%.0f", w.near(s) - w.reach(s),
                            w.near(s) + w.reach(s))).toList() + " channels")
                    .todo("check that the source has these lines, or the gain in force").build();
        }
        return out;
    }

    private Found fit(int s, int adc, int parity, List<EvenOddFit.Point> all, EvenOddTable old, int row,
            List<LineWindow> windows, double[] mean, boolean vt, double vr) {
        int[] used = all.stream().mapToInt(EvenOddFit.Point::line).distinct().sorted().toArray();
        List<EvenOddFit.Point> points = all.stream().map(p -> new EvenOddFit.Point(Arrays.binarySearch(used, p.line()),
                p.temperature(), p.peak(), p.error(), p.count())).toList();
        double[] target = Arrays.stream(used)
                .mapToDouble(l -> reference.equals("gain") ? windows.get(l).reference()[s] : mean[l]).toArray();
        // one line of the peak is all that a power of the temperature can be told from
        boolean linear = old.value(row, 1) == 0;
        EvenOddFit.Temperature shape = new EvenOddFit.Temperature(linear ? 1 : old.value(row, 1),
                linear ? old.temperatures().min() : old.value(row, 2), vr, old.temperatures().pulseHeight());
        EvenOddFit fit = new EvenOddFit(points, target, referenceError, shape);
        boolean[] free = {vt, offset && used.length > 2, true, used.length > 1};
        double[] start = {old.value(row, 0), old.value(row, 3), 1, free[3] ? 0 : old.value(row, 5)};
        return new Found(adc, parity, fit, used, points, fit.run(start, free).orElseThrow(() -> SxiException
                .data("the fit does not converge").in(SegmentRow.words(s)).value(points.size() + " peaks, ADCAVE " + adc
                        + ", EVEN_ODD " + parity).todo("give more data or fewer lines").build()));
    }

    /**
     * A factor above one is not applied (energy-chain section 6.4), so the reference must lie above the data; and it
     * must not lie so far from them that the gain there is anybody's guess.
     */
    private void check(Map<Integer, List<Found>> found, VideoSwings hk, double vr) {
        found.forEach((s, all) -> all.stream().filter(f -> swings(hk, s >> 2)).forEach(f -> {
            VideoSwings.Range range = hk.range(s >> 2);
            double[] v = f.result().values();
            double[] error = f.result().errors();
            if (error[LINEAR] > GAIN_RANGE) {
                throw SxiException.data("temperatures are too alike to tell them from the gain")
                        .in(SegmentRow.words(s)).column("GAIN_LINR")
                        .value(String.format("%.3g ± %.2g from %.2f..%.2f C", v[LINEAR], error[LINEAR], range.low(),
                                range.high()))
                        .limit("an uncertainty of " + GAIN_RANGE)
                        .todo("give observations at more temperatures or a nearer --vt-ref, or take these as one "
                                + "temperature with --vt-spread " + Math.ceil(range.width())).build();
            }
            double extreme = v[0] > 0 ? range.high() : range.low();
            if ((v[0] > 0 ? extreme > vr : extreme < vr) && Math.abs(v[0]) > 3 * error[0]) {
                throw SxiException.data("the factor of the temperature would exceed one").in(SegmentRow.words(s))
                        .column("VT_REF").value(vr).limit((v[0] > 0 ? "at least " : "at most ") + extreme + " C")
                        .todo("give --vt-ref beyond the temperatures of the data").build();
            }
        }));
    }

    private static List<Finding> findings(int s, Found f) {
        List<Finding> out = new ArrayList<>();
        long n = f.points().stream().mapToLong(EvenOddFit.Point::count).sum();
        for (int k = 0; k < NAMES.size(); k++) {
            out.add(new Finding(s, -1, NAMES.get(k) + (f.parity() == 0 ? "/E" : "/O")
                    + (f.adcAve() < 0 ? "" : f.adcAve()),
                    k == 0 || k == 1 ? "chan" : "", f.result().values()[k], f.result().errors()[k], f.result().chi2(),
                    f.result().degrees(), n));
        }
        return out;
    }

    private static void change(EventChunk t, Map<Integer, List<Found>> found, EvenOddTable old, double vr) {
        int[] ccd = t.ints("CCD_ID");
        int[] segment = t.ints("SEGMENT");
        int[] node = t.ints("READNODE");
        int[] adc = t.ints("ADCAVE");
        int[] parity = t.ints("EVEN_ODD");
        double[][] v = new double[NAMES.size()][];
        for (int k = 0; k < v.length; k++) {
            v[k] = t.doubles(NAMES.get(k));
        }
        double[] index = t.doubles("VT_GAIN_INDEX");
        for (int r = 0; r < ccd.length; r++) {
            int row = r;
            Optional<Found> f = found.getOrDefault(SegmentRow.of(ccd[r], segment[r], node[r]), List.of()).stream()
                    .filter(x -> x.adcAve() == adc[row] && x.parity() == parity[row]).findFirst();
            if (f.isEmpty() && v[0][r] != 0 && vr != old.temperatures().reference()) {
                throw SxiException.data("a new VT_REF would change rows that were not measured")
                        .in(SegmentRow.words(SegmentRow.of(ccd[r], segment[r], node[r]))).column("VT_REF").value(vr)
                        .limit(old.temperatures().reference()).todo("give data of all segments, or leave --vt-ref out")
                        .build();
            }
            for (int k = 0; k < v.length && f.isPresent(); k++) {
                v[k][r] = f.get().result().values()[k];
            }
            index[r] = f.isPresent() && index[r] == 0 ? 1 : index[r];
        }
        for (int k = 0; k < v.length; k++) {
            t.put(NAMES.get(k), v[k]);
        }
        t.put("VT_GAIN_INDEX", index);
    }

    private static void plots(CalibrationReport page, int s, List<Found> all, List<LineWindow> windows) {
        for (int l = 0; l < windows.size(); l++) {
            List<PointPlot.Series> series = new ArrayList<>();
            List<PointPlot.Series> residuals = new ArrayList<>();
            for (Found f : all) {
                int line = Arrays.binarySearch(f.used(), l);
                List<EvenOddFit.Point> p = f.points().stream().filter(x -> x.line() == line).toList();
                if (p.isEmpty()) {
                    continue;
                }
                String name = (f.parity() == 0 ? "even" : "odd") + " columns, ADCAVE " + f.adcAve();
                double[] x = p.stream().mapToDouble(EvenOddFit.Point::temperature).toArray();
                double[] fit = p.stream().mapToDouble(q -> f.fit().expected(f.result().values(),
                        f.result().target()[line], q.temperature())).toArray();
                double[] peak = p.stream().mapToDouble(EvenOddFit.Point::peak).toArray();
                double[] error = p.stream().mapToDouble(EvenOddFit.Point::error).toArray();
                double[] off = new double[peak.length];
                Arrays.setAll(off, i -> peak[i] - fit[i]);
                series.add(new PointPlot.Series(name, x, peak, error));
                series.add(PointPlot.Series.line(name + ", fit", x, fit));
                residuals.add(new PointPlot.Series(name, x, off, error));
            }
            String name = windows.get(l).line().name();
            if (!series.isEmpty()) {
                page.plot(name + " raw peak against video temperature", new PointPlot.Labels(name + ", "
                        + SegmentRow.words(s), "Video temperature (C)", "Raw peak (chan)"), series);
                page.plot(name + " residuals", new PointPlot.Labels("Residuals of " + name + ", "
                        + SegmentRow.words(s), "Video temperature (C)", "peak - fit (chan)"), residuals);
            }
        }
    }
}
