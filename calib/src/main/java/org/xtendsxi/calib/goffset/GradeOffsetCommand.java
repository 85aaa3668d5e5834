// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.goffset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.CtiTable.GroupTerm;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.LineOption;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.goffset.OffsetTally.Point;
import org.xtendsxi.pipeline.plot.PointPlot.Labels;
import org.xtendsxi.pipeline.plot.PointPlot.Series;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib goffset}: grade offsets of the CTI file. */
@Command(name = "goffset", description = "Grade offsets: what brings a line of each grade group to its place. A "
        + "polynomial of the pulse height is added to the offsets in force.")
public final class GradeOffsetCommand implements SxiCommand {
    private static final int MAX_DEGREE = 3;
    private static final int CURVE = 100;
    private static final List<String> GROUP_NAMES = List.of("grade 0", "grade 2", "grades 3, 4", "grade 6");

    @Mixin
    CalibrationOptions options;
    @Mixin
    LineOption lines;
    @Option(names = "--degree", paramLabel = "N",
            description = "Degree of the polynomial (default: two below the number of lines that are found, 0..3).")
    Optional<Integer> degree = Optional.empty();
    @Option(names = "--break", paramLabel = "CHAN", description = "Below this pulse height a quadratic, above it a "
            + "straight line, in place of the offsets in force; the team of Xtend takes 306.5. A line must lie below "
            + "and two above.")
    Optional<Double> joint = Optional.empty();
    @Option(names = "--reference", defaultValue = "gain", description = "Place of a line: gain, by the gain in force; "
            + "sum, where the sum of all nine pixels has it over the X-ray grades (default: ${DEFAULT-VALUE}).")
    String reference;
    @Option(names = "--per-segment", description = "Fits each segment by itself.")
    boolean perSegment;
    @Option(names = "--systematic", defaultValue = "0.1", paramLabel = "CHAN",
            description = "Uncertainty of each line beside its statistical error (default: ${DEFAULT-VALUE}).")
    double systematic;

    /** A grade group that was fitted; two pieces replace the offset in force, a polynomial is added to it. */
    private record Found(int group, List<Point> points, DoubleUnaryOperator inForce, OffsetFit fit) {
        private double at(double pha) {
            return fit.at(pha) + (fit.joint().isPresent() ? 0 : inForce.applyAsDouble(pha));
        }
    }

    @Override
    public void run(Console console) {
        List<NaturalLine> wanted = lines.natural();
        if (!List.of("gain", "sum").contains(reference) || systematic < 0 || degree.orElse(0) < 0
                || degree.orElse(0) > MAX_DEGREE || joint.orElse(1.0) <= 0 || joint.isPresent() && degree.isPresent()) {
            throw SxiException.usage("option out of range").value("--reference " + reference + ", --systematic "
                    + systematic + ", --degree " + degree.orElse(0) + (joint.isPresent() ? ", --break "
                    + joint.get() : "")).limit("gain or sum, not below 0, 0..3, above 0 and without --degree")
                    .todo("correct it").build();
        }
        CalibrationData data = options.data(console);
        CalibrationWriter writer = options.writer(data);
        writer.target(CaldbKind.CTI, data);
        CtiTable old = CtiTable.load(data.source(CaldbKind.CTI), data.choice());
        OffsetTally tally = new OffsetTally(GainTable.load(data.source(CaldbKind.GAIN), data.choice()), wanted,
                options.source(), perSegment);
        data.with("usegoffset", "no").stream(console, tally::accept);
        Map<Integer, List<Found>> found = new LinkedHashMap<>();
        for (int unit = 0; unit < (perSegment ? SegmentRow.COUNT : 1); unit++) {
            List<Found> all = unit(tally, old, unit, console);
            if (!all.isEmpty()) {
                found.put(unit, all);
            }
        }
        if (found.isEmpty()) {
            throw SxiException.data("no grade group has a line with enough events").in(data.files().getFirst())
                    .value(data.rows()
                    + " events").limit("at least " + options.minCounts() + " in a grade group, and a line of " + lines)
                    .todo("give more data, check --lines and the gain in force, or lower --min-counts"
                            + (joint.isPresent() ? "; a line must lie below --break and two above" : "")).build();
        }
        checkJoint(old, found);
        List<Finding> findings = new ArrayList<>();
        found.forEach((unit, all) -> all.forEach(f -> findings.addAll(findings(perSegment ? unit : -1, f))));
        Path file = writer.revise(CaldbKind.CTI, data, new CalibrationWriter.Notes("grade offsets from " + lines,
                List.of("lines " + lines + ", place by " + reference + (perSegment ? ", each segment by itself"
                        : ", all segments together")), findings), t -> change(t, found));
        Finding.tellPoor(findings, console);
        console.say(found.size() + (perSegment ? " segments" : " set of offsets") + "; report " + report(file, found,
                tally));
        console.result(file.toString());
    }

