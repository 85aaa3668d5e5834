// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.Set;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationLine;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.LineOption;
import org.xtendsxi.calib.common.LineReference;
import org.xtendsxi.calib.common.LineWindow;
import org.xtendsxi.calib.common.Peak;
import org.xtendsxi.calib.common.Segments;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.pipeline.pulse.Readout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib cti}: charge-transfer inefficiency. */
@Command(name = "cti", description = "Charge-transfer inefficiency (fast and slow, with the sawtooth of charge "
        + "injection) from lines in single-pixel events. Two or more lines tell the power of pulse height.")
public final class CtiCommand implements SxiCommand {
    private static final int PIXELS = 9;
    private static final int FEWEST_POINTS = 12;
    /** Above this part of its value a scale is not known: its logarithm is fitted, and errors are no longer normal. */
    private static final double LARGEST_SCALE_ERROR = 0.5;

    @Mixin
    CalibrationOptions options;
    @Mixin
    LineOption lines;
    @Option(names = "--rows", defaultValue = "8", paramLabel = "N",
            description = "Rows of a bin along ACTY (default: ${DEFAULT-VALUE}).")
    int rowsPerBin;
    @Option(names = "--peak-counts", defaultValue = "200", paramLabel = "N",
            description = "Events of a peak; bins are joined (default: ${DEFAULT-VALUE}).")
    int peakCounts;
    @Option(names = "--reference-error", defaultValue = "0.25", paramLabel = "CHAN",
            description = "Uncertainty of the pulse height without loss, by the gain in force (default: "
            + "${DEFAULT-VALUE}).")
    double referenceError;
    @Option(names = "--fix", paramLabel = "NAME=VALUE", description = "Holds a parameter, such as PARA_F_INDEX=-0.3.")
    Map<String, Double> fixed = Map.of();
    @Option(names = "--slow-scale", description = "Also fits PARA_S_SCALE, for which many events are needed.")
    boolean slowScale;
    @Option(names = "--per-column", description = "Also finds how each column departs from its segment.")
    boolean perColumn;
    @Option(names = "--column-scatter", defaultValue = "0.1", paramLabel = "X",
            description = "Scatter of columns to expect, relative (default: ${DEFAULT-VALUE}).")
    double scatter;
    @Option(names = "--anomalies",
            description = "Also looks for columns with anomalous rows and lists them in the file.")
    boolean anomalies;
    @Option(names = "--anomaly-chi2", defaultValue = "40", paramLabel = "X",
            description = "By how much chi-squared must fall (default: ${DEFAULT-VALUE}).")
    double anomalyChi2;

    @Override
    public void run(Console console) {
        if (rowsPerBin < 1 || peakCounts < Peak.MIN_COUNTS || referenceError <= 0 || scatter <= 0) {
            throw SxiException.usage("option out of range").value("--rows " + rowsPerBin
                    + ", --peak-counts " + peakCounts + ", --reference-error " + referenceError
                    + ", --column-scatter " + scatter)
                    .limit("rows from 1, counts from " + Peak.MIN_COUNTS + ", others above 0").todo("correct it")
                    .build();
        }
        CalibrationData data = options.data(console);
        CalibrationWriter writer = options.writer(data);
        writer.target(CaldbKind.CTI, data);
        CtiTable old = CtiTable.load(data.source(CaldbKind.CTI), data.choice());
        List<LineWindow> windows = LineWindow.of(lines.all(), new LineReference(data));
        Selection selection = Selection.singles(options.source());
        CtiTally tally = new CtiTally(windows, selection, old.anomalies(), rowsPerBin);
        data.stream(console, tally::accept);
        Map<Integer, SegmentCti> found = new TreeMap<>();
        for (int s : Segments.usable(tally::events, options.minCounts(), console)) {
            found.put(s, segment(data.readout(), old, windows, tally, s, console));
        }
        BeforeAfter spectra = new BeforeAfter(windows, found);
        data.stream(console, c -> columns(c, selection, old, found, spectra));
        Map<Integer, List<CtiRows.Anomaly>> stretches = anomalies ? CtiRows.search(found, old, anomalyChi2) : Map.of();
        List<Finding> findings = new ArrayList<>();
        found.forEach((s, f) -> findings.addAll(f.findings(perColumn ? Optional.of(scatter) : Optional.empty(),
                stretches.getOrDefault(s, List.of()))));
        stretches.forEach((s, all) -> all.forEach(a -> findings.add(a.finding(found.get(s)))));
        Path file = writer.revise(CaldbKind.CTI, data, new CalibrationWriter.Notes("charge-transfer inefficiency from "
                + lines, notes(found), findings), new CalibrationWriter.Changes(
                        new CtiRows(found, perColumn ? scatter : 0, stretches)::change,
                        CtiRows.anomalyTable(stretches), k -> { }));
        Path page = new CtiReport(file, windows, found, findings, stretches, spectra, perColumn ? scatter : 0).write();
        Finding.tellPoor(findings, console);
        console.say(found.size() + " segments, " + findings.size() + " findings; report " + page);
        console.result(file.toString());
    }

