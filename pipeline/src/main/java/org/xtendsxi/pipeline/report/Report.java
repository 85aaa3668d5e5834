// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.TruthCheck;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.pipeline.measure.EventTally;

/** The page {@code report.html} of a run: plots, numbers beside published ones, calibration used, timings. */
public final class Report {
    private final Path observation;
    /** HTML by data class: products are big, so nothing of them is kept. */
    private final Map<String, String> sections = new LinkedHashMap<>();

    /**
     * Prepares.
     *
     * @param observation observation directory
     */
    public Report(Path observation) {
        this.observation = observation;
    }

    /**
     * Adds the section of a data class.
     *
     * @param stem name
     * @param set its products
     * @param all sums over its unfiltered events
     * @param cleaned cleaned event file
     * @param out output directory, in which the page stands
     */
    public void add(String stem, ProductSet set, EventTally all, Path cleaned, Path out) {
        sections.put(stem, new DataSection(stem, set, all, out).html(truth(cleaned)));
    }

    /**
     * Writes the page under a temporary name and renames it.
     *
     * @param calibration kind, file, extension and query of every calibration file
     * @param passes passes of the run record
     * @param remarks warnings, and parameters that are not the default
     */
    public void write(Path path, List<String[]> calibration, List<Object> passes, List<String> remarks) {
        String name = observation.toAbsolutePath().normalize().getFileName().toString();
        HtmlPage.write(path, "Xtend SXI: " + name, body(calibration, passes, remarks));
    }

    private String body(List<String[]> calibration, List<Object> passes, List<String> remarks) {
        StringBuilder b = new StringBuilder("<nav>");
        sections.keySet().stream().map(HtmlPage::text)
                .forEach(s -> b.append(String.format("<a href=\"#%s\">%s</a> ", s, s)));
        b.append("<a href=\"#calibration\">calibration</a> <a href=\"#run\">run</a></nav>\n");
        if (sections.isEmpty()) {
            b.append("<section><p>No products: nothing was pointed, or the run ended before them.</p></section>\n");
        }
        sections.values().forEach(b::append);
        b.append("<section id=calibration><h2>Calibration used</h2>\n").append(Html.table(
                List.of("kind", "file", "#extension", "query"), calibration.stream().map(c -> Html.cell(c[0])
                        + Html.cell(c[1]) + Html.number("%s", c[2]) + Html.cell(c[3])).toList()))
                        .append("</section>\n");
        b.append("<section id=run><h2>Run</h2>\n");
        if (!remarks.isEmpty()) {
            b.append(remarks.stream().map(r -> "<li>" + HtmlPage.text(r))
                    .collect(Collectors.joining("\n", "<ul class=remarks>\n", "</ul>\n")));
        }
        return b.append(timings(passes)).append("<p class=note>Everything that was done stands in "
                + "<a href=\"log/run.json\">log/run.json</a>; <a href=\"log/caldb.lock\">log/caldb.lock</a> repeats "
                + "the choice of the calibration. Made by ").append(HtmlPage.text(Software.creator()))
                .append(".</p></section>\n").toString();
    }

    /** Stages of a pass with their seconds of work, as rows under it. */
    private static Stream<String> stages(Map<?, ?> pass) {
        return !(pass.get("work") instanceof Map<?, ?> work) ? Stream.empty()
                : work.entrySet().stream().map(e -> Html.cell("· " + e.getKey()) + Html.cell("")
                        + Html.cell("work of all threads") + Html.number("%.2f", e.getValue()) + "<td>");
    }

    /** With a fixed date two runs give the same page, so it says nothing of how this one went. */
    private static String timings(List<Object> passes) {
        double most = passes.stream().mapToDouble(Report::seconds).max().orElse(0);
        return Html.table(RunClock.fixed() ? List.of("pass") : List.of("pass", "status", "why", "#seconds", ""),
                passes.stream().map(p -> (Map<?, ?>) p).flatMap(m -> Stream.concat(Stream.of(Html.cell(m.get("pass"))
                        + (RunClock.fixed() ? "" : Html.cell(m.get("status")) + Html.cell(m.get("reason"))
                                + Html.number("%.2f", seconds(m))
                                + String.format("<td class=bar><i style=\"width:%.0f%%\"></i>",
                                        most > 0 ? 100 * seconds(m) / most : 0))), stages(m))).toList());
    }

    private static double seconds(Object pass) {
        return ((Map<?, ?>) pass).get("seconds") instanceof Number n ? n.doubleValue() : 0;
    }

    private String truth(Path cleaned) {
        StringBuilder b = new StringBuilder();
        for (TruthCheck check : ServiceLoader.load(TruthCheck.class)) {
            if (check.applies(observation)) {
                b.append(Html.block("Truth check (simulated data)", Html.table(
                        List.of("quantity", "found", "expected", "limit", ""),
                        check.check(observation, cleaned).stream().map(v -> Html.cell(v.what())
                        + Html.cell(v.found())
                                + Html.cell(v.expected()) + Html.cell(v.limit()) + String.format("<td class=%s>%s",
                                        v.good() ? "ok" : "bad", v.good() ? "ok" : "out of limit")).toList())));
            }
        }
        return b.toString();
    }
}
