// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationLine;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.LineOption;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.calib.common.Segments;
import org.xtendsxi.calib.common.Selection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib gain}: gain from pulse height to PI, and its drift in time. */
@Command(name = "gain",
        description = "Gain from lines of known energy and natural shape (Hölzer et al. 1997), and its drift in time.")
public final class GainCommand implements SxiCommand {
    private static final double DAY = 86400;
    private static final int MAX_BINS = 400;
    private static final double MAX_RANGE = 0.2;
    private static final String K_BETA = "MnKb";
    /** Counts of Mn K alpha from which K beta must show. */
    private static final double ENOUGH = 3000;
    /** Least K beta per K alpha; Hölzer's sources have 0.13, of which absorption leaves out little. */
    private static final double LEAST_BETA = 0.04;

    @Mixin
    CalibrationOptions options;
    @Mixin
    LineOption lines;
    @Option(names = "--degree", defaultValue = "0", paramLabel = "N",
            description = "0: the gain in force times a factor; 1 or 2: a polynomial in its place, for which more "
            + "lines than its degree are needed (default: ${DEFAULT-VALUE}).")
    int degree;
    @Option(names = "--grades", defaultValue = "0,2,3,4,6", paramLabel = "N,...",
            description = "Grades of the events (default: ${DEFAULT-VALUE}).")
    String grades;
    @Option(names = "--range", defaultValue = "0.04", paramLabel = "X",
            description = "Farthest that a line may be from where the gain in force has it, relative (default: "
            + "${DEFAULT-VALUE}).")
    double range;
    @Option(names = "--systematic", defaultValue = "0", paramLabel = "EV",
            description = "Uncertainty of each line beside its statistical error (default: ${DEFAULT-VALUE}).")
    double systematic;
    @Option(names = "--drift", paramLabel = "DAYS", description = "Also measures the drift, in bins of this width.")
    Optional<Double> drift = Optional.empty();
    @Option(names = "--epochs", description = "Writes a time block for each bin of the drift instead of one for all.")
    boolean epochs;
    @Option(names = "--any-source", description = "Takes Mn K alpha without its K beta.")
    boolean anySource;

    @Override
    public void run(Console console) {
        List<CalibrationLine> wanted = lines.all();
        check(wanted.size());
        CalibrationData data = options.data(console);
        CalibrationWriter writer = options.writer(data);
        writer.target(CaldbKind.GAIN, data);
        GainTable old = GainTable.load(data.source(CaldbKind.GAIN), data.choice());
        GainTally.Times times = times(data);
        Selection selection = new Selection(bits(grades), options.source());
        List<String> names = wanted.stream().map(CalibrationLine::name).toList();
        boolean beta = !anySource && names.contains(CalibrationLine.MN_KA.name()) && !names.contains(K_BETA);
        GainTally tally = new GainTally(old, wanted, selection, range, times);
        GainTally companion = new GainTally(old, CalibrationLine.parse(K_BETA), selection, range,
                new GainTally.Times(times.start(), times.width() * times.bins(), 1));
        data.stream(console, c -> {
            tally.accept(c);
            if (beta) {
                companion.accept(c);
            }
        });
        Map<Integer, SegmentGain> found = new TreeMap<>();
        for (int s : Segments.usable(tally::events, options.minCounts(), console)) {
            SegmentGain g = segment(tally, s, times);
            Segments.missing(s, IntStream.range(0, tally.lines()).mapToObj(l -> tally.line(l).name()).toList(),
                    l -> g.peaks().get(l).isPresent(), console);
            if (beta) {
                checkSource(tally, g, companion.peak(0, s));
            }
            found.put(s, g);
        }
        List<Finding> findings = new ArrayList<>();
        found.values().forEach(f -> findings.addAll(f.findings(tally)));
        double[] starts = epochs ? blocks(found, times) : new double[1];
        Path file = writer.revise(CaldbKind.GAIN, data, new CalibrationWriter.Notes("gain from " + lines, notes(found,
                starts),
                findings), new CalibrationWriter.Changes(t -> change(t, found, times, starts), t -> { }, k -> { }),
                starts);
        Path page = new GainReport(file, tally, found, findings, data.epoch()).write();
        Finding.tellPoor(findings, console);
        console.say(found.size() + " segments, " + starts.length + " time block" + (starts.length > 1 ? "s" : "")
                + "; report " + page);
        console.result(file.toString());
    }

    private void check(int count) {
        boolean good = degree >= 0 && degree <= 2 && range > 0 && range <= MAX_RANGE && systematic >= 0
                && drift.orElse(1.0) > 0;
        if (!good) {
            throw SxiException.usage("option out of range").value("--degree " + degree + ", --range " + range
                    + ", --systematic " + systematic + ", --drift " + drift.orElse(1.0))
                    .limit("degree 0..2, range 0.." + MAX_RANGE + ", others not below 0").todo("correct it").build();
        }
        if (count <= degree) {
            throw SxiException.usage("too few lines for the degree").value(count + " lines, --degree " + degree)
                    .limit("at least " + (degree + 1)).todo("give more --lines or a lower --degree").build();
        }
        if (epochs && drift.isEmpty()) {
            throw SxiException.usage("--epochs needs --drift").todo("give the width of the bins of time").build();
        }
    }