    private List<String> notes(Map<Integer, SegmentCti> found) {
        List<String> out = new ArrayList<>();
        out.add("lines " + lines + ", rows per bin " + rowsPerBin + ", reference error " + referenceError
                + " channels");
        fixed.forEach((k, v) -> out.add("held " + k + "=" + v));
        out.add(found.size() + " segments measured; the others are those of the predecessor");
        return out;
    }

    private SegmentCti segment(Readout readout, CtiTable old, List<LineWindow> windows, CtiTally tally, int s,
            Console console) {
        List<CtiFit.Point> all = tally.points(s, peakCounts);
        int[] used = all.stream().mapToInt(CtiFit.Point::line).distinct().sorted().toArray();
        if (used.length == 0) {
            throw SxiException.data("no line in the range of pulse heights").in(SegmentRow.words(s)).value(lines)
                    .limit(windows.stream().map(w -> String.format("%.0f..%.0f", w.near(s) - w.reach(s),
                            w.near(s) + w.reach(s))).toList() + " channels")
                    .todo("check that the source has these lines, or the gain in force").build();
        }
        Segments.missing(s, windows.stream().map(w -> w.line().name()).toList(),
                l -> java.util.Arrays.binarySearch(used, l) >= 0, console);
        List<CtiFit.Point> points = all.stream().map(p -> new CtiFit.Point(java.util.Arrays.binarySearch(used,
                p.line()), p.rows(), p.peak(), p.error())).toList();
        if (points.size() < FEWEST_POINTS) {
            throw SxiException.data("too few peaks along ACTY").in(SegmentRow.words(s)).value(points.size())
                    .limit("at least " + FEWEST_POINTS + " of " + peakCounts + " events")
                    .todo("give more data, or lower --peak-counts").build();
        }
        CtiModel model = new CtiModel(readout, s / 2, old.phRef(), old.phCut(old.row(s)));
        double[] reference = java.util.Arrays.stream(used).mapToDouble(l -> windows.get(l).reference()[s]).toArray();
        double[] error = new double[reference.length];
        java.util.Arrays.fill(error, referenceError);
        CtiFit fit = new CtiFit(model, points, reference, error);
        boolean injection = readout.injection().status() == 1;
        Set<CtiTerm> free = CtiFit.free(used.length, injection);
        if (slowScale && injection) {
            free.add(CtiTerm.S_SCALE);
        }
        double[] start = start(old, old.row(s), free);
        CtiFit.Result r = fit.run(start, free).orElseThrow(() -> SxiException.data("the fit does not converge")
                .in(SegmentRow.words(s)).value(free).limit(points.size() + " peaks of " + used.length + " lines")
                .todo("hold parameters with --fix, or give more data").build());
        for (CtiTerm t : free) {
            double part = r.errors()[t.ordinal()] / r.values()[t.ordinal()];
            if (t.scale() && part > LARGEST_SCALE_ERROR) {
                throw SxiException.data("the data do not tell " + t.column()).in(SegmentRow.words(s))
                        .value(String.format("%.3g ± %.2g", r.values()[t.ordinal()], r.errors()[t.ordinal()]))
                        .limit("an error of " + LARGEST_SCALE_ERROR + " of the value")
                        .todo(t == CtiTerm.S_SCALE ? "leave --slow-scale out, or give more data"
                                : "hold it with --fix " + t.column() + "=ROWS, or give more data").build();
            }
        }
        double[] sigma = java.util.Arrays.stream(used).mapToDouble(l -> tally.whole(l, s).orElseThrow().sigma())
                .toArray();
        return new SegmentCti(s, model, fit, points, r, used, tally.events(s), new CtiColumnTally(model, r, sigma));
    }

