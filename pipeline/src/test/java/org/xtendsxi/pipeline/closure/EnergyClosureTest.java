// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.cli.Main;

/**
 * Each correction undoes what the simulator did, with the calibration of the truth: the same photons with and without
 * the effect are compared one by one, so the statistics are those of the correction and not of the line. Without the
 * correction the effect must show. {@code -Dsxi.closure.seconds=480} repeats the table of docs/validation-energy.md, in
 * {@code target/energy-closure.txt}.
 */
@Tag("validation")
class EnergyClosureTest {
    private static final int SECONDS = Integer.getInteger("sxi.closure.seconds", 80);
    private static final boolean LONG = SECONDS >= 400;
    private static final Path MODEL_GAIN =
            Path.of(System.getProperty("sxi.root", ".."), "caldb/data/xa_xtd_gain_20190101v001.fits");
    private static final double ROWS = 640;
    private static final String ALL_PIXELS = "trail.chtrailpixels=all";
    private static final double LOW = 5800;
    private static final double HIGH = 5990;

    @TempDir
    static Path dir;
    private static MatchedLine plain;

    @BeforeAll
    static void withoutEffects() throws IOException {
        plain = line("plain", "all", List.of());
        note("no effect", plain, plain);
    }

    /** Simulates once for each name, and reduces with the given settings. */
    private static MatchedLine line(String name, String effects, List<String> settings) {
        Path home = dir.resolve(name);
        Path observation = home.resolve("900000001");
        if (!Files.exists(home)) {
            run(List.of("-q", "simulate", home, "--scene", "ground", "--effects", effects, "--exposure", SECONDS,
                    "--dark-cycles", LONG ? 24 : 12, "--ccds", 0, "--seed", 5));
        }
        Path out = dir.resolve(name + ".out" + String.join("", settings));
        List<Object> words = new ArrayList<>(List.of("-q", "run", observation, "--out", out, "--exit", "calibrate"));
        Path caldb = observation.resolve("truth/caldb");
        if (Files.exists(caldb)) {
            words.addAll(List.of("--caldb", caldb));
        }
        settings.forEach(s -> words.addAll(List.of("--set", s)));
        run(words);
        return MatchedLine.of(observation.resolve("truth/photons.fits"), events(out.getFileName().toString()), LOW,
                HIGH);
    }

    private static Path events(String out) {
        return dir.resolve(out + "/xtend/event_uf/xa900000001xtd_p030000010_uf.evt");
    }

    private static void run(List<?> words) {
        assertThat(Main.run(words.stream().map(Object::toString).toArray(String[]::new))).as(words.toString()).isZero();
    }

    private static double error(SummaryStatistics s) {
        return s.getStandardDeviation() / Math.sqrt(s.getN());
    }

    private static double widthError(MatchedLine m) {
        return m.fwhm() / Math.sqrt(2 * m.residuals().getN());
    }

