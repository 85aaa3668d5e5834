// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.trail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.ChargeTrailTable.Term;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.LineOption;
import org.xtendsxi.calib.common.LinePeaks;
import org.xtendsxi.calib.common.LineReference;
import org.xtendsxi.calib.common.LineWindow;
import org.xtendsxi.calib.common.Segments;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.pipeline.plot.PointPlot;
import org.xtendsxi.pipeline.pulse.Readout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib trail}: charge trail. */
@Command(name = "trail", description = "Charge trail along rows and columns from the asymmetry of events of lines. Two "
        + "or more lines tell the power of pulse height.")
public final class TrailCommand implements SxiCommand {
    private static final int PIXELS = 9;
    private static final int ANY_GRADE = 0xfff;
    private static final int FEWEST_IN_BIN = 30;
    private static final double NORM_START = 1e-5;
    private static final double INDEX_START = -0.3;

    @Mixin
    CalibrationOptions options;
    @Mixin
    LineOption lines;
    @Option(names = "--index", arity = "2", paramLabel = "H V", hideParamSyntax = true,
            description = "Holds the powers of pulse height.")
    double[] index = {};
    @Option(names = "--bin", defaultValue = "16", paramLabel = "N",
            description = "Pixels of a bin of transfers, a divisor of 320; bins of fewer than 30 events are left out "
            + "(default: ${DEFAULT-VALUE}).")
    int bin;
    @Option(names = "--echo", description = "Also fits ESLOPE and EOFFSET.")
    boolean echo;

    /** A direction of transfer: its names in the table and its neighbours of the centre. */
    private enum Direction {
        /** Along the serial register. */
        H(4, 5),
        /** Along the columns. */
        V(2, 7);

        private final int before;
        private final int after;

        Direction(int before, int after) {
            this.before = before;
            this.after = after;
        }

        private Term term(String what) {
            return Term.valueOf(what + "_" + this);
        }

        private double transfers(Readout r, int s, int rawX, int actY, double offset) {
            return this == H ? rawX + 1 + r.underclock()[s / 2] + offset : actY + r.imageRows()[s / 2] + offset;
        }

        private int bin(int rawX, int actY, int width) {
            return this == H ? rawX / width : (actY - 1) / width;
        }

        private int bins(int width) {
            return this == H ? Sxi.RAW_COLUMNS / width : Sxi.ACT_SIZE / width;
        }
    }

    /** Fit of a direction of a segment. */
    private record Found(TrailFit fit, List<TrailFit.Point> points, TrailFit.Result result) {
    }

    @Override
    public void run(Console console) {
        if (bin < 1 || Sxi.RAW_COLUMNS % bin != 0) {
            throw SxiException.usage("option out of range").value("--bin " + bin)
                    .limit("a divisor of " + Sxi.RAW_COLUMNS)
                    .todo("correct it").build();
        }
        CalibrationData data = options.data(console);
        CalibrationWriter writer = options.writer(data);
        writer.target(CaldbKind.CHARGE_TRAIL, data);
        ChargeTrailTable old = ChargeTrailTable.load(data.source(CaldbKind.CHARGE_TRAIL), data.choice());
        List<LineWindow> windows = LineWindow.of(lines.all(), new LineReference(data));
        LinePeaks first = new LinePeaks(windows, Selection.singles(options.source()), "PHAS_EVENODD");
        data.stream(console, first::accept);
        List<Integer> segments = Segments.usable(first::events, options.minCounts(), console);
        double[][] peaks = first.centroids(segments, lines.toString(), console);
        Map<Direction, TrailTally> tallies = new EnumMap<>(Direction.class);
        double[] sigma = windows.stream().mapToDouble(LineWindow::sigma).toArray();
        Arrays.stream(Direction.values()).forEach(d -> tallies.put(d, new TrailTally(peaks, sigma, d.bins(bin))));
        data.stream(console, c -> take(c, data.readout(), old, tallies));
        Map<Integer, Map<Direction, Found>> found = new TreeMap<>();
        for (int s : segments) {
            Map<Direction, Found> both = new EnumMap<>(Direction.class);
            for (Direction d : Direction.values()) {
                both.put(d, fit(d, s, old, tallies.get(d), windows.size() > 1));
            }
            found.put(s, both);
        }
        List<Finding> findings = new ArrayList<>();
        found.forEach((s, both) -> both.forEach((d, f) -> findings.addAll(findings(s, d, f))));
        Path file = writer.revise(CaldbKind.CHARGE_TRAIL, data,
                new CalibrationWriter.Notes("charge trail from " + lines,
                List.of("lines " + lines + (echo ? ", with echo" : ""),
                found.size() + " segments measured; the others are "
                        + "those of the predecessor"), findings), t -> change(t, found));
        CalibrationReport page = new CalibrationReport(file).section("Parameters").findings(findings);
        found.forEach((s, both) -> {
            page.section(SegmentRow.words(s));
            both.forEach((d, f) -> plot(page, s, d, f));
        });
        Finding.tellPoor(findings, console);
        console.say(found.size() + " segments; report " + page.write());
        console.result(file.toString());
    }

    private void take(EventChunk c, Readout readout, ChargeTrailTable old, Map<Direction, TrailTally> tallies) {
        Events e = Events.of(c, new Selection(ANY_GRADE, options.source()));
        double[] pulse = c.doubles("PHAS_EVENODD");
        for (int i = 0; i < e.use().length; i++) {
            // at the border of the segments the neighbours belong to different nodes
            boolean border = e.actX()[i] == Sxi.RAW_COLUMNS || e.actX()[i] == Sxi.RAW_COLUMNS + 1;
            if (!e.use()[i] || border) {
                continue;
            }
            int s = e.segmentRow()[i];
            for (Direction d : Direction.values()) {
                double offset = old.value(old.row(s), d.term("OFFSET"));
                tallies.get(d).add(s, d.bin(e.rawX()[i], e.actY()[i], bin),
                        d.transfers(readout, s, e.rawX()[i], e.actY()[i], offset), pulse[i * PIXELS],
                        pulse[i * PIXELS + d.after] - pulse[i * PIXELS + d.before]);
            }
        }
    }

