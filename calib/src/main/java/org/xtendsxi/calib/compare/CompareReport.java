// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.compare.CompareCommand.LineChange;
import org.xtendsxi.pipeline.plot.PointPlot.Labels;
import org.xtendsxi.pipeline.plot.PointPlot.Series;

/** Report page of a comparison: lines, events, spectra and their difference. */
final class CompareReport {
    private static final int PER_BIN = 10;
    private static final double TOP_EV = 15_000;
    private static final double AROUND_EV = 500;

    private final CalibrationReport page;
    private final Side before;
    private final Side after;

    CompareReport(Path stem, Side before, Side after) {
        this.page = new CalibrationReport(stem);
        this.before = before;
        this.after = after;
    }

    Path write(List<LineChange> lines, Changes c, List<Path> data) {
        page.section("Data").say(data.size() + " event lists, from " + data.getFirst().getFileName() + ", "
                + c.events() + " events.");
        page.section("Lines").table(List.of("line", "segment", "centroid old (eV)", "new", "FWHM old (eV)", "new"),
                lines.stream()
                .map(f -> List.of(f.line().name(), f.words(), LineChange.centre(f.before()),
                LineChange.centre(f.after()),
                        LineChange.width(f.before()), LineChange.width(f.after()))).toList());
        page.section("Events").table(List.of("quantity", "value"), List.of(
                List.of("PI changed", number("%.3f %%", c.piPercent())), List.of("GRADE changed", number("%.3f %%",
                        c.gradePercent())), List.of("mean shift", number("%.3f eV", c.mean())),
                List.of("scatter of the shift", number("%.3f eV", c.scatter())),
                List.of("largest shift", number("%.0f eV", c.largest())), List.of("gained an energy", "" + c.gained()),
                List.of("lost it", "" + c.lost())));
        List<List<String>> grades = new ArrayList<>();
        Side.xray().forEach(g -> grades.add(List.of("" + g, number("%.2f", before.percent(g)), number("%.2f",
                after.percent(g)))));
        page.table(List.of("grade", "old (%)", "new (%)"), grades);
        page.section("Spectra");
        spectrum("All X-ray events", 0, TOP_EV, PER_BIN);
        lines.stream().map(LineChange::line).distinct().forEach(l -> spectrum(l.name(), l.energy() - AROUND_EV,
                l.energy() + AROUND_EV, 1));
        return page.write();
    }

    private static String number(String format, double v) {
        return String.format(Locale.ROOT, format, v);
    }

    private void spectrum(String name, double low, double high, int perBin) {
        int from = (int) (Math.max(0, low) / Sxi.EV_PER_CHANNEL);
        int bins = ((int) Math.min(Sxi.CHANNELS, high / Sxi.EV_PER_CHANNEL) - from) / perBin;
        double[] x = IntStream.range(0, bins).mapToDouble(i -> Sxi.EV_PER_CHANNEL * (from + (i + 0.5) * perBin))
                .toArray();
        double[] a = binned(before.spectrum(-1), from, bins, perBin);
        double[] b = binned(after.spectrum(-1), from, bins, perBin);
        double[] difference = new double[bins];
        Arrays.setAll(difference, i -> b[i] - a[i]);
        String unit = String.format(Locale.ROOT, "Events per %.0f eV", Sxi.EV_PER_CHANNEL * perBin);
        page.plot(name + ", all segments", new Labels(name, "Energy (eV)", unit),
                List.of(Series.line("old", x, a), Series.line("new", x, b)));
        page.plot(name + ", difference", new Labels(name + ": new - old", "Energy (eV)", unit),
                List.of(Series.line("difference", x, difference)));
    }

    private static double[] binned(int[] counts, int from, int bins, int perBin) {
        double[] out = new double[bins];
        for (int i = 0; i < bins; i++) {
            out[i] = Arrays.stream(counts, from + i * perBin, from + (i + 1) * perBin).sum();
        }
        return out;
    }
}
