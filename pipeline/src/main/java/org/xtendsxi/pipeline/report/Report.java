// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.xtendsxi.caldb.command.TruthCheck;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.pipeline.measure.BranchingRatios;
import org.xtendsxi.pipeline.measure.LineFit;
import org.xtendsxi.pipeline.products.Products;

/** The page {@code report.html} of a run: plots, numbers beside published ones, calibration used, timings. */
public final class Report {
    private static final double MN_KA = 5895;
    private static final double SPLIT = 15;

    private final Path observation;
    private final List<Section> sections;
    private final List<String[]> calibration;
    private final List<Object> passes;

    /**
     * Prepares.
     *
     * @param observation observation directory
     * @param sections one per data class
     * @param calibration kind, file, extension and query of every calibration file
     * @param passes passes of the run record
     */
    public Report(Path observation, List<Section> sections, List<String[]> calibration, List<Object> passes) {
        this.observation = observation;
        this.sections = List.copyOf(sections);
        this.calibration = List.copyOf(calibration);
        this.passes = List.copyOf(passes);
    }

    /**
     * What the page says of one data class.
     *
     * @param stem name
     * @param object target
     * @param start calendar date of the start
     * @param exposure s
     * @param sourceCounts events of the field
     * @param lampCounts events of the calibration source
     * @param line Mn Ka of the calibration source, if it could be fitted
     * @param ratios branching ratios of Mn Ka, if it could be fitted
     * @param images PNG files relative to the page, with captions
     * @param cleaned cleaned event file
     */
    public record Section(String stem, String object, String start, double exposure, long sourceCounts, long lampCounts,
            Optional<LineFit> line, Optional<BranchingRatios> ratios, List<String[]> images, Path cleaned) {
    }

    /** Measures what a section says. */
    public static Section section(String stem, Products source, Products lamp, Path unfiltered, Path cleaned, Path out) {
        Optional<LineFit> line = LineFit.of(lamp.spectrum().counts(), MN_KA);
        Optional<BranchingRatios> ratios = line.map(f -> BranchingRatios.of(unfiltered,
                (int) Math.ceil((f.energy() - 1.5 * f.fwhm()) / Sxi.EV_PER_CHANNEL - 0.5),
                (int) Math.floor((f.energy() + 1.5 * f.fwhm()) / Sxi.EV_PER_CHANNEL - 0.5), SPLIT));
        List<String[]> images = new ArrayList<>();
        image(images, out, stem + "_src_img.png", "Sky, log scale, calibration sources left out");
        image(images, out, stem + "_src_pha.png", "Spectrum of the field, counts");
        image(images, out, stem + "_cal_pha.png", "55Fe calibration source, good grades");
        image(images, out, stem + "_src_lc.png", "Light curve; good time is shaded");
        image(images, out, stem + "_src_det_img.png", "Detector, log scale");
        return new Section(stem, source.standard().text("OBJECT").orElse(""),
                source.standard().text("DATE-OBS").orElse(""), source.exposure(), source.spectrum().total(),
                lamp.spectrum().total(), line, ratios, images, cleaned);
    }

    private static void image(List<String[]> images, Path out, String name, String caption) {
        if (Files.exists(out.resolve("xtend/products").resolve(name))) {
            images.add(new String[] {"xtend/products/" + name, caption});
        }
    }

    /** Writes the page under a temporary name and renames it. */
    public void write(Path path) {
        HtmlPage.write(path, "Xtend SXI: " + observation.getFileName(), body());
    }

