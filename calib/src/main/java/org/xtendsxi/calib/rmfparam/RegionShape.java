// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.NaturalLine;

/**
 * Line shape of a part of the detector plane.
 *
 * @param spectrum what it was measured from
 * @param lines lines, ascending in energy
 * @param law width of the main peak
 * @param escape part of a line that escapes as Si K alpha, by line
 * @param fluorescence part that comes back as Si fluorescence, of lines above the Si K edge
 * @param constant part that is spread evenly below a line
 * @param findings all of it with uncertainties
 */
record RegionShape(PiSpectrum spectrum, List<ShapeFit> lines, WidthLaw law, double[] escape, double fluorescence,
        double constant, List<Finding> findings) {
    private static final double FARTHEST = 30;
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
        List<ShapeFit> found = shapes(area, spectrum, wanted, console);
        WidthLaw law = WidthLaw.of(found, wanted.systematic()).orElseThrow(() ->
                notConverged("widths", area, found.size(), "lines farther apart"));
        List<Finding> findings = new ArrayList<>();
        double[] escape = found.stream().mapToDouble(f -> escape(spectrum, f, law, area, findings)).toArray();
        double fluorescence = fluorescence(spectrum, found, law, area, findings);
        double constant = 0;
        if (wanted.constant()) {
            ConstantPart c = ConstantPart.of(spectrum, found, law).orElseThrow(() ->
                    notConverged("the constant part", area, found.size(), "lines farther apart, or no --constant"));
            findings.add(new Finding(area.segmentRow(), -1, "CONST", "", c.part(), c.error(), c.chi2(), c.degrees(),
                    counts(found)));
            constant = Math.max(0, c.part());
        }
        findings.addAll(findings(area, found, law));
        return new RegionShape(spectrum, found, law, escape, fluorescence, constant, List.copyOf(findings));
    }

    private static SxiException notConverged(String what, Division.Area area, int lines, String todo) {
        return SxiException.data("the fit of " + what + " does not converge").in(area.name()).value(lines + " lines")
                .todo("give " + todo).build();
    }

    private static List<ShapeFit> shapes(Division.Area area, PiSpectrum spectrum, Wanted wanted, Console console) {
        List<ShapeFit> found = new ArrayList<>();
        for (NaturalLine line : wanted.lines()) {
            Optional<ShapeFit> f = ShapeFit.of(spectrum, line, wanted.second())
                    .filter(x -> x.area() >= wanted.minCounts());
            f.ifPresentOrElse(found::add, () -> console.warn(area.name() + ": " + line.name()
                    + " left out, no line or fewer than " + wanted.minCounts() + " events"));
            f.filter(ShapeFit::undecided).ifPresent(x -> console.warn(area.name() + ": " + line.name()
                    + " taken as one peak, for the fit of two does not converge"));
            f.filter(x -> Math.abs(x.centre() - line.energy()) > FARTHEST).ifPresent(x -> console.warn(String.format(
                    "%s: %s is %.0f eV off: calibrate the gain first", area.name(), line.name(),
                    x.centre() - line.energy())));
        }
        if (found.isEmpty()) {
            throw SxiException.data("no line in the spectrum").in(area.name()).value(spectrum.events() + " events")
                    .limit(wanted.lines().stream().map(NaturalLine::name).toList())
                    .todo("check the source, --lines and the gain in force").build();
        }
        return found;
    }

    /** Part of a line that escapes as Si K alpha; not less than nothing. */
    private static double escape(PiSpectrum spectrum, ShapeFit f, WidthLaw law, Division.Area area,
            List<Finding> findings) {
        if (f.line().energy() < ResponseRows.EDGE) {
            return 0;
        }
        double energy = f.centre() - ResponseRows.SILICON;
        return SmallPeak.of(spectrum.counts(), energy, law.fwhm(energy)).map(p -> {
            findings.add(new Finding(area.segmentRow(), -1, "ESCAPE " + f.line().name(), "", p.area() / f.area(),
                    p.error() / f.area(), 0, 0, (long) f.area()));
            return Math.max(0, p.area() / f.area());
        }).orElse(0.0);
    }

    private static double fluorescence(PiSpectrum spectrum, List<ShapeFit> found, WidthLaw law, Division.Area of,
            List<Finding> findings) {
        double area = found.stream().filter(f -> f.line().energy() > ResponseRows.EDGE).mapToDouble(ShapeFit::area)
                .sum();
        double fwhm = law.fwhm(ResponseRows.SILICON);
        return area == 0 ? 0 : SmallPeak.of(spectrum.counts(), ResponseRows.SILICON, fwhm).map(p -> {
            findings.add(new Finding(of.segmentRow(), -1, "FLUOR", "", p.area() / area, p.error() / area, 0, 0,
                    (long) area));
            return Math.max(0, p.area() / area);
        }).orElse(0.0);
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