    private static int bits(String grades) {
        try {
            return Arrays.stream(grades.split(",")).mapToInt(w -> Integer.parseInt(w.strip())).peek(g -> {
                if (g < 0 || g > 11) {
                    throw new NumberFormatException(g + " is no grade");
                }
            }).map(g -> 1 << g).reduce(0, (a, b) -> a | b);
        } catch (NumberFormatException e) {
            throw SxiException.usage("--grades cannot be read").value(grades).limit("0..11, joined by commas")
                    .todo("correct it").cause(e).build();
        }
    }

    private GainTally.Times times(CalibrationData data) {
        double span = Math.max(1, data.stop() - data.start());
        double width = drift.map(d -> d * DAY).orElse(span);
        double bins = drift.isEmpty() ? 1 : Math.ceil(span / width);
        if (bins > MAX_BINS) {
            throw SxiException.usage("too many bins of time").value((long) bins).limit(MAX_BINS)
                    .todo("give a wider --drift").build();
        }
        return new GainTally.Times(data.start(), width, (int) Math.max(1, bins));
    }

    private SegmentGain segment(GainTally tally, int s, GainTally.Times times) {
        List<Optional<NaturalPeak>> peaks = new ArrayList<>();
        List<GainFit.Measured> measured = new ArrayList<>();
        for (int l = 0; l < tally.lines(); l++) {
            double energy = tally.line(l).energy();
            Optional<NaturalPeak> p = tally.peak(l, s);
            p.ifPresent(x -> measured.add(new GainFit.Measured(energy, x.centre(), x.centreError())));
            peaks.add(p);
        }
        if (measured.size() <= degree) {
            throw SxiException.data(measured.isEmpty() ? "no line in the range of pulse heights"
                    : "too few lines were found")
                    .in(SegmentRow.words(s)).value(tally.events(s) + " events, " + measured.size() + " lines")
                    .limit(IntStream.range(0, tally.lines()).mapToObj(l -> tally.sought(l, s)).toList())
                    .todo("check the source, the grades and the gain in force, or widen --range").build();
        }
        GainFit fit = GainFit.of(tally.curve(s), measured, degree, systematic).orElseThrow(() -> SxiException
                .data("the fit does not converge").in(SegmentRow.words(s)).value(measured.size() + " lines, degree "
                + degree)
                .todo("lower --degree, or give lines farther apart").build());
        return new SegmentGain(s, tally.curve(s), peaks, fit, drift.map(d -> GainDrift.of(tally, s, fit, times)));
    }

    /** Mn K alpha without K beta is another line or another source. */
    private void checkSource(GainTally tally, SegmentGain g, Optional<NaturalPeak> beta) {
        for (int l = 0; l < tally.lines(); l++) {
            if (tally.line(l).name().equals(CalibrationLine.MN_KA.name()) && g.peaks().get(l).isPresent()) {
                double alpha = g.peaks().get(l).get().area();
                double ratio = beta.map(NaturalPeak::area).orElse(0.0) / alpha;
                if (alpha > ENOUGH && ratio < LEAST_BETA) {
                    throw SxiException.data("a line stands at Mn K alpha, but K beta is missing: not a 55Fe source")
                            .in(SegmentRow.words(g.segmentRow())).value(String.format("K beta / K alpha %.3f", ratio))
                            .limit("at least " + LEAST_BETA).todo("check --source and the data, or give --any-source")
                            .build();
                }
            }
        }
    }

    private List<String> notes(Map<Integer, SegmentGain> found, double[] starts) {
        List<String> out = new ArrayList<>(List.of("lines " + lines + ", degree " + degree + ", grades " + grades
                + ", systematic "
                + systematic + " eV", found.size() + " segments measured; the others are those of the predecessor"));
        drift.ifPresent(d -> out.add("drift in bins of " + d + " days, " + starts.length + " time blocks"));
        return out;
    }

    /** Starts of the time blocks: bins in which a segment has a peak; the first holds from the start of validity. */
    private static double[] blocks(Map<Integer, SegmentGain> found, GainTally.Times times) {
        int[] bins = found.values().stream().flatMapToInt(f -> Arrays.stream(f.drift().orElseThrow().bins())).distinct()
                .sorted().toArray();
        return bins.length == 0 ? new double[1]
                : Arrays.stream(bins).mapToDouble(b -> times.start() + b * times.width()).toArray();
    }

    private void change(EventChunk t, Map<Integer, SegmentGain> found, GainTally.Times times, double[] starts) {
        int[] ccd = t.ints("CCD_ID");
        int[] segment = t.ints("SEGMENT");
        int[] node = t.ints("READNODE");
        GainTable.Term[] terms = GainTable.Term.values();
        int rows = ccd.length / starts.length;
        for (int i = 0; i < GainCurve.THREE * GainCurve.THREE; i++) {
            double[] v = t.doubles(terms[i].name());
            for (int r = 0; r < v.length; r++) {
                SegmentGain f = found.get(SegmentRow.of(ccd[r], segment[r], node[r]));
                if (f != null) {
                    int bin = (int) Math.round((starts[r / rows] - times.start()) / times.width());
                    v[r] = (epochs ? f.curve(bin) : f.fit().curve()).terms()[i];
                }
            }
            t.put(terms[i].name(), v);
        }
    }
}
