// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.pipeline.plot.PointPlot.Labels;
import org.xtendsxi.pipeline.plot.PointPlot.Series;

/** Report page of the line shape. */
final class ShapeReport {
    private static final double HIGHEST = 15_000;

    private final CalibrationReport page;

    ShapeReport(Path file) {
        this.page = new CalibrationReport(file);
    }

    /** Adds a part of the plane. */
    void add(String name, RegionShape shape) {
        page.section("Parameters, " + name).table(List.of("parameter", "value", "1 sigma", "unit", "chi2/dof"),
                shape.findings().stream().map(f -> List.of(f.parameter(),
                        String.format(Locale.ROOT, "%.5g", f.value()), f.error() == 0 ? "fixed"
                                : String.format(Locale.ROOT, "%.2g", f.error()), f.unit(),
                        f.degrees() == 0 ? "" : String.format(Locale.ROOT, "%.1f/%d", f.chi2(), f.degrees())))
                        .toList());
        double[] e = shape.lines().stream().mapToDouble(f -> f.line().energy()).toArray();
        double[] grid = Arrays.stream(ResponseRows.grid()).filter(x -> x <= HIGHEST).toArray();
        page.section("Width against energy, " + name).plot("FWHM of the main peak, " + name,
                new Labels("FWHM of the main peak, " + name, "Energy (eV)", "FWHM (eV)"), List.of(new Series("lines", e,
                        shape.lines().stream().mapToDouble(ShapeFit::fwhm).toArray(),
                        shape.lines().stream().mapToDouble(ShapeFit::fwhmError).toArray()),
                Series.line("law", grid, Arrays.stream(grid).map(shape.law()::fwhm).toArray())));
        for (ShapeFit f : shape.lines()) {
            line(f.line().name() + ", " + name, f, shape.spectrum());
        }
    }

    private void line(String title, ShapeFit f, PiSpectrum spectrum) {
        int n = f.model().length;
        double[] x = IntStream.range(0, n).mapToDouble(i -> Sxi.energy(f.low() + i)).toArray();
        double[] y = IntStream.range(0, n).mapToDouble(i -> spectrum.counts()[f.low() + i]).toArray();
        double[] error = Arrays.stream(f.model()).map(m -> Math.sqrt(Math.max(1, m))).toArray();
        double[] off = IntStream.range(0, n).mapToDouble(i -> (y[i] - f.model()[i]) / error[i]).toArray();
        double[] one = new double[n];
        Arrays.fill(one, 1);
        page.section(title).plot(title + " and its fit", new Labels(title, "Energy (eV)", "Events per channel"),
                List.of(new Series("events", x, y, error), Series.line("fit", x, f.model())));
        page.plot("Residuals of " + title, new Labels("Residuals of " + title, "Energy (eV)",
                "(events - fit) / error"), List.of(new Series("residuals", x, off, one)));
    }

    /** Writes the page. */
    Path write() {
        return page.write();
    }
}
