// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;

/**
 * Simulator effects "bias", "dark drift" and "even/odd" one at a time, recovered within statistics. The simulated noise
 * is
 * 5.4 adu; a level of 640 rows of 8 overclock pixels has an error of 0.0755 adu; limits are four standard errors.
 */
@Tag("validation")
class FrameLevelsTest {
    private static final String UF = "xtend/event_uf/xa900000001xtd_";
    private static final String EXPOSURE = UF + "a0exp.fits";
    private static final String DARK = UF + "a030000010_dark.fits";
    private static final double NOISE = 5.4;
    private static final double BIAS_ERROR = NOISE / Math.sqrt(640 * 8);
    private static final int CYCLES = Observations.scaled(40);
    private static final int DARK_CYCLES = 16;
    /** The drift of the simulator: 4 adu in 1,000 s, from the first dark cycle on; per cycle. */
    private static final double DRIFT = 0.016;

    @TempDir
    static Path shared;
    @TempDir
    Path dir;

    private static Path observation;
    private static Path fixed;

    @BeforeAll
    static void simulateDriftAlone() {
        observation = Observations.simulate(SimulationConfig.of(SceneKind.BLANK, 21, CYCLES).withDarkCycles(DARK_CYCLES)
                .withCcds(List.of(1)).withEffects(EnumSet.of(Effect.NOISE, Effect.DARK, Effect.DARK_DRIFT)), shared);
        fixed = reduce(shared.resolve("fixed"), "auto");
    }

