// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.pipeline.plot.PointPlot.Labels;
import org.xtendsxi.pipeline.plot.PointPlot.Series;

/** Report page of a gain file: lines before and after, the fit of each line, residuals of the lines, drift. */
final class GainReport {
    private final CalibrationReport page;
    private final GainTally tally;
    private final Map<Integer, SegmentGain> found;
    private final List<Finding> findings;
    private final MissionTime epoch;

    GainReport(Path file, GainTally tally, Map<Integer, SegmentGain> found, List<Finding> findings, MissionTime epoch) {
        this.page = new CalibrationReport(file);
        this.tally = tally;
        this.found = found;
        this.findings = findings;
        this.epoch = epoch;
    }

    Path write() {
        page.section("Parameters").findings(findings);
        for (int l = 0; l < tally.lines(); l++) {
            beforeAndAfter(l);
        }
        if (found.values().stream().anyMatch(f -> f.drift().isPresent())) {
            drift();
        }
        found.values().forEach(this::segment);
        return page.write();
    }

    private void beforeAndAfter(int line) {
        String name = tally.line(line).name();
        page.section(name + " before and after").say(String.format(Locale.ROOT,
                "Mean energy of the line: %.2f eV. Widths are "
                + "those of the camera without the natural width.", tally.line(line).energy()));
        List<List<String>> rows = new ArrayList<>();
        found.forEach((s, f) -> f.peaks().get(line).ifPresent(p -> rows.add(List.of(SegmentRow.words(s),
                words(p, f.old()),
                words(p, f.fit().curve())))));
        page.table(List.of("segment", "before", "after"), rows);
        HistogramBank bank = tally.bank(line);
        double[] energy = new double[bank.bins()];
        double[] before = new double[bank.bins()];
        double[] after = new double[bank.bins()];
        SegmentGain first = found.values().iterator().next();
        double low = Sxi.EV_PER_CHANNEL * Math.ceil(first.old().energy(bank.low()) / Sxi.EV_PER_CHANNEL);
        Arrays.setAll(energy, i -> low + (i + 0.5) * Sxi.EV_PER_CHANNEL);
        found.forEach((s, f) -> {
            int[] n = tally.counts(line, s);
            spread(bank, n, f.old(), low, before);
            spread(bank, n, f.fit().curve(), low, after);
        });
        page.plot(name + ", all segments", new Labels(name, "Energy (eV)", "Events per 6 eV"),
                List.of(Series.line("before", energy, before), Series.line("after", energy, after)));
    }

    private static String words(NaturalPeak p, GainCurve c) {
        double scale = c.scale(p.centre());
        return String.format(Locale.ROOT, "%.2f ± %.2f eV, FWHM %.1f ± %.1f eV", c.energy(p.centre()),
                p.centreError() * scale,
                p.fwhm() * scale, p.fwhm() * scale * p.sigmaError() / p.sigma());
    }

    /** Counts of pulse heights spread evenly over the energies of their bins. */
    private static void spread(HistogramBank bank, int[] counts, GainCurve curve, double low, double[] out) {
        for (int i = 0; i < counts.length; i++) {
            double a = (curve.energy(bank.middle(i) - bank.width() / 2) - low) / Sxi.EV_PER_CHANNEL;
            double b = (curve.energy(bank.middle(i) + bank.width() / 2) - low) / Sxi.EV_PER_CHANNEL;
            for (int k = (int) Math.max(0, Math.floor(a)); k < out.length && k < b; k++) {
                out[k] += counts[i] * (Math.min(b, k + 1.0) - Math.max(a, k)) / (b - a);
            }
        }
    }

    private void drift() {
        page.section("Drift");
        List<Series> all = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        found.forEach((s, f) -> f.drift().filter(d -> d.bins().length > 0).ifPresent(d -> {
            double[] mjd = Arrays.stream(d.time()).map(epoch::mjd).toArray();
            all.add(new Series(SegmentRow.words(s), mjd, d.factor(), d.error()));
            d.trend().ifPresent(t -> rows.add(List.of(SegmentRow.words(s),
                    String.format(Locale.ROOT, "%.2e ± %.1e", t.slope(), t.error()),
                    String.format(Locale.ROOT, "%.1f/%d", t.chi2(), t.degrees()),
                    String.format(Locale.ROOT, "%.1f/%d", d.constantChi2(), d.bins().length))));
        }));
        if (!all.isEmpty()) {
            page.plot("Factor beside the gain found for all times", new Labels("Drift of the gain", "MJD (d)",
                    "factor"), all);
        }
        if (!rows.isEmpty()) {
            page.table(List.of("segment", "factor per year", "chi2/dof of the line", "of no drift"), rows);
        }
    }

    private void segment(SegmentGain f) {
        String segment = SegmentRow.words(f.segmentRow());
        page.section(segment);
        for (int l = 0; l < tally.lines(); l++) {
            int line = l;
            Optional<NaturalPeak> peak = f.peaks().get(l);
            peak.ifPresent(p -> shape(tally.line(line).name(), segment, p, tally.bank(line), tally.counts(line,
                    f.segmentRow())));
        }
        if (f.fit().values().length > 1) {
            residuals(f, segment);
        }
    }

    private void shape(String name, String segment, NaturalPeak p, HistogramBank bank, int[] counts) {
        int n = p.model().length;
        double[] x = IntStream.range(0, n).mapToDouble(i -> bank.middle(p.low() + i)).toArray();
        double[] y = IntStream.range(0, n).mapToDouble(i -> counts[p.low() + i]).toArray();
        double[] error = Arrays.stream(p.model()).map(m -> Math.sqrt(Math.max(1, m))).toArray();
        double[] residual = IntStream.range(0, n).mapToDouble(i -> (y[i] - p.model()[i]) / error[i]).toArray();
        double[] one = new double[n];
        Arrays.fill(one, 1);
        page.plot(name + " and its fit", new Labels(name + ", " + segment, "PHA (chan)", "Events per channel"),
                List.of(new Series("events", x, y, error), Series.line("fit", x, p.model())));
        page.plot("Residuals of " + name, new Labels("Residuals of " + name + ", " + segment, "PHA (chan)",
                "(events - fit) / error"), List.of(new Series("residuals", x, residual, one)));
    }

    private void residuals(SegmentGain f, String segment) {
        double[] energy = IntStream.range(0, tally.lines()).mapToDouble(l -> tally.line(l).energy()).toArray();
        double[] off = new double[energy.length];
        double[] error = new double[energy.length];
        for (int l = 0; l < energy.length; l++) {
            int line = l;
            off[l] = f.peaks().get(l).map(p -> f.fit().curve().energy(p.centre()) - energy[line]).orElse(Double.NaN);
            error[l] = f.peaks().get(l).map(p -> p.centreError() * f.fit().curve().scale(p.centre())).orElse(0.0);
        }
        page.plot("Lines against the gain found", new Labels("Lines, " + segment, "Energy (eV)",
                "measured - known (eV)"),
                List.of(new Series("lines", energy, off, error)));
    }
}
