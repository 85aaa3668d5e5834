// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.LineWindow;
import org.xtendsxi.calib.common.Peak;
import org.xtendsxi.calib.common.SpectrumPair;
import org.xtendsxi.pipeline.plot.PointPlot;
import org.xtendsxi.pipeline.plot.PointPlot.Labels;
import org.xtendsxi.pipeline.plot.PointPlot.Series;

/**
 * Report page of a CTI file: peaks against ACTY with the fitted sawtooth, residuals, columns, the line before and
 * after.
 */
final class CtiReport {
    private final CalibrationReport page;
    private final List<LineWindow> windows;
    private final Map<Integer, SegmentCti> found;
    private final List<Finding> findings;
    private final Map<Integer, List<CtiRows.Anomaly>> anomalies;
    private final CtiCommand.BeforeAfter spectra;
    private final double scatter;

    CtiReport(Path file, List<LineWindow> windows, Map<Integer, SegmentCti> found, List<Finding> findings,
            Map<Integer, List<CtiRows.Anomaly>> anomalies, CtiCommand.BeforeAfter spectra, double scatter) {
        this.page = new CalibrationReport(file);
        this.windows = windows;
        this.found = found;
        this.findings = findings;
        this.anomalies = anomalies;
        this.spectra = spectra;
        this.scatter = scatter;
    }

    Path write() {
        page.section("Parameters").findings(findings);
        beforeAndAfter();
        found.values().forEach(this::segment);
        anomalies.forEach((s, all) -> anomalies(s, all));
        return page.write();
    }

    private void beforeAndAfter() {
        HistogramBank b = spectra.before();
        HistogramBank a = spectra.after();
        LineWindow w = spectra.window();
        page.section(w.line().name() + " before and after");
        List<List<String>> rows = new ArrayList<>();
        for (int s : found.keySet()) {
            rows.add(List.of(SegmentRow.words(s), SpectrumPair.words(peak(b, s)), SpectrumPair.words(peak(a, s)),
                    String.format(Locale.ROOT, "%.2f", w.reference()[s])));
        }
        page.table(List.of("segment", "before (chan)", "after (chan)", "reference (chan)"), rows);
        page.plot(w.line().name() + ", single-pixel events of all segments", new Labels(w.line().name(),
                "Pulse height of the centre (chan)", "Events per channel"), SpectrumPair.series(b, a));
    }

    private Optional<Peak> peak(HistogramBank bank, int s) {
        LineWindow w = spectra.window();
        return Peak.fit(bank, bank.counts(s), w.near(s), w.reach(s), w.sigma());
    }

    private void segment(SegmentCti f) {
        page.section(SegmentRow.words(f.segmentRow()));
        for (int l = 0; l < f.lines().length; l++) {
            int line = l;
            String name = windows.get(f.lines()[l]).line().name();
            List<CtiFit.Point> p = f.points().stream().filter(x -> x.line() == line).toList();
            double[] y = p.stream().mapToDouble(CtiFit.Point::meanRow).toArray();
            double[] peak = p.stream().mapToDouble(CtiFit.Point::peak).toArray();
            double[] error = p.stream().mapToDouble(CtiFit.Point::error).toArray();
            double[] residual = p.stream().mapToDouble(x -> (x.peak() - f.fit().expected(f.result(), x)) / x.error())
                    .toArray();
            double[] one = new double[residual.length];
            java.util.Arrays.fill(one, 1);
            page.plot(name + " peak against ACTY", new Labels(name + ", " + SegmentRow.words(f.segmentRow()),
                    "ACTY (pixel)", "Peak (chan)"), List.of(new Series("peaks", y, peak, error), sawtooth(f, line)));
            page.plot(name + " residuals", new Labels("Residuals of " + name + ", "
                    + SegmentRow.words(f.segmentRow()), "ACTY (pixel)", "(peak - fit) / error"),
                    List.of(new Series("residuals", y, residual, one)));
        }
        if (scatter > 0) {
            columns(f);
        }
    }

    private static Series sawtooth(SegmentCti f, int line) {
        double[] fast = f.model().fast(f.result().values());
        double[] slow = f.model().slow(f.result().values());
        double[] y = new double[Sxi.ACT_SIZE];
        double[] v = new double[Sxi.ACT_SIZE];
        for (int i = 0; i < y.length; i++) {
            y[i] = i + 1.0;
            double released = f.result().reference()[line];
            v[i] = released * Math.exp(f.model().logRemaining(f.result().values(), released, fast[i + 1], slow[i + 1]));
        }
        return Series.line("fit", y, v);
    }

    private void columns(SegmentCti f) {
        List<CtiColumnTally.Departure> d = f.columns().departures(scatter);
        double[] x = java.util.stream.IntStream.range(0, d.size()).asDoubleStream().toArray();
        page.plot("Fast loss of each column over that of the segment", new Labels("Columns of "
                + SegmentRow.words(f.segmentRow()), "RAWX (pixel)", "relative departure of the fast loss"),
                List.of(new Series("columns", x, d.stream().mapToDouble(CtiColumnTally.Departure::fast).toArray(),
                        d.stream().mapToDouble(CtiColumnTally.Departure::fastError).toArray())));
    }

    private void anomalies(int s, List<CtiRows.Anomaly> all) {
        page.section("Anomalous rows, " + SegmentRow.words(s)).table(
                List.of("ACTX", "ACTY from", "to", "loss per transfer", "1 sigma", "chi2 falls by"),
                all.stream().map(a -> List.of(Integer.toString(a.actX()), Integer.toString(a.stretch().min()),
                        Integer.toString(a.stretch().max()), String.format(Locale.ROOT, "%.3g", a.norm(found.get(s))),
                        String.format(Locale.ROOT, "%.2g", a.finding(found.get(s)).error()),
                        String.format(Locale.ROOT, "%.0f", a.stretch().gain()))).toList());
    }
}