    /** Start values; those held with {@code --fix} leave the free ones. */
    private double[] start(CtiTable old, int row, Set<CtiTerm> free) {
        double[] v = new double[CtiTerm.values().length];
        for (CtiTerm t : CtiTerm.values()) {
            String[] name = t.name().split("_");
            CtiTable.Transfer k = CtiTable.Transfer.valueOf(name[0]);
            boolean known = old.value(row, 0, k, CtiTable.ColumnTerm.NORM) > 0;
            v[t.ordinal()] = known ? old.value(row, 0, k, CtiTable.ColumnTerm.valueOf(name[1])) : t.start();
        }
        fixed.forEach((name, value) -> {
            CtiTerm t = java.util.Arrays.stream(CtiTerm.values()).filter(x -> x.column().equals(name)).findFirst()
                    .orElseThrow(() -> SxiException.usage("--fix names no parameter").value(name)
                            .limit(java.util.Arrays.stream(CtiTerm.values()).map(CtiTerm::column).toList())
                            .todo("correct it").build());
            v[t.ordinal()] = value;
            free.remove(t);
        });
        return v;
    }

    private static void columns(EventChunk c, Selection selection, CtiTable old, Map<Integer, SegmentCti> found,
            BeforeAfter spectra) {
        Events e = Events.of(c, selection);
        double[] pulse = c.doubles("PHAS_TRAILCORR");
        for (int i = 0; i < e.use().length; i++) {
            SegmentCti f = e.use()[i] ? found.get(e.segmentRow()[i]) : null;
            boolean known = f != null && old.anomalies().has(e.ccd(i), e.actX()[i])
                    && e.actY()[i] > old.anomalies().min(e.ccd(i), e.actX()[i]);
            if (f != null && !known) {
                f.columns().add(e.rawX()[i], e.actY()[i], pulse[i * PIXELS]);
                spectra.add(f, e.actY()[i], pulse[i * PIXELS]);
            }
        }
    }

    /** Spectra of the line nearest to Mn K alpha before and after the correction, by segment. */
    static final class BeforeAfter {
        private final HistogramBank before;
        private final HistogramBank after;
        private final LineWindow window;
        private final Map<Integer, double[][]> transfers = new TreeMap<>();

        BeforeAfter(List<LineWindow> windows, Map<Integer, SegmentCti> found) {
            window = windows.stream().min(java.util.Comparator.comparingDouble(
                    w -> Math.abs(w.line().energy() - CalibrationLine.MN_KA.energy()))).orElseThrow();
            before = window.bank(SegmentRow.COUNT);
            after = window.bank(SegmentRow.COUNT);
            found.forEach((s, f) -> transfers.put(s, new double[][] {f.model().fast(f.result().values()),
                f.model().slow(f.result().values())}));
        }

        private void add(SegmentCti f, int y, double pulse) {
            if (pulse > 0) {
                double[][] t = transfers.get(f.segmentRow());
                before.add(f.segmentRow(), pulse);
                after.add(f.segmentRow(), pulse
                        * Math.exp(-f.model().logRemaining(f.result().values(), pulse, t[0][y], t[1][y])));
            }
        }

        HistogramBank before() {
            return before;
        }

        HistogramBank after() {
            return after;
        }

        LineWindow window() {
            return window;
        }
    }
}
