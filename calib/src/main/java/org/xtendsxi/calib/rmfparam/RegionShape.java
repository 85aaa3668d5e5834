// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.NaturalLine;

/**
 * Line shape of a part of the detector plane.
 *
 * @param spectrum what it was measured from
 * @param lines lines, ascending in energy
 * @param law width of the main peak
 * @param escape part of a line that escapes as Si K alpha, by line; no number where it is not measured
 * @param fluorescence part that comes back as Si fluorescence, of lines above the Si K edge
 * @param constant part that is spread evenly below a line
 * @param findings all of it with uncertainties
 */
record RegionShape(PiSpectrum spectrum, List<ShapeFit> lines, WidthLaw law, double[] escape, double fluorescence,
        double constant, List<Finding> findings) {
    private static final double FARTHEST = 30;
    private static final int ROUNDS = 2;
    private static final String[] NAMES = {"ENERGY", "FWHM", "", "", "SEC_AMP", "SEC_OFF", "SEC_FWHM"};

    /**
     * What is wanted.
     *
     * @param lines lines, ascending in energy
     * @param minCounts fewest events of a line
     * @param second whether second peaks are looked for
     * @param constant whether the constant part is measured
     * @param systematic uncertainty of each width beside its error, eV
     */
    record Wanted(List<NaturalLine> lines, long minCounts, boolean second, boolean constant, double systematic) {
    }

    /**
     * Measures a part.
     *
     * @throws SxiException (data) if there is no line, or a fit does not converge
     */
    static RegionShape of(Division.Area area, PiSpectrum spectrum, Wanted wanted, Console console) {
        List<ShapeFit> found = shapes(area, spectrum, wanted, 0);
        double constant = 0;
        if (wanted.constant()) {
            // what is below a line ends at the line, which moves the line; and the line tells what is below it
            for (int round = 0; round < ROUNDS; round++) {
                constant = Math.max(0, constant(area, spectrum, found, law(area, found, wanted)).part());
                found = shapes(area, spectrum, wanted, constant);
            }
        }
        WidthLaw law = law(area, found, wanted);
        List<Finding> findings = new ArrayList<>();
        List<ShapeFit> lines = List.copyOf(found);
        double[] escape = lines.stream().mapToDouble(f -> escape(spectrum, f, lines, law, area, findings)).toArray();
        double fluorescence = fluorescence(spectrum, lines, law, area, findings);
        if (wanted.constant()) {
            ConstantPart c = constant(area, spectrum, lines, law);
            findings.add(new Finding(area.segmentRow(), -1, "CONST", "", c.part(), c.error(),
                    c.goodness().chi2(), c.goodness().degrees(), counts(lines)));
            constant = Math.max(0, c.part());
        }
        findings.addAll(findings(area, lines, law));
        tell(area, lines, wanted, console);
        List<String> missing = lines.stream().filter(f -> f.line().energy() > ResponseRows.EDGE)
                .map(f -> "ESCAPE " + f.line().name()).collect(Collectors.toCollection(ArrayList::new));
        if (!missing.isEmpty()) {
            missing.add("FLUOR");
        }
        findings.forEach(f -> missing.remove(f.parameter()));
        if (!missing.isEmpty()) {
            console.warn(area.name() + ": not measured, for another line lies there or events are too few: "
                    + String.join(", ", missing));
        }
        return new RegionShape(spectrum, lines, law, escape, fluorescence, constant, List.copyOf(findings));
    }

    private static WidthLaw law(Division.Area area, List<ShapeFit> found, Wanted wanted) {
        return WidthLaw.of(found, wanted.systematic()).orElseThrow(() ->
                notConverged("widths", area, found.size(), "lines farther apart"));
    }

    private static ConstantPart constant(Division.Area area, PiSpectrum spectrum, List<ShapeFit> found, WidthLaw law) {
        return ConstantPart.of(spectrum, found, law).orElseThrow(() ->
                notConverged("the constant part", area, found.size(), "lines farther apart, or no --constant"));
    }

    private static SxiException notConverged(String what, Division.Area area, int lines, String todo) {
        return SxiException.data("the fit of " + what + " does not converge").in(area.name()).value(lines + " lines")
                .todo("give " + todo).build();
    }

    private static List<ShapeFit> shapes(Division.Area area, PiSpectrum spectrum, Wanted wanted, double below) {
        List<ShapeFit> found = wanted.lines().stream()
                .flatMap(l -> ShapeFit.of(spectrum, l, wanted.second(), below, lowest(l, wanted.lines())).stream())
                .filter(f -> f.area() >= wanted.minCounts()).toList();
        if (found.isEmpty()) {
            throw SxiException.data("no line in the spectrum").in(area.name()).value(spectrum.events() + " events")
                    .limit(wanted.lines().stream().map(NaturalLine::name).toList())
                    .todo("check the source, --lines and the gain in force").build();
        }
        return found;
    }

    /** Where the line next below ends, eV. */
    private static double lowest(NaturalLine line, List<NaturalLine> all) {
        return all.stream().mapToDouble(NaturalLine::energy).filter(e -> e < line.energy())
                .map(e -> e + ShapeFit.CLEAR * PiSpectrum.width(e)).max().orElse(0);
    }

    /** Warns of what a user should know of the lines. */
    private static void tell(Division.Area area, List<ShapeFit> found, Wanted wanted, Console console) {
        wanted.lines().stream().filter(l -> found.stream().noneMatch(f -> f.line() == l))
                .forEach(l -> console.warn(area.name() + ": " + l.name() + " left out, no line or fewer than "
                        + wanted.minCounts() + " events"));
        for (ShapeFit f : found) {
            String name = area.name() + ": " + f.line().name();
            if (f.undecided()) {
                console.warn(name + " taken as one peak, for the fit of two does not converge");
            }
            if (Math.abs(f.centre() - f.line().energy()) > FARTHEST) {
                console.warn(String.format("%s is %.0f eV off: calibrate the gain first", name,
                        f.centre() - f.line().energy()));
            }
        }
        List<ShapeFit> poor = found.stream().filter(f -> f.wanting() > 1).toList();
        if (!poor.isEmpty()) {
            boolean others = found.stream().anyMatch(ShapeFit::known);
            String names = poor.stream()
                    .map(f -> f.line().name() + (others && !f.known() ? " (not in the table)" : ""))
                    .collect(Collectors.joining(", "));
            console.warn(String.format("%s: second peaks too uncertain for errors that are normal: %s; %.0f times as "
                    + "many events would do for all", area.name(), names,
                    Math.ceil(poor.stream().mapToDouble(ShapeFit::wanting).max().orElseThrow())));
        }
    }

    /** Part of a line that escapes as Si K alpha; not less than nothing, no number where it cannot be measured. */
    private static double escape(PiSpectrum spectrum, ShapeFit f, List<ShapeFit> all, WidthLaw law,
            Division.Area area, List<Finding> findings) {
        double energy = f.centre() - ResponseRows.SILICON;
        Optional<SmallPeak> peak = f.line().energy() < ResponseRows.EDGE ? Optional.empty()
                : SmallPeak.of(spectrum.counts(), energy, law.fwhm(energy), free(all));
        peak.ifPresent(p -> findings.add(new Finding(area.segmentRow(), -1, "ESCAPE " + f.line().name(), "",
                p.area() / f.area(), p.error() / f.area(), p.goodness().chi2(), p.goodness().degrees(),
                (long) f.area())));
        return peak.map(p -> Math.max(0, p.area() / f.area())).orElse(Double.NaN);
    }

    private static double fluorescence(PiSpectrum spectrum, List<ShapeFit> found, WidthLaw law, Division.Area of,
            List<Finding> findings) {
        double area = found.stream().filter(f -> f.line().energy() > ResponseRows.EDGE).mapToDouble(ShapeFit::area)
                .sum();
        double fwhm = law.fwhm(ResponseRows.SILICON);
        return area == 0 ? 0 : SmallPeak.of(spectrum.counts(), ResponseRows.SILICON, fwhm, free(found)).map(p -> {
            findings.add(new Finding(of.segmentRow(), -1, "FLUOR", "", p.area() / area, p.error() / area,
                    p.goodness().chi2(), p.goodness().degrees(), (long) area));
            return Math.max(0, p.area() / area);
        }).orElse(0.0);
    }

    private static IntPredicate free(List<ShapeFit> all) {
        return c -> all.stream().noneMatch(f -> f.covers(Sxi.energy(c)));
    }

    private static long counts(List<ShapeFit> found) {
        return (long) found.stream().mapToDouble(ShapeFit::area).sum();
    }

    private static List<Finding> findings(Division.Area area, List<ShapeFit> found, WidthLaw law) {
        List<Finding> out = new ArrayList<>();
        int row = area.segmentRow();
        for (ShapeFit f : found) {
            for (int k : f.second() ? new int[] {0, 1, 4, 5, 6} : new int[] {0, 1}) {
                out.add(new Finding(row, -1, NAMES[k] + " " + f.line().name(), k == 4 ? "" : "eV", f.values()[k],
                        f.errors()[k], f.chi2(), f.degrees(), (long) f.area()));
            }
        }
        long n = counts(found);
        out.add(new Finding(row, -1, "FWHM**2 at 0", "eV**2", law.noise(), law.noiseError(), law.chi2(), law.degrees(),
                n));
        out.add(new Finding(row, -1, "FWHM**2 per E", "eV", law.slope(), law.slopeError(), law.chi2(), law.degrees(),
                n));
        return out;
    }
}
