// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.plot.PointPlot;
import org.xtendsxi.pipeline.report.HtmlPage;

/**
 * The report page of a calibration file, {@code NAME_report.html} with its plots in {@code NAME_plots} beside the file.
 */
public final class CalibrationReport {
    private final Path file;
    private final String stem;
    private final StringBuilder body = new StringBuilder();
    private int plots;

    /** A page for a calibration file. */
    public CalibrationReport(Path file) {
        this.file = file.toAbsolutePath();
        this.stem = file.getFileName().toString().replaceFirst("\\.fits(\\.gz)?$", "");
    }

    /** Begins a section. */
    public CalibrationReport section(String heading) {
        body.append(body.isEmpty() ? "" : "</section>\n").append("<section><h2>").append(HtmlPage.text(heading))
                .append("</h2>\n");
        return this;
    }

    /** Adds a paragraph of plain text. */
    public CalibrationReport say(String text) {
        body.append("<p>").append(HtmlPage.text(text)).append("</p>\n");
        return this;
    }

    /** Adds a table of plain text. */
    public CalibrationReport table(List<String> heads, List<List<String>> rows) {
        body.append("<table><tr>");
        heads.forEach(h -> body.append("<th>").append(HtmlPage.text(h)));
        for (List<String> r : rows) {
            body.append("</tr>\n<tr>");
            r.forEach(c -> body.append("<td>").append(HtmlPage.text(c)));
        }
        body.append("</tr></table>\n");
        return this;
    }

    /** Adds the findings of whole segments as a table. */
    public CalibrationReport findings(List<Finding> findings) {
        return table(List.of("segment", "parameter", "value", "1 sigma", "unit", "chi2/dof", "events"),
                findings.stream().filter(f -> f.rawX() < 0).map(f -> List.of(
                        SegmentRow.words(f.segmentRow()), f.parameter(),
                        number(f.value()), f.error() == 0 ? "fixed" : number(f.error()), f.unit(),
                        String.format(Locale.ROOT, "%.1f/%d", f.chi2(), f.degrees()),
                        String.format(Locale.ROOT, "%,d", f.counts()))).toList());
    }

    private static String number(double v) {
        return String.format(Locale.ROOT, "%.5g", v);
    }

    /** Adds a plot. */
    public CalibrationReport plot(String caption, PointPlot.Labels labels, List<PointPlot.Series> series) {
        String name = stem + "_plots/" + String.format("%02d.png", ++plots);
        PointPlot.write(file.resolveSibling(name), labels, series);
        body.append(String.format("<figure><img src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>%n", name,
                HtmlPage.text(caption), HtmlPage.text(caption)));
        return this;
    }

    /** Writes the page. */
    public Path write() {
        Path page = file.resolveSibling(stem + "_report.html");
        body.append("<p class=note>Made by ").append(HtmlPage.text(Software.creator())).append(".</p></section>\n");
        HtmlPage.write(page, stem, body.toString());
        return page;
    }
}
