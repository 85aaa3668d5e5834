// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.LineOption;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.pipeline.plot.PointPlot.Labels;
import org.xtendsxi.pipeline.plot.PointPlot.Series;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib rmfparam}: line shape. */
@Command(name = "rmfparam", description = "Line shape for the response: width of the main peak against energy, second "
        + "peak, Si escape and fluorescence, from lines in the PI spectrum of X-ray grades that stand alone; two or "
        + "more tell how the width grows with energy. One region, the whole detector.")
public final class RmfParamCommand implements SxiCommand {
    private static final double FARTHEST = 30;

    @Mixin
    CalibrationOptions options;
    @Mixin
    LineOption lines;
    @Option(names = "--no-second", description = "Takes the line as one peak.")
    boolean noSecond;
    @Option(names = "--systematic", defaultValue = "0.5", paramLabel = "EV",
            description = "Uncertainty of each width beside its statistical error (default: ${DEFAULT-VALUE}).")
    double systematic;

    @Override
    public void run(Console console) {
        List<NaturalLine> wanted = lines.natural().stream()
                .sorted(Comparator.comparingDouble(NaturalLine::energy)).toList();
        if (systematic < 0) {
            throw SxiException.usage("--systematic is out of range").value(systematic).limit("not below 0")
                    .todo("correct it")
                    .build();
        }
        CalibrationData data = options.data();
        CalibrationWriter writer = options.writer(data);
        Path target = writer.target(CaldbKind.RMF_PARAMETERS, data);
        PiSpectrum spectrum = new PiSpectrum(options.source());
        data.stream(console, spectrum::accept);
        List<ShapeFit> found = shapes(spectrum, wanted, console);
        WidthLaw law = WidthLaw.of(found, systematic).orElseThrow(() ->
                SxiException.data("the fit of widths does not converge")
                .value(found.size() + " lines").todo("give lines farther apart").build());
        List<Finding> findings = new ArrayList<>();
        double[] escape = found.stream().mapToDouble(f -> escape(spectrum, f, law, findings)).toArray();
        double fluorescence = fluorescence(spectrum, found, law, findings);
        findings.addAll(findings(found, law));
        ResponseRows rows = new ResponseRows(law, found, escape, fluorescence);
        String mode = data.readout().mode();
        int ci = data.readout().injection().status();
        double time = Math.min(data.epoch().ofCalendar(writer.validFrom()), data.start());
        writer.write(target, CaldbKind.RMF_PARAMETERS.name(), data.header(),
                new CalibrationWriter.Notes("line shape from " + lines,
                notes(data), findings), (file, k) -> rows.write(file, k.set("CBD10001", "DATAMODE(" + mode + ")",
                "boundary")
                        .set("CBD20001", "CISTATUS(" + ci + ")", "boundary").set("DATAMODE", mode,
                        "class of data modes")
                        .set("CISTATUS", ci, "charge injection"), CaldbKind.RMF_PARAMETERS.name(), time));
        console.say(found.size() + " lines; report " + report(target, found, law, spectrum, findings));
        console.result(target.toString());
    }

    private List<ShapeFit> shapes(PiSpectrum spectrum, List<NaturalLine> wanted, Console console) {
        if (spectrum.events() < options.minCounts()) {
            throw SxiException.data("too few events for a calibration").value(spectrum.events()).limit("at least "
                    + options.minCounts()).todo("give more observations, or lower --min-counts").build();
        }
        List<ShapeFit> found = new ArrayList<>();
        for (NaturalLine line : wanted) {
            Optional<ShapeFit> f = ShapeFit.of(spectrum, line, !noSecond).filter(x -> x.area() >= options.minCounts());
            f.ifPresentOrElse(found::add, () -> console.warn(line.name() + ": left out, no line or fewer than "
                    + options.minCounts() + " events"));
            f.filter(x -> Math.abs(x.centre() - line.energy()) > FARTHEST).ifPresent(x -> console.warn(String.format(
                    "%s is %.0f eV off: calibrate the gain first", line.name(), x.centre() - line.energy())));
        }
        if (found.isEmpty()) {
            throw SxiException.data("no line in the spectrum").value(spectrum.events() + " events").limit(lines)
                    .todo("check the source, --lines and the gain in force").build();
        }
        return found;
    }

    private List<String> notes(CalibrationData data) {
        List<String> out = new ArrayList<>(List.of("lines " + lines + ", systematic " + systematic + " eV",
                data.rows() + " events in " + data.files().size() + " files, DATAMODE " + data.readout().mode()
                        + ", CISTATUS " + data.readout().injection().status()));
        data.files().forEach(p -> out.add("events " + p.getFileName()));
        return out;
    }