    private static Path reduce(Path out, String method, Object... more) {
        Object[] words = {"run", observation, "--out", out, "--exit", "events", "--set", "dark.write=yes", "--set",
            "dark.method=" + method};
        Object[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        assertThat(Observations.run(all)).isZero();
        return out;
    }

    private static double[] rows(Path out, String column) {
        return Observations.columns(out.resolve(EXPOSURE), "EXPOSURE", column).getFirst();
    }

    private static double[] image(Path file, String name) {
        try (FitsReader f = FitsReader.open(file)) {
            return Image.read(f, f.need(name)).values();
        }
    }

    private static double mean(double[] v) {
        return Arrays.stream(v).average().orElseThrow();
    }

    private static double rms(double[] v, double centre) {
        return Math.sqrt(Arrays.stream(v).map(x -> (x - centre) * (x - centre)).average().orElseThrow());
    }

    private static double[] minus(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    }

    @Test
    void biasOfEvenAndOddColumnsIsRecoveredWithItsErrors() {
        List<double[]> truth = Observations.columns(observation.resolve("truth/levels.fits"), "BIAS", "SEGMENT",
                "BIAS_EVEN", "BIAS_ODD");
        double[] segment = rows(fixed, "SEGMENT");
        for (String parity : List.of("EVEN", "ODD")) {
            double[] level = rows(fixed, "BIAS_" + parity);
            double[] error = rows(fixed, "ERR_" + parity);
            double[] true2 = truth.get(parity.equals("EVEN") ? 1 : 2);
            for (int s = 0; s < 2; s++) {
                double[] of = IntStream.range(0, level.length).filter(side(segment, s)).mapToDouble(i -> level[i])
                        .toArray();
                double found = mean(of);
                double expected = true2[truth.getFirst()[0] == s ? 0 : 1];
                Observations.tell("bias %s of segment %d: %+.4f +- %.4f adu off, scatter %.4f, error said %.4f", parity,
                        s, found - expected, BIAS_ERROR / Math.sqrt(of.length), rms(of, found), error[0]);
                assertThat(found).isCloseTo(expected, within(4 * BIAS_ERROR / Math.sqrt(of.length)));
                assertThat(rms(of, found)).isCloseTo(BIAS_ERROR, within(4 * BIAS_ERROR / Math.sqrt(2 * of.length)));
            }
            assertThat(mean(error)).isCloseTo(BIAS_ERROR, within(0.01 * BIAS_ERROR));
            // the ADC rounds: noise of 1/12 adu^2 is added
            assertThat(mean(rows(fixed, "NOISE_" + parity))).isCloseTo(Math.sqrt(NOISE * NOISE + 1 / 12.0),
                    within(0.02));
        }
    }

    private static java.util.function.IntPredicate side(double[] segment, int s) {
        return i -> segment[i] == s;
    }

    @Test
    void darkOfEveryPixelIsRecovered() {
        for (String[] p : new String[][] {{"100", "10"}, {"111", "11"}}) {
            double[] off = minus(image(fixed.resolve(DARK), "DARK" + p[0]),
                    image(observation.resolve("truth/levels.fits"), "DARK" + p[1]));
            double drift = DRIFT * (DARK_CYCLES - 1) / 2;
            // bias errors of the dark frames, even and odd apart, do not average out over the pixels
            double error = BIAS_ERROR / Math.sqrt(2 * DARK_CYCLES);
            Observations.tell("dark %s: %+.4f adu off, expected %+.4f +- %.4f; pixel rms %.3f", p[1], mean(off), drift,
                    error, rms(off, mean(off)));
            assertThat(mean(off)).isCloseTo(drift, within(4 * error));
            // trimmed mean of 16 less 2x3: between the mean of 16 and that of 10
            assertThat(rms(off, mean(off))).isBetween(NOISE / Math.sqrt(16), NOISE / Math.sqrt(10));
        }
    }

    private static SimpleRegression drift(Path out, int skip) {
        double[] residual = rows(out, "DARKRES");
        double[] time = rows(out, "TIME");
        SimpleRegression r = new SimpleRegression();
        IntStream.range(2 * skip, residual.length).forEach(i -> r.addData(time[i] - time[0], residual[i]));
        return r;
    }

    @Test
    void driftIsSeenAgainstAFixedDark() {
        SimpleRegression r = drift(fixed, 0);
        Observations.tell("drift %.3f +- %.3f adu in 1,000 s", 1000 * r.getSlope(), 1000 * r.getSlopeStdErr());
        assertThat(r.getSlope() * 1000).isCloseTo(4, within(4000 * r.getSlopeStdErr()));
        assertThat(r.getSlope()).as("and it is not nil").isGreaterThan(8 * r.getSlopeStdErr());
        assertThat(rows(fixed, "DARKAGE")[2 * CYCLES - 1]).isEqualTo(4.0 * CYCLES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "rollmean", "rollmedian"})
    void darksThatFollowTakeTheDriftOffWhateverTheThreads(String method) throws IOException {
        Object[] short21 = {"--set", "dark.frames=7", "--set", "dark.weight=0.25"};
        Path one = reduce(dir.resolve("one"), method, join(short21, "--threads", 1));
        SimpleRegression r = drift(one, 10);
        // a steady drift leaves a steady lag: (1-w)/w + 1 frames of the running update, (K+1)/2 of a window of K
        double lag = 4 * DRIFT;
        double last = DRIFT * (DARK_CYCLES + CYCLES - 1);
        double end = mean(minus(image(one.resolve(DARK), "DARK100"),
                image(observation.resolve("truth/levels.fits"), "DARK10")));
        double error = BIAS_ERROR / Math.sqrt(2 * 7);
        Observations.tell("%s: drift left %.3f +- %.3f adu in 1,000 s, residual %.3f, level at the end %+.3f of %.3f",
                method, 1000 * r.getSlope(), 1000 * r.getSlopeStdErr(), r.predict(2.0 * CYCLES), end, last);
        assertThat(r.getSlope()).isCloseTo(0, within(4 * r.getSlopeStdErr()));
        assertThat(end).isCloseTo(last - (lag - DRIFT), within(4 * error));
        Path two = reduce(dir.resolve("two"), method, join(short21, "--threads", 2));
        for (String file : List.of(EXPOSURE, UF + "p030000010_uf.evt", DARK)) {
            assertThat(sums(two.resolve(file))).as(file).isEqualTo(sums(one.resolve(file)));
        }
    }

    private static Object[] join(Object[] a, Object... b) {
        Object[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static List<String> sums(Path file) {
        try (FitsReader r = FitsReader.open(file)) {
            return r.hdus().stream().map(h -> h.name() + h.keywords().needText("DATASUM")).toList();
        }
    }

    @Test
    void aStaleDarkWarnsOrEndsTheRun() throws IOException {
        Path warned = reduce(dir.resolve("warned"), "auto", "--set", "dark.maxage=30");
        assertThat(Files.readString(warned.resolve("log/run.json"))).contains("the dark is stale for")
                .contains("age up to " + 4 * CYCLES + " s");
        double[] stale = rows(warned, "DARKSTAL");
        assertThat(stale[0]).isZero();
        assertThat(stale[stale.length - 1]).isEqualTo(1);
        Path out = dir.resolve("refused");
        assertThat(Observations.run("run", observation, "--out", out, "--set", "dark.maxage=30", "--set",
                "dark.stale=error")).isEqualTo(3);
        assertThat(out.resolve(EXPOSURE)).doesNotExist();
        assertThat(Files.readString(fixed.resolve("log/run.json"))).doesNotContain("stale for");
    }

    @Test
    void gainOfEvenAndOddColumnsIsRecovered() {
        Path source = Observations.simulate(SimulationConfig.of(SceneKind.FE55, 5, Observations.scaled(60))
                .withDarkCycles(12).withCcds(List.of(1)).withEffects(EnumSet.of(Effect.NOISE, Effect.FANO,
                Effect.SPREAD, Effect.LINE_WIDTH, Effect.EVEN_ODD)), dir);
        Object[] words = {"run", source, "--out", dir.resolve("out"), "--exit", "calibrate", "--caldb",
            source.resolve("truth/caldb")};
        assertThat(Observations.run(join(words, "--set", "evenodd.evnoddcor=no"))).isZero();
        double[] before = evenMinusOdd();
        assertThat(Observations.run(words)).isZero();
        double[] after = evenMinusOdd();
        Observations.tell("even minus odd, Mn Ka: %.1f +- %.1f eV before, %.1f +- %.1f after the correction", before[0],
                before[1], after[0], after[1]);
        assertThat(Math.abs(before[0])).as("the effect is there").isGreaterThan(5 * before[1]);
        assertThat(after[0]).isCloseTo(0, within(4 * after[1]));
    }

    /** Difference of the mean energies of single-pixel Mn Ka events in even and odd columns, and its error, eV. */
    private double[] evenMinusOdd() {
        List<double[]> e = Observations.columns(dir.resolve("out/" + UF + "p030000010_uf.evt"), "EVENTS", "RAWX",
                "GRADE", "PI");
        double difference = 0;
        double variance = 0;
        for (int parity = 0; parity < 2; parity++) {
            int p = parity;
            double[] energy = IntStream.range(0, e.get(0).length)
                    .filter(i -> e.get(0)[i] % 2 == p && e.get(1)[i] == 0 && Math.abs(6 * e.get(2)[i] - 5895) < 300)
                    .mapToDouble(i -> 6 * (e.get(2)[i] + 0.5)).toArray();
            double mean = mean(energy);
            difference += parity == 0 ? mean : -mean;
            variance += rms(energy, mean) * rms(energy, mean) / energy.length;
        }
        return new double[] {difference, Math.sqrt(variance)};
    }
}