    private List<Found> unit(OffsetTally tally, CtiTable old, int unit, Console console) {
        List<Found> all = new ArrayList<>();
        int row = perSegment ? old.row(unit) : 0;
        for (int g = 0; g < OffsetTally.GROUPS && row >= 0; g++) {
            long n = tally.events(unit, g);
            List<Point> points = new ArrayList<>();
            for (int l = 0; l < tally.lines().size(); l++) {
                tally.point(l, unit, g, reference.equals("sum")).ifPresent(points::add);
            }
            int d = degree.orElse(Math.clamp(points.size() - 2, 0, MAX_DEGREE));
            long below = OffsetFit.below(points, joint.orElse(0.0));
            boolean few = joint.isPresent() ? below < 1 || points.size() - below < 2 : points.size() <= d;
            if (n < options.minCounts() || few) {
                if (n > 0) {
                    console.warn(words(unit) + ", " + GROUP_NAMES.get(g) + ": offsets in force are kept, " + n
                            + " events, " + points.size() + " lines"
                            + (joint.isPresent() ? ", " + below + " of them below --break" : ""));
                }
                continue;
            }
            int group = g;
            DoubleUnaryOperator inForce = p -> offset(old, row, group, p);
            all.add(new Found(g, points, inForce, (joint.isPresent()
                    ? OffsetFit.joined(points, joint.get(), systematic)
                    : OffsetFit.polynomial(points, inForce, d, systematic)).orElseThrow(() ->
                    SxiException.data("the fit does not converge").in(words(unit)).value(points.size() + " lines")
                            .todo("lower --degree, or give lines farther apart").build())));
        }
        return all;
    }

    private String words(int unit) {
        return perSegment ? SegmentRow.words(unit) : "all segments";
    }

    /** Offset in force (energy-chain section 7.2.1). */
    private static double offset(CtiTable t, int row, int group, double p) {
        if (p > t.offsetHigh(row)) {
            return t.value(row, group, GroupTerm.GOFFSET_AH0);
        }
        int first = (p <= t.offsetLow(row) ? GroupTerm.GOFFSET_AL0 : GroupTerm.GOFFSET_AM0).ordinal();
        double v = 0;
        for (int k = MAX_DEGREE; k >= 0; k--) {
            v = v * p + t.value(row, group, GroupTerm.values()[first + k]);
        }
        return v;
    }

    private static List<Finding> findings(int segment, Found f) {
        List<Finding> out = new ArrayList<>();
        long n = f.points().stream().mapToLong(Point::counts).sum();
        for (OffsetFit.Parameter p : f.fit().parameters()) {
            out.add(new Finding(Math.max(0, segment), -1, "GOFFSET_" + p.name() + "/G" + f.group(),
                    p.power() == 0 ? "chan" : "chan**" + (1 - p.power()), p.value(), p.error(), f.fit().chi2(),
                    f.fit().degrees(), n));
        }
        return out;
    }

    private void change(EventChunk t, Map<Integer, List<Found>> found) {
        int[] ccd = t.ints("CCD_ID");
        int[] segment = t.ints("SEGMENT");
        int[] node = t.ints("READNODE");
        double[] high = t.doubles("GOFFSET_EBH");
        double[] border = t.doubles("GOFFSET_EBL");
        for (GroupTerm term : GroupTerm.values()) {
            if (term == GroupTerm.GFACTOR) {
                continue;
            }
            double[] v = t.doubles(term.name());
            for (int r = 0; r < ccd.length; r++) {
                int unit = perSegment ? SegmentRow.of(ccd[r], segment[r], node[r]) : 0;
                for (Found f : found.getOrDefault(unit, List.of())) {
                    int power = term.name().charAt(term.name().length() - 1) - '0';
                    int at = r * OffsetTally.GROUPS + f.group();
                    v[at] = (joint.isPresent() ? 0 : v[at]) + switch (term) {
                        case GOFFSET_AH0 -> f.fit().at(high[r]);
                        case GOFFSET_AL0, GOFFSET_AL1, GOFFSET_AL2, GOFFSET_AL3 -> f.fit().low()[power];
                        default -> f.fit().middle()[power];
                    };
                    border[r] = joint.orElse(border[r]);
                }
            }
            t.put(term.name(), v);
        }
        t.put("GOFFSET_EBL", border);
    }