    /** Part of a line that escapes as Si K alpha; not less than nothing. */
    private static double escape(PiSpectrum spectrum, ShapeFit f, WidthLaw law, List<Finding> findings) {
        if (f.line().energy() < ResponseRows.EDGE) {
            return 0;
        }
        double energy = f.centre() - ResponseRows.SILICON;
        return spectrum.small(energy, law.fwhm(energy)).map(p -> {
            findings.add(new Finding(0, -1, "ESCAPE " + f.line().name(), "", p.area() / f.area(), p.error() / f.area(),
                    0, 0,
                    (long) f.area()));
            return Math.max(0, p.area() / f.area());
        }).orElse(0.0);
    }

    private static double fluorescence(PiSpectrum spectrum, List<ShapeFit> found, WidthLaw law,
            List<Finding> findings) {
        double area = found.stream().filter(f -> f.line().energy() > ResponseRows.EDGE).mapToDouble(ShapeFit::area)
                .sum();
        return area == 0 ? 0 : spectrum.small(ResponseRows.SILICON, law.fwhm(ResponseRows.SILICON)).map(p -> {
            findings.add(new Finding(0, -1, "FLUOR", "", p.area() / area, p.error() / area, 0, 0, (long) area));
            return Math.max(0, p.area() / area);
        }).orElse(0.0);
    }

    private static List<Finding> findings(List<ShapeFit> found, WidthLaw law) {
        List<Finding> out = new ArrayList<>();
        String[] names = {"ENERGY", "FWHM", "", "", "SEC_AMP", "SEC_OFF", "SEC_FWHM"};
        for (ShapeFit f : found) {
            for (int k : f.second() ? new int[] {0, 1, 4, 5, 6} : new int[] {0, 1}) {
                out.add(new Finding(0, -1, names[k] + " " + f.line().name(), k == 4 ? "" : "eV", f.values()[k],
                        f.errors()[k],
                        f.chi2(), f.degrees(), (long) f.area()));
            }
        }
        long n = (long) found.stream().mapToDouble(ShapeFit::area).sum();
        out.add(new Finding(0, -1, "FWHM**2 at 0", "eV**2", law.noise(), law.noiseError(), law.chi2(), law.degrees(),
                n));
        out.add(new Finding(0, -1, "FWHM**2 per E", "eV", law.slope(), law.slopeError(), law.chi2(), law.degrees(), n));
        return out;
    }

    private static Path report(Path file, List<ShapeFit> found, WidthLaw law, PiSpectrum spectrum,
            List<Finding> findings) {
        CalibrationReport page = new CalibrationReport(file).section("Parameters").table(
                List.of("parameter", "value", "1 sigma", "unit", "chi2/dof"), findings.stream()
                .map(f -> List.of(f.parameter(),
                        String.format(Locale.ROOT, "%.5g", f.value()), f.error() == 0 ? "fixed"
                                : String.format(Locale.ROOT, "%.2g", f.error()), f.unit(),
                        f.degrees() == 0 ? "" : String.format(Locale.ROOT, "%.1f/%d", f.chi2(), f.degrees())))
                        .toList());
        double[] e = found.stream().mapToDouble(f -> f.line().energy()).toArray();
        double[] grid = Arrays.stream(ResponseRows.grid()).filter(x -> x <= 15_000).toArray();
        page.section("Width against energy").plot("FWHM of the main peak", new Labels("FWHM of the main peak",
                "Energy (eV)",
                "FWHM (eV)"), List.of(new Series("lines", e, found.stream().mapToDouble(ShapeFit::fwhm).toArray(),
                        found.stream().mapToDouble(ShapeFit::fwhmError).toArray()),
                Series.line("law", grid, Arrays.stream(grid).map(law::fwhm).toArray())));
        for (ShapeFit f : found) {
            int n = f.model().length;
            double[] x = IntStream.range(0, n).mapToDouble(i -> Sxi.energy(f.low() + i)).toArray();
            double[] y = IntStream.range(0, n).mapToDouble(i -> spectrum.counts()[f.low() + i]).toArray();
            double[] error = Arrays.stream(f.model()).map(m -> Math.sqrt(Math.max(1, m))).toArray();
            double[] off = IntStream.range(0, n).mapToDouble(i -> (y[i] - f.model()[i]) / error[i]).toArray();
            double[] one = new double[n];
            Arrays.fill(one, 1);
            page.section(f.line().name()).plot(f.line().name() + " and its fit", new Labels(f.line().name(),
                    "Energy (eV)",
                    "Events per channel"), List.of(new Series("events", x, y, error), Series.line("fit", x,
                    f.model())));
            page.plot("Residuals of " + f.line().name(), new Labels("Residuals of " + f.line().name(), "Energy (eV)",
                    "(events - fit) / error"), List.of(new Series("residuals", x, off, one)));
        }
        return page.write();
    }
}
