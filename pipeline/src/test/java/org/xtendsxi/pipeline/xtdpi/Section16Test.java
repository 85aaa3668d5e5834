// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.SplitThresholdTable;
import org.xtendsxi.pipeline.correction.ChargeTrailCorrection;
import org.xtendsxi.pipeline.correction.CtiCorrection;
import org.xtendsxi.pipeline.correction.CtiLosses;
import org.xtendsxi.pipeline.correction.EvenOddCorrection;
import org.xtendsxi.pipeline.correction.SyntheticTables;
import org.xtendsxi.pipeline.energy.GainConversion;
import org.xtendsxi.pipeline.grade.Grader;
import org.xtendsxi.pipeline.grade.SplitThreshold;
import org.xtendsxi.pipeline.grade.SuzakuPatterns;
import org.xtendsxi.pipeline.pulse.EventFixture;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;

/**
 * The eight test vectors of section 16 of the energy-chain specification: outputs of the original functions. Columns:
 * time, CCD_ID, SEGMENT, READNODE, RAWX, ACTX, ACTY, ADCAVE, GRADE, PHA, P_OUTER_MOST, PHAS_MASK; pulse heights at the
 * start and after each correction; results.
 */
@Tag("validation")
class Section16Test {
    private static final Offset<Double> DIGITS = within(2e-11);
    private final Readout readout = EventFixture.readout();

    private static double[] numbers(String text) {
        return java.util.Arrays.stream(text.strip().split(" +")).mapToDouble(Double::parseDouble).toArray();
    }

    private static EventChunk event(String text, int masked) {
        double[] a = numbers(text);
        EventChunk c = EventFixture.chunk(0, 1);
        c.put("TIME", new double[] {a[0]});
        String[] names = {"CCD_ID", "SEGMENT", "READNODE", "RAWX", "ACTX", "ACTY", "ADCAVE", "GRADE", "PHA",
            "P_OUTER_MOST"};
        for (int i = 0; i < names.length; i++) {
            EventFixture.set(c, names[i], (int) a[i + 1]);
        }
        int[] mask = new int[9];
        mask[8] = masked;
        c.put("PHAS_MASK", mask);
        return c;
    }

    @ParameterizedTest
    @CsvFileSource(resources = "section16.csv", delimiter = '|', numLinesToSkip = 1, maxCharsPerColumn = 1000)
    void vectorIsReproduced(String address, int masked, String in, String evenOdd, String trail, String cti,
            String last) {
        Compat compat = Compat.HEASOFT_6_20;
        double[] q = numbers(in);
        double[] expected = numbers(last);
        try (EventChunk c = event(address, masked)) {
            PulseBatch b = PulseBatch.of(c);
            new EvenOddCorrection(new EvenOddCorrection.Settings(true, true, 8, compat), readout,
                    SyntheticTables.evenOdd(), Optional.of(SyntheticTables.temperature())).apply(b, 0, 1, q, 0);
            assertThat(q).containsExactly(numbers(evenOdd), DIGITS);
            new ChargeTrailCorrection(new ChargeTrailCorrection.Settings(false, false, compat), readout,
                    SyntheticTables.trail()).apply(b, 0, 1, q);
            assertThat(q).containsExactly(numbers(trail), DIGITS);
            double[] restored = restore(b, q, compat);
            assertThat(restored).containsExactly(numbers(cti), DIGITS);
            Grader.Result r = new Grader.Result(1);
            grader(compat).apply(b, 0, 1, restored, r);
            int[] pi = new int[1];
            gain(compat).apply(b, r.sum(), pi);
            assertThat(r.sum()[0]).isCloseTo(expected[0], DIGITS);
            assertThat(r.grade()[0]).isEqualTo((int) expected[1]);
            assertThat(pi[0]).isEqualTo((int) expected[2]);
            boolean outOfRange = c.doubles("TIME")[0] == 6;
            assertThat(StatusFlag.TEMPERATURE_RANGE.in(b.status()[0])).isEqualTo(outOfRange);
        }
    }

    private double[] restore(PulseBatch b, double[] q, Compat compat) {
        CtiCorrection c = new CtiCorrection(new CtiCorrection.Settings(Double.NaN, false, compat), readout,
                SyntheticTables.cti(1));
        CtiLosses losses = new CtiLosses(1);
        double[] out = new double[9];
        c.losses(b, 0, 1, q, losses);
        c.restore(b, 0, 1, q, losses,
                c.dependence(b, 0, 1, new CtiCorrection.Before(b.ints("GRADE"), b.ints("PHA"), true, true)), out);
        return out;
    }

    private static Grader grader(Compat compat) {
        SplitThreshold threshold = SplitThreshold.of(SplitThresholdTable.of(SyntheticTables.segments(),
                SyntheticTables.everyRow(15, 0.004)), compat);
        return new Grader(new Grader.Settings(2, true, compat), threshold, SuzakuPatterns.table());
    }

    private static GainConversion gain(Compat compat) {
        return new GainConversion(GainTable.of(SyntheticTables.segments(),
                SyntheticTables.everyRow(1, 0.98, 1e-6, 2, 0.985, 5e-7, -1, 0.99, 0, 300, 1500)), compat);
    }
}