    private static void note(String what, MatchedLine m, MatchedLine reference) throws IOException {
        SummaryStatistics d = m.minus(reference, -1);
        SummaryStatistics single = m.minus(reference, 0);
        SimpleRegression y = m.alongActY(reference);
        Files.writeString(Path.of("target/energy-closure.txt"), String.format(Locale.ROOT,
                "| %s | %d | %.2f +- %.2f | %.1f | %.2f +- %.2f | %.2f +- %.2f | %.2f +- %.2f | %.1f |%n", what,
                m.residuals().getN(), m.residuals().getMean(), error(m.residuals()), m.fwhm(), d.getMean(), error(d),
                single.getMean(), error(single), ROWS * y.getSlope(), ROWS * y.getSlopeStdErr(), m.oddMinusEven()),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        for (int grade : new int[] {0, 2, 3, 4, 6}) {
            SummaryStatistics g = m.minus(reference, grade);
            Files.writeString(Path.of("target/energy-closure-grades.txt"), String.format(Locale.ROOT,
                    "| %s | %d | %d | %.2f +- %.2f |%n", what, grade, g.getN(), g.getMean(), error(g)),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** The same mean, width and no slope as without the effect. */
    private static void recovered(MatchedLine m) {
        SummaryStatistics d = m.minus(plain, -1);
        assertThat(d.getN()).as("photons").isGreaterThan(8L * SECONDS);
        assertThat(d.getMean()).as("shift, eV").isCloseTo(0, within(3 * error(d) + 0.5));
        assertThat(m.fwhm()).as("width, eV").isCloseTo(plain.fwhm(),
                within(3 + 2 * Math.hypot(widthError(m), widthError(plain))));
        SimpleRegression y = m.alongActY(plain);
        assertThat(y.getSlope()).as("slope, eV per row").isCloseTo(0, within(3 * y.getSlopeStdErr()));
    }

    @Test
    void evenAndOddColumnsWithTemperature() throws IOException {
        MatchedLine m = line("evenodd", "all,even-odd", List.of());
        MatchedLine raw = line("evenodd", "all,even-odd", List.of("evenodd.enabled=no"));
        note("even-odd", m, plain);
        note("even-odd, not corrected", raw, plain);
        recovered(m);
        assertThat(m.oddMinusEven()).isCloseTo(plain.oddMinusEven(), within(2.0));
        assertThat(Math.abs(raw.oddMinusEven())).isGreaterThan(10);
    }

    @Test
    void transferLossWithSawtoothAndAnomalousRows() throws IOException {
        assumeTrue(LONG, "only with -Dsxi.closure.seconds=400 or more; the test of all together has its effects too");
        MatchedLine m = line("cti", "all,cti,charge-injection", List.of());
        MatchedLine raw = line("cti", "all,cti,charge-injection", List.of("cti.enabled=no"));
        note("cti, charge injection", m, plain);
        note("cti, charge injection, not corrected", raw, plain);
        recovered(m);
        assertThat(raw.minus(plain, -1).getMean()).isLessThan(-50);
        assertThat(ROWS * raw.alongActY(plain).getSlope()).isLessThan(-20);
    }

    /**
     * The trail of all pixels brings each grade back. The formula of the reference does so for charge in one pixel
     * only: see docs/validation-energy.md.
     */
    @Test
    void trail() throws IOException {
        MatchedLine m = line("trail", "all,trail", List.of(ALL_PIXELS));
        MatchedLine centre = line("trail", "all,trail", List.of());
        MatchedLine raw = line("trail", "all,trail", List.of("trail.enabled=no"));
        note("trail, all pixels", m, plain);
        note("trail, centre", centre, plain);
        note("trail, not corrected", raw, plain);
        recovered(m);
        SummaryStatistics single = centre.minus(plain, 0);
        assertThat(single.getMean()).as("singles").isCloseTo(0, within(3 * error(single) + 0.5));
        double left = centre.minus(plain, -1).getMean();
        double before = raw.minus(plain, -1).getMean();
        assertThat(before).isLessThan(-20);
        assertThat(left / before).as("share that is left").isBetween(0.0, 0.4);
    }

    @Test
    void together() throws IOException {
        String effects = "all,even-odd,cti,charge-injection,trail";
        MatchedLine m = line("together", effects, List.of(ALL_PIXELS));
        MatchedLine raw = line("together", effects,
                List.of("evenodd.enabled=no", "cti.enabled=no", "trail.enabled=no"));
        note("all effects, all pixels", m, plain);
        note("all effects, not corrected", raw, plain);
        recovered(m);
        assertThat(m.residuals().getMean()).as("Mn K alpha, eV").isCloseTo(0, within(3 + 2 * error(m.residuals())));
        assertThat(raw.minus(plain, -1).getMean()).isLessThan(-50);
        assertThat(ROWS * raw.alongActY(plain).getSlope()).isLessThan(-15);
        if (LONG) {
            note("all effects, centre", line("together", effects, List.of()), plain);
            assertThat(m.residuals().getMean()).as("Mn K alpha, eV").isCloseTo(0, within(3.0));
        }
        if (SECONDS >= 2000) {
            assertThat(m.fwhm()).as("width, eV").isCloseTo(plain.fwhm(), within(3.0));
        }
    }

    @Test
    void togetherWithoutTrail() throws IOException {
        assumeTrue(LONG, "only with -Dsxi.closure.seconds=400 or more");
        String effects = "all,even-odd,cti,charge-injection";
        MatchedLine m = line("notrail", effects, List.of());
        note("even-odd, cti, charge injection", m, plain);
        note("even-odd, cti, charge injection, not corrected",
                line("notrail", effects, List.of("evenodd.enabled=no", "cti.enabled=no")), plain);
        recovered(m);
    }

    /** The scale by the gain of the truth, at every line of the scene; eV. */
    @ParameterizedTest
    @CsvSource({"F, 677", "Al, 1487", "Cl, 2622", "Ti, 4511", "Mn, 5895", "Cu, 8041", "Ge, 9876"})
    void gainOfTheTruthByLine(String element, double energy) throws IOException {
        MatchedLine m = MatchedLine.of(dir.resolve("plain/900000001/truth/photons.fits"), events("plain.out"),
                energy - 60, energy + 60);
        SummaryStatistics r = m.residuals();
        Files.writeString(Path.of("target/energy-closure-gain.txt"), String.format(Locale.ROOT,
                "| %s | %d | %.2f +- %.2f | %.2f +- %.2f |%n", element, r.getN(), r.getMean(), error(r),
                m.residuals(0).getMean(), error(m.residuals(0))), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertThat(r.getN()).isGreaterThan(SECONDS);
        assertThat(r.getMean()).as(element).isCloseTo(0, within(3 + 3 * error(r)));
    }

    /** A scale of its own in every segment: PI folded back with it is PI. */
    @Test
    void gainOfEachSegment() {
        Path scaled = dir.resolve("gain.fits");
        double[] factor = new double[SegmentRow.COUNT];
        try (FitsReader f = FitsReader.open(MODEL_GAIN);
                FitsWriter w = FitsWriter.create(scaled)) {
            w.primary(f.primary().keywords());
            try (EventChunk rows = f.whole(f.hdus().get(1))) {
                for (int i = 0; i < rows.rows(); i++) {
                    factor[SegmentRow.of(rows.ints("CCD_ID")[i], rows.ints("SEGMENT")[i], rows.ints("READNODE")[i])] =
                            0.9 + 0.013 * i;
                }
                for (String name : List.of("LINR_LOW", "LINR_MED", "LINR_HI")) {
                    double[] v = rows.doubles(name);
                    java.util.Arrays.setAll(v, i -> v[i] * (0.9 + 0.013 * i));
                    rows.put(name, v);
                }
                w.table("GAIN_1", rows, f.hdus().get(1).keywords());
            }
            w.commit();
        }
        Path out = dir.resolve("scaled.evt");
        run(List.of("-q", "xtdpi", "infile=" + events("plain.out"), "outfile=" + out, "vtcor=no", "gainfile=" + scaled,
                "passes=2", "clobber=yes"));
        Path same = dir.resolve("same.evt");
        run(List.of("-q", "xtdpi", "infile=" + events("plain.out"), "outfile=" + same, "vtcor=no", "passes=2"));
        try (FitsReader a = FitsReader.open(out); FitsReader b = FitsReader.open(same);
                EventChunk x = a.whole(a.need("EVENTS")); EventChunk y = b.whole(b.need("EVENTS"))) {
            int moved = 0;
            for (int i = 0; i < x.rows(); i++) {
                int pi = y.ints("PI")[i];
                double f = factor[SegmentRow.of(y.ints("CCD_ID")[i], y.ints("SEGMENT")[i], y.ints("READNODE")[i])];
                if (pi < 4096 && pi * f < 4090) {
                    assertThat((x.ints("PI")[i] + 0.5) / f).isCloseTo(pi + 0.5, within(0.5 + 0.5 / f));
                    moved += x.ints("PI")[i] != pi ? 1 : 0;
                }
            }
            assertThat(moved).isGreaterThan(y.rows() / 2);
        }
    }
}