    private Found fit(Direction d, int s, ChargeTrailTable old, TrailTally tally, boolean several) {
        int row = old.row(s);
        List<TrailFit.Point> points = tally.points(s, FEWEST_IN_BIN);
        boolean known = old.value(row, d.term("NORM")) != 0;
        double power = index.length > 0 ? index[d.ordinal()] : known ? old.value(row, d.term("INDEX")) : INDEX_START;
        double[] start = {known ? old.value(row, d.term("NORM")) : NORM_START, power,
            d == Direction.H ? old.value(row, Term.ESLOPE) : 0, d == Direction.H ? old.value(row, Term.EOFFSET) : 0};
        boolean shift = echo && d == Direction.H;
        boolean[] free = {true, several && index.length == 0, shift && several, shift};
        if (points.size() < FEWEST_IN_BIN / 3) {
            throw SxiException.data("too few bins with events").in(SegmentRow.words(s)).value(points.size())
                    .limit("at least " + FEWEST_IN_BIN / 3 + " of " + FEWEST_IN_BIN + " events")
                    .todo("give more data, or a larger --bin")
                    .build();
        }
        TrailFit fit = new TrailFit(points, old.phRef(), old.value(row, Term.PH_CUT));
        return new Found(fit, points, fit.run(start, free).orElseThrow(() ->
                SxiException.data("the fit does not converge")
                .in(SegmentRow.words(s)).column(d.term("NORM").name()).value(points.size() + " bins")
                .todo("hold the powers with --index, or give more data").build()));
    }

    private static List<Finding> findings(int s, Direction d, Found f) {
        TrailFit.Result r = f.result();
        long n = f.points().stream().mapToLong(TrailFit.Point::count).sum();
        List<Finding> out = new ArrayList<>(List.of(
                new Finding(s, -1, "NORM_" + d, "", r.values()[0], r.errors()[0], r.chi2(), r.degrees(), n),
                new Finding(s, -1, "INDEX_" + d, "", r.values()[1], r.errors()[1], r.chi2(), r.degrees(), n)));
        if (d == Direction.H) {
            out.add(new Finding(s, -1, "ESLOPE", "", r.values()[2], r.errors()[2], r.chi2(), r.degrees(), n));
            out.add(new Finding(s, -1, "EOFFSET", "chan", r.values()[3], r.errors()[3], r.chi2(), r.degrees(), n));
        }
        return out;
    }

    private static void change(EventChunk t, Map<Integer, Map<Direction, Found>> found) {
        int[] ccd = t.ints("CCD_ID");
        int[] segment = t.ints("SEGMENT");
        int[] node = t.ints("READNODE");
        for (Direction d : Direction.values()) {
            List<String> names = d == Direction.H ? List.of("NORM_H", "INDEX_H", "ESLOPE", "EOFFSET")
                    : List.of("NORM_V", "INDEX_V");
            for (int k = 0; k < names.size(); k++) {
                double[] v = t.doubles(names.get(k));
                for (int r = 0; r < v.length; r++) {
                    Map<Direction, Found> f = found.get(SegmentRow.of(ccd[r], segment[r], node[r]));
                    v[r] = f == null ? v[r] : f.get(d).result().values()[k];
                }
                t.put(names.get(k), v);
            }
        }
    }

    /** All lines together, each over the power of its pulse height that was found: what is left is a straight line. */
    private void plot(CalibrationReport page, int s, Direction d, Found f) {
        double[] v = f.result().values();
        Map<Integer, List<TrailFit.Point>> bins = new TreeMap<>();
        f.points().forEach(p -> bins.computeIfAbsent((int) (p.transfers() / bin), b -> new ArrayList<>()).add(p));
        double[][] x = new double[5][bins.size()];
        int i = 0;
        for (List<TrailFit.Point> all : bins.values()) {
            double[] sums = new double[5];
            for (TrailFit.Point p : all) {
                double unit = f.fit().unit(v, p);
                double weight = unit * unit / (p.error() * p.error());
                double fit = f.fit().expected(v, p);
                double[] add = {p.transfers(), p.excess() / unit, fit / unit, 1, (p.excess() - fit) / unit};
                for (int k = 0; k < sums.length; k++) {
                    sums[k] += weight * add[k];
                }
            }
            double error = 1 / Math.sqrt(sums[3]);
            for (int k = 0; k < sums.length; k++) {
                x[k][i] = sums[k] / sums[3];
            }
            x[3][i] = error;
            x[4][i++] /= error;
        }
        double[] one = new double[i];
        Arrays.fill(one, 1);
        String name = "Trail " + (d == Direction.H ? "along the row, " : "along the column, ") + SegmentRow.words(s);
        page.plot("Excess of the pixel after the centre over that before it, at the reference pulse height",
                new PointPlot.Labels(name, "Transfers (pixel)", "Excess / pulse height"),
                List.of(new PointPlot.Series("all lines", x[0], x[1], x[3]), PointPlot.Series.line("fit", x[0], x[2])));
        page.plot("Residuals", new PointPlot.Labels("Residuals: " + name, "Transfers (pixel)",
                "(excess - fit) / error"), List.of(new PointPlot.Series("residuals", x[0], x[4], one)));
    }
}
