// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.measure.BranchingRatios;
import org.xtendsxi.pipeline.measure.EventTally;
import org.xtendsxi.pipeline.measure.LineFit;
import org.xtendsxi.pipeline.products.Products;
import org.xtendsxi.pipeline.region.Plane;

/** What the report says of one data class. */
final class DataSection {
    private static final double MN_KA = 5895;

    private final String stem;
    private final ProductSet set;
    private final EventTally all;
    private final Path out;

    /**
     * What is told of.
     *
     * @param all sums over the unfiltered events
     */
    DataSection(String stem, ProductSet set, EventTally all, Path out) {
        this.stem = stem;
        this.set = set;
        this.all = all;
        this.out = out;
    }

    /**
     * The section as HTML.
     *
     * @param truth verdicts on simulated data, as HTML
     */
    String html(String truth) {
        Products p = set.source();
        Optional<LineFit> line = set.lamp().flatMap(l -> LineFit.of(l.spectrum().counts(), MN_KA));
        StringBuilder b = new StringBuilder();
        b.append(String.format("<section id=\"%s\"><h2>%s <small>%s</small></h2>%n", HtmlPage.text(stem),
                HtmlPage.text(text(p, "OBJECT")), HtmlPage.text(stem)));
        b.append(facts(p, all, line));
        b.append(plots());
        b.append("<div class=blocks>\n");
        b.append(line.map(this::lamp).orElse(Html.block("Calibration source",
                "<p class=note>Too few counts of Mn Kα for a line fit.</p>")));
        b.append(Html.block("Good time", goodTime()));
        b.append(Html.block("Grades of events without a bad flag", grades(all)));
        b.append(Html.block("STATUS flags of all events", flags(all)));
        return b.append("</div>\n").append(truth).append("</section>\n").toString();
    }

    private static String text(Products p, String key) {
        return p.standard().text(key).orElse("").strip();
    }

    private static String facts(Products p, EventTally all, Optional<LineFit> line) {
        List<String[]> facts = new ArrayList<>();
        facts.add(new String[] {"start (UTC)", text(p, "DATE-OBS").replace('T', ' ')});
        facts.add(new String[] {"exposure", String.format(Locale.ROOT, "%,.1f s", p.exposure())});
        facts.add(new String[] {"mode", (text(p, "DETNAM") + " " + text(p, "DATAMODE")).strip()});
        facts.add(new String[] {"pointing", p.standard().real("RA_NOM").isEmpty() ? "unknown"
                : String.format(Locale.ROOT,
                "%.4f° %+.4f°, roll %.1f°", p.standard().needReal("RA_NOM"), p.standard().needReal("DEC_NOM"),
                p.standard().real("PA_NOM").orElse(0))});
        facts.add(new String[] {"events", String.format(Locale.ROOT, "%,d of %,d", p.spectrum().total(),
                all.events())});
        facts.add(new String[] {"count rate", String.format(Locale.ROOT, "%.4f s⁻¹",
                p.spectrum().total() / p.exposure())});
        line.ifPresent(f -> facts.add(new String[] {"FWHM at Mn Kα", String.format(Locale.ROOT, "%.1f ± %.1f eV",
                f.fwhm(), f.fwhmError())}));
        return facts.stream().map(f -> "<div><dt>" + f[0] + "<dd>" + HtmlPage.text(f[1]) + "</div>")
                .collect(Collectors.joining("\n", "<dl class=facts>\n", "</dl>\n"));
    }

    private String plots() {
        String where = set.request().source().shapes().isEmpty() ? "the whole field without the calibration sources"
                : "the source region";
        StringBuilder b = new StringBuilder("<div class=plots>\n");
        if (set.field().isPresent() && set.request().source().plane() == Plane.SKY) {
            figure(b, "_sky.png", "Sky, logarithmic; good events off the calibration sources, and the regions");
        } else {
            figure(b, "_src_img.png", "Sky, logarithmic; good events of " + where);
        }
        figure(b, "_det.png", "Detector, logarithmic; all good events");
        set.request().bands().forEach(e -> figure(b, "_src_" + e.name() + "_img.png",
                "Sky, band " + e.name() + String.format(Locale.ROOT, ": %.2f–%.2f keV",
                e.low() * Sxi.EV_PER_CHANNEL / 1000,
                        (e.high() + 1) * Sxi.EV_PER_CHANNEL / 1000)));
        figure(b, "_src_pha.png", "Spectrum of " + where + "; dashed: where the background has lines");
        figure(b, "_cal_pha.png", "⁵⁵Fe calibration source, good grades");
        figure(b, "_src_lc.png", "Light curve of " + where + "; good time is shaded");
        figure(b, "_bgd_pha.png", "Spectrum of the background region");
        return b.append("</div>\n").toString();
    }