    private String body() {
        StringBuilder b = new StringBuilder();
        for (Section s : sections) {
            b.append("<section><h2>").append(text(s.object())).append(" <small>").append(text(s.stem()))
                    .append("</small></h2>\n");
            b.append(String.format("<p class=facts><b>%s</b> start (UTC) <b>%.1f s</b> exposure <b>%,d</b> events of the "
                    + "field <b>%,d</b> of the calibration source</p>%n", text(s.start()), s.exposure(), s.sourceCounts(),
                    s.lampCounts()));
            check(b, s);
            b.append("<div class=plots>\n");
            for (String[] i : s.images()) {
                b.append(String.format("<figure><img src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>%n", i[0],
                        text(i[1]), text(i[1])));
            }
            b.append("</div>\n");
            truth(b, s);
            b.append("</section>\n");
        }
        b.append("<section><h2>Calibration used</h2><table><tr><th>kind<th>file<th>extension<th>query</tr>\n");
        for (String[] c : calibration) {
            b.append("<tr><td>").append(text(c[0])).append("<td>").append(text(c[1])).append("<td>").append(c[2])
                    .append("<td>").append(text(c[3])).append("</tr>\n");
        }
        b.append("</table></section>\n<section><h2>Passes</h2><table><tr><th>pass<th>status<th>why<th>seconds</tr>\n");
        for (Object p : passes) {
            Map<?, ?> m = (Map<?, ?>) p;
            // With a fixed date two runs give the same page, so it says nothing of how this one went.
            b.append("<tr><td>").append(text(m.get("pass")));
            if (!RunClock.fixed()) {
                b.append("<td>").append(text(m.get("status"))).append("<td>").append(text(m.get("reason"))).append("<td>")
                        .append(m.containsKey("seconds") ? m.get("seconds") : "");
            }
            b.append("</tr>\n");
        }
        return b.append("</table><p class=note>Everything that was done stands in <code>log/run.json</code>; the spectra "
                + "can be fitted once response files exist. Made by ").append(text(Software.creator()))
                .append(".</p></section>\n").toString();
    }

    private static void check(StringBuilder b, Section s) {
        if (s.line().isEmpty()) {
            b.append("<p class=note>The calibration source has too few counts for a line fit.</p>\n");
            return;
        }
        LineFit f = s.line().get();
        b.append("<table><tr><th>Mn Kα, good grades<th>this run<th>published or expected</tr>\n");
        b.append(String.format("<tr><td>centroid<td>%.1f ± %.1f eV<td>5,895 eV</tr>%n", f.energy(), f.energyError()));
        b.append(String.format("<tr><td>FWHM<td>%.1f ± %.1f eV<td>161–170 eV on the ground, 170–180 eV in orbit</tr>%n",
                f.fwhm(), f.fwhmError()));
        b.append(String.format("<tr><td>counts within ±1.5 FWHM<td>%,d<td></tr></table>%n", f.counts()));
        BranchingRatios r = s.ratios().orElseThrow();
        b.append("<table><tr><th>branching ratio (%)");
        for (int g = 0; g < 8; g++) {
            b.append("<th>G").append(g);
        }
        b.append("</tr><tr><td>this run");
        for (int g = 0; g < 8; g++) {
            b.append(String.format("<td>%.2f", r.percent(g)));
        }
        row(b, "measured, ground (FM02-06)", BranchingRatios.MEASURED);
        row(b, "Monte Carlo, 0.110 pixel, 5.4 channels", BranchingRatios.SIMULATED);
        b.append("</tr></table>\n");
    }

    private static void row(StringBuilder b, String name, double[] values) {
        b.append("</tr><tr><td>").append(name);
        for (double v : values) {
            b.append(String.format("<td>%.2f", v));
        }
    }

    private void truth(StringBuilder b, Section s) {
        for (TruthCheck check : ServiceLoader.load(TruthCheck.class)) {
            if (check.applies(observation)) {
                b.append("<h3>Truth check (simulated data)</h3><table><tr><th>quantity<th>found<th>expected<th>limit<th></tr>\n");
                for (TruthCheck.Verdict v : check.check(observation, s.cleaned())) {
                    b.append(String.format("<tr><td>%s<td>%s<td>%s<td>%s<td class=%s>%s</tr>%n", text(v.what()),
                            text(v.found()), text(v.expected()), text(v.limit()), v.good() ? "ok" : "bad",
                            v.good() ? "ok" : "out of limit"));
                }
                b.append("</table>\n");
            }
        }
    }

    private static String text(Object raw) {
        return HtmlPage.text(raw);
    }
}
