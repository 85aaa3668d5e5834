// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationLine;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.calib.common.Selection;

/**
 * From frames with known faults to a calibration database, beginning with the model: the recipe docs/closed-loop.yaml
 * finds the parameters of the truth within their uncertainties, and its database puts the lines back to their energies.
 * The long form stands in docs/calibration-validation.md; {@code -Dsxi.loop.seconds=5760} does it here.
 */
@Tag("validation")
class ClosedLoopTest {
    private static final int SECONDS = Integer.getInteger("sxi.loop.seconds", 160);
    /** Exposure from which all parameters can be told apart, s. */
    private static final int ENOUGH = 2000;
    /** Photons of all lines in the whole camera, 1/s; a short exposure has a source twice as bright. */
    private static final double RATE = SECONDS < ENOUGH ? 800 : 400;
    /** What less data do not tell: shapes of the sawtooth and powers of pulse height. */
    private static final String HELD = "peak-counts: 60, "
            + "fix: [PARA_F_INDEX=-0.3, PARA_F_SCALE=30, PARA_S_INDEX=-0.4, PARA_S_PROB=0.3]";
    private static final double LINE = 5895;
    private static final double LARGEST_PULL = 4;

    @TempDir
    static Path dir;

    @BeforeAll
    static void calibrate() throws IOException {
        Chamber.observe(dir, "ground", SECONDS, RATE, "all,even-odd");
        Chamber.observe(dir, "flight", SECONDS, RATE, "all,even-odd,cti,charge-injection,trail");
        String recipe = Files.readString(Path.of("../docs/closed-loop.yaml"));
        if (SECONDS < ENOUGH) {
            recipe = recipe.replace("bin: 16", "bin: 160").replace("peak-counts: 200", HELD);
        }
        Chamber.sxi("calib", "recipe", Files.writeString(dir.resolve("loop.yaml"), recipe), "--out",
                dir.resolve("loop"));
    }

    private static Path only(Path folder, String pattern) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.getFileName().toString().matches(pattern)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Departures from the truth in units of the uncertainty of all parameters of whole segments that were fitted. */
    private static List<Double> pulls(String step, String word) {
        List<Double> out = new ArrayList<>();
        Path truth = only(dir.resolve("flight/900000001/truth/caldb"), "xa_xtd_" + word + "_.*");
        Path found = only(dir.resolve("loop/steps/" + step), "xa_xtd_.*\\.fits");
        try (FitsReader t = FitsReader.open(truth); EventChunk table = t.whole(t.hdus().get(1));
                FitsReader f = FitsReader.open(found); EventChunk r = f.whole(f.need("FIT_RESULTS"))) {
            String[] names = r.texts("PARAMETER");
            double[] error = r.doubles("ERROR");
            for (int i = 0; i < names.length; i++) {
                String[] name = names[i].strip().split("/");
                if (error[i] > 0 && r.ints("RAWX")[i] < 0) {
                    double pull = (r.doubles("VALUE")[i] - truth(table, r, i, name)) / error[i];
                    assertThat(pull).as("%s of %s, %s", names[i], step, r.ints("SEGMENT")[i])
                            .isBetween(-LARGEST_PULL, LARGEST_PULL);
                    out.add(pull);
                }
            }
        }
        return out;
    }

    /** Value of the truth: mean of the columns of the row of a finding. */
    private static double truth(EventChunk table, EventChunk found, int finding, String[] name) {
        int row = 0;
        while (!matches(table, row, found, finding, name)) {
            row++;
        }
        double[] v = table.doubles(name[0]);
        int width = v.length / table.rows();
        return Arrays.stream(v, row * width, (row + 1) * width).average().orElseThrow();
    }

    private static boolean matches(EventChunk table, int row, EventChunk found, int finding, String[] name) {
        boolean same = Stream.of("CCD_ID", "SEGMENT", "READNODE")
                .allMatch(k -> table.ints(k)[row] == found.ints(k)[finding]);
        return same && (name.length == 1 || table.ints("EVEN_ODD")[row] == (name[1].startsWith("E") ? 0 : 1)
                && table.ints("ADCAVE")[row] == Integer.parseInt(name[1].substring(1)));
    }

    @Test
    void parametersAreThoseOfTheTruth() {
        List<Double> evenOdd = pulls("02-evenodd", "vtevnodd");
        List<Double> trail = pulls("03-trail", "chtrail");
        List<Double> cti = pulls("05-cti", "cti");
        assertThat(evenOdd).as("two segments, two parities, gain, its curvature, temperature")
                .hasSizeGreaterThanOrEqualTo(12);
        assertThat(trail).as("two segments, two directions, loss and its power").hasSizeGreaterThanOrEqualTo(8);
        assertThat(cti).as("two segments, fast and slow loss, sawtooth").hasSizeGreaterThanOrEqualTo(6);
        List<Double> all = Stream.of(evenOdd, trail, cti).flatMap(List::stream).toList();
        double rms = Math.sqrt(all.stream().mapToDouble(p -> p * p).average().orElseThrow());
        assertThat(rms).as("rms of %d pulls", all.size()).isBetween(0.6, 1.4);
    }

    /** The line in the good events of the observation with all faults, by a database. */
    private static NaturalPeak line(Path database) {
        HistogramBank pi = new HistogramBank(1, 0, 1, Sxi.CHANNELS);
        Path hk = only(dir.resolve("flight/900000001/xtend/hk"), ".*\\.hk");
        CalibrationData.open(List.of(only(dir.resolve("flight.out/xtend/event_uf"), ".*_uf\\.evt")),
                Optional.of(database), List.of(hk)).stream(Console.silent(), c -> {
                    boolean[] use = Events.of(c, new Selection(Grade.GOOD, Selection.Source.ALL)).use();
                    int[] v = c.ints("PI");
                    for (int i = 0; i < v.length; i++) {
                        if (use[i]) {
                            pi.add(0, v[i]);
                        }
                    }
                });
        NaturalLine natural = NaturalLine.of(new CalibrationLine("line", LINE));
        return NaturalPeak.fit(pi, pi.counts(0), natural.table(), Sxi.EV_PER_CHANNEL, LINE / Sxi.EV_PER_CHANNEL, 60, 12)
                .orElseThrow();
    }

    @Test
    void theLineIsAtItsEnergy() {
        NaturalPeak after = line(dir.resolve("loop/caldb"));
        assertThat(after.centre() * Sxi.EV_PER_CHANNEL).isCloseTo(LINE,
                within(2 + 3 * after.centreError() * Sxi.EV_PER_CHANNEL));
        assertThat(after.fwhm() * Sxi.EV_PER_CHANNEL).isCloseTo(175.4,
                within(5 + 3 * after.fwhm() * Sxi.EV_PER_CHANNEL * after.sigmaError() / after.sigma()));
        NaturalPeak before = line(Caldb.model().root());
        assertThat(before.centre() * Sxi.EV_PER_CHANNEL).as("with the model calibration").isLessThan(LINE - 50);
    }
}