    private void figure(StringBuilder b, String suffix, String caption) {
        String name = "xtend/products/" + stem + suffix;
        if (Files.exists(out.resolve(name))) {
            b.append(String.format("<figure><a href=\"%s\"><img src=\"%s\" alt=\"%s\"></a><figcaption>%s</figcaption>"
                    + "</figure>%n", name, name, HtmlPage.text(caption), HtmlPage.text(caption)));
        }
    }

    private String lamp(LineFit f) {
        String fit = Html.table(List.of("Mn Kα, good grades", "#this run", "expected"), List.of(
                Html.cell("centroid") + Html.number("%.1f ± %.1f eV", f.energy(), f.energyError())
                + Html.cell("5895 eV"),
                Html.cell("FWHM") + Html.number("%.1f ± %.1f eV", f.fwhm(), f.fwhmError())
                        + Html.cell("161–170 eV on the ground, 170–180 eV in orbit"),
                Html.cell("counts within ±1.5 FWHM") + Html.number("%,d", f.counts()) + "<td>"));
        BranchingRatios r = BranchingRatios.of(all.shapes(),
                (int) Math.ceil((f.energy() - 1.5 * f.fwhm()) / Sxi.EV_PER_CHANNEL - 0.5),
                (int) Math.floor((f.energy() + 1.5 * f.fwhm()) / Sxi.EV_PER_CHANNEL - 0.5));
        List<String> heads = new ArrayList<>(List.of("branching ratio, %"));
        IntStream.range(0, 8).forEach(g -> heads.add("#G" + g));
        double[] own = IntStream.range(0, 8).mapToDouble(r::percent).toArray();
        return Html.block("Calibration source", fit + Html.table(heads, List.of(ratios("this run", own),
                ratios("measured on the ground (FM02-06)", BranchingRatios.MEASURED),
                ratios("Monte Carlo, 0.110 pixel, 5.4 channels", BranchingRatios.SIMULATED))));
    }

    private static String ratios(String name, double[] values) {
        return Html.cell(name) + Arrays.stream(values).mapToObj(v -> Html.number("%.2f", v))
                .collect(Collectors.joining());
    }

    /** The good time that was wanted for each reason, and what is left. */
    private String goodTime() {
        Path file = out.resolve("xtend/event_uf/" + stem + "_good.gti");
        List<String> rows = new ArrayList<>();
        if (Files.exists(file)) {
            try (FitsReader f = FitsReader.open(file)) {
                for (Hdu h : f.hdus()) {
                    if (h.kind() == Hdu.Kind.TABLE) {
                        rows.add(Html.cell(h.name()) + Html.number("%,d", h.rows())
                                + Html.number("%,.1f", GtiTable.read(f, h).total()));
                    }
                }
            }
        }
        Products p = set.source();
        rows.add("<th>used" + Html.number("%,d", p.gti().intervals().size()) + Html.number("<b>%,.1f</b>",
                p.exposure()));
        return Html.table(List.of("good time", "#intervals", "#seconds"), rows) + String.format(Locale.ROOT,
                "<p class=note>From first to last %,.1f s; %.1f %% of it is good.</p>%n",
                p.gti().stop() - p.gti().start(),
                100 * p.exposure() / (p.gti().stop() - p.gti().start()));
    }

    private static String grades(EventTally t) {
        long field = Math.max(1, Arrays.stream(t.field()).sum());
        long lamp = Math.max(1, Arrays.stream(t.lamp()).sum());
        List<String> rows = new ArrayList<>();
        for (int g = 0; g < t.field().length; g++) {
            if (g < 8 || t.field()[g] + t.lamp()[g] > 0) {
                rows.add(Html.cell(g + (Grade.in(Grade.GOOD, g) ? " ✓" : "")) + Html.number("%,d", t.field()[g])
                        + Html.number("%.2f", 100.0 * t.field()[g] / field) + Html.number("%,d", t.lamp()[g])
                        + Html.number("%.2f", 100.0 * t.lamp()[g] / lamp));
            }
        }
        return Html.table(List.of("grade (✓ good)", "#field", "#%", "#calibration source", "#%"), rows);
    }

    private static String flags(EventTally t) {
        List<String> rows = new ArrayList<>();
        for (StatusFlag f : StatusFlag.values()) {
            long n = t.flags()[f.number() - 1];
            if (n > 0) {
                rows.add(Html.number("%d", f.number()) + Html.cell(f.meaning()) + Html.number("%,d", n)
                        + Html.number("%.2f", 100.0 * n / Math.max(1, t.events())));
            }
        }
        return rows.isEmpty() ? "<p class=note>No event has a flag.</p>"
                : Html.table(List.of("#flag", "meaning", "#events", "#%"), rows);
    }
}