    /** Groups that keep offsets in force which change at another pulse height cannot have those that change here. */
    private void checkJoint(CtiTable old, Map<Integer, List<Found>> found) {
        for (int s = 0; joint.isPresent() && s < SegmentRow.COUNT; s++) {
            int row = old.row(s);
            List<Found> fitted = found.getOrDefault(perSegment ? s : 0, List.of());
            for (int g = 0; g < OffsetTally.GROUPS && row >= 0 && !fitted.isEmpty(); g++) {
                int group = g;
                boolean same = IntStream.rangeClosed(0, MAX_DEGREE).allMatch(k ->
                        old.value(row, group, GroupTerm.values()[GroupTerm.GOFFSET_AL0.ordinal() + k])
                        == old.value(row, group, GroupTerm.values()[GroupTerm.GOFFSET_AM0.ordinal() + k]));
                boolean kept = fitted.stream().noneMatch(f -> f.group() == group);
                if (kept && !same && old.offsetLow(row) != joint.get()) {
                    throw SxiException.data("a grade group without lines keeps offsets that change elsewhere")
                            .in(words(perSegment ? s : 0) + ", " + GROUP_NAMES.get(g)).column("GOFFSET_EBL")
                            .value(old.offsetLow(row)).limit("--break " + joint.get())
                            .todo("give --break " + old.offsetLow(row) + ", or more data").build();
                }
            }
        }
    }

    private Path report(Path file, Map<Integer, List<Found>> found, OffsetTally tally) {
        CalibrationReport page = new CalibrationReport(file);
        found.forEach((unit, all) -> {
            page.section(words(unit));
            List<List<String>> rows = new ArrayList<>();
            List<Series> offsets = new ArrayList<>();
            List<Series> rest = new ArrayList<>();
            for (Found f : all) {
                double[] x = f.points().stream().mapToDouble(Point::pha).toArray();
                double[] y = f.points().stream().mapToDouble(Point::offset).toArray();
                double[] e = f.points().stream().mapToDouble(Point::error).toArray();
                double[] left = new double[x.length];
                Arrays.setAll(left, i -> y[i] - f.at(x[i]));
                double[] grid = new double[CURVE];
                double low = Arrays.stream(x).min().orElseThrow();
                double step = (Arrays.stream(x).max().orElseThrow() - low) / (CURVE - 1);
                Arrays.setAll(grid, i -> low + i * step);
                String name = GROUP_NAMES.get(f.group());
                offsets.add(new Series(name, x, y, e));
                offsets.add(Series.line(name + ", fit", grid, Arrays.stream(grid).map(f::at).toArray()));
                rest.add(new Series(name, x, left, e));
                for (int i = 0; i < x.length; i++) {
                    double ev = f.points().get(i).perChannel();
                    rows.add(List.of(name, number("%.1f", x[i]), number("%.2f", y[i]), number("%.2f", e[i]),
                            number("%.2f", (f.inForce().applyAsDouble(x[i]) - y[i]) * ev),
                            number("%.2f", -left[i] * ev), number("%,.0f", (double) f.points().get(i).counts())));
                }
            }
            page.table(List.of("group", "PHA (chan)", "offset needed (chan)", "1 sigma", "before: off by (eV)",
                    "after: off by (eV)", "events"), rows);
            page.plot("Offsets", new Labels("Grade offsets, " + words(unit), "PHA without offset (chan)",
                    "Offset (chan)"), offsets);
            page.plot("Residuals", new Labels("Residuals of the offsets", "PHA without offset (chan)",
                    "needed - fit (chan)"), rest);
        });
        page.section("Lines").table(List.of("line", "mean energy (eV)"), tally.lines().stream()
                .map(l -> List.of(l.name(), number("%.2f", l.energy()))).toList());
        return page.write();
    }

    private static String number(String format, double v) {
        return String.format(Locale.ROOT, format, v);
    }
}
