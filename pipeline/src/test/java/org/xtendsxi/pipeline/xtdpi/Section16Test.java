// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
 * The eight test vectors of section 16 of the energy-chain specification: outputs of the original functions. Columns: time,
 * CCD_ID, SEGMENT, READNODE, RAWX, ACTX, ACTY, ADCAVE, GRADE, PHA, P_OUTER_MOST, PHAS_MASK; pulse heights at the start and
 * after each correction; results.
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
    @CsvSource(delimiter = '|', textBlock = """
            2 0 0 0 150 151 400 1 0 1200 0|0|1200.5 3.5 12.25 -2 8 6.5 1 4.75 0.5|1200.644120025 3.757001225 12.25001500625 -2 8.2660064 6.763004225 1.2520001 4.75000225625 0.751000025|1204.14846052221 3.757001225 12.4254004760601 -2 8.27403465549387 4.51818104751564 1.2520001 1.40578297116801 0.751000025|1213.08503748709 3.8359683351898 12.6868437527627 -2 8.4486277163166 4.61372367429405 1.2686035917043 1.42444564049976 0.760980595582517|1213.0850374870868 0 1197
            2 0 0 0 319 320 163 1 2 900 0|0|900.5 3 160 2 5 40 1 4 6|902.632090025 3.0000009 160.57256 2.21381548366979 5.0000025 39.526602187261 1.0000001 4.2580016 6.14145106964934|904.612209587667 3.0000009 161.34431083148 2.21381548366979 5.01015350359277 39.526602187261 1.0000001 2.08182177852585 6.14145106964934|910.555437328153 3.04026542436517 162.474083677869 2.23503642772485 5.07819753976885 39.8710842048 1.01373998283642 2.11045152329971 6.20171487720251|1115.135641638546 6 1101
            3 0 1 1 0 321 500 1 3 500 0|0|500.25 2 3 4 220 6 7 8 9|499.7998000125 1.96506588833165 2.9970018 4.2540032 216.161877633912 6.2560072 6.8777339879579 7.9920128 9.2590162|501.926318361665 1.96506588833165 3.04403222554978 4.2540032 216.161877633912 5.74925304466223 6.8777339879579 5.82561858059803 9.2590162|506.939499150267 2.00450933377367 3.08759062746843 4.31495224468794 218.266013794889 5.83227025316319 7.01794688050565 5.91028094500562 9.39374475407812|725.2055129451568 3 716
            1 0 0 0 0 1 82 1 0 250 0|0|250.5 10 11 12 13 9 8 7 6|250.506275025 10.27001 11.0000121 12.2740144 13.2760169 9.2680081 8.2660064 7.0000049 6.2620036|250.506275025 10.27001 11.0000121 12.2740144 13.2760169 9.2680081 8.2660064 7.0000049 6.2620036|253.450736271266 10.27001 11.0952446420346 12.3804100122991 13.2760169 9.34936378378258 8.2660064 7.06213693911005 6.31765492521028|253.4507362712662 0 249
            1 1 0 0 99 100 350 2 0 1800 0|0|1800.5 1 2 3 4 5 6 7 8|1804.575180025 0.9000001 2.1540004 2.9000009 3.9000016 4.9000025 5.9000036 7.1640049 7.9000064|1808.93194592397 0.9000001 2.18335834782572 2.9000009 3.90267018581612 1.46789979883028 5.9000036 3.09816480850451 7.9000064|1818.88181263443 0.913701681194891 2.21896055667354 2.94424952403159 3.96251097422685 1.49045804990817 5.99111067258049 3.14937372186096 8.02227103898403|1818.8818126344254 0 1799
            1 1 0 0 199 200 330 2 6 1000 0|0|700.5 5 6 7 4 120 3 90 140|702.100070025 4.9000025 6.1620036 6.9000049 3.9000016 119.90144 2.9000009 90.33081 139.90196|704.599100158976 4.9000025 6.24429367115356 6.9000049 3.90523613371624 118.671637667958 2.9000009 88.0698574531459 139.90196|712.108341495933 4.97368844097714 6.34833345898142 7.0039762561653 3.96453537891479 119.745615900839 2.94445836280591 89.0756207978532 141.103395917292|1062.0329741119172 11 1048
            1 1 0 0 50 51 330 2 6 1000 0|1|700.5 5 6 7 4 120 3 90 10|700.449070025 5.1600025 5.9000036 7.1640049 4.1580016 120.39144 3.1560009 89.90081 10.17001|702.715347963297 5.1600025 5.97879480941284 7.1640049 4.15950623233421 119.401742708244 3.1560009 87.6430353716611 10.17001|709.294937078195 5.22593960034766 6.05528541072349 7.25576717938175 4.21317610143361 120.318587311778 3.19711264136044 88.4052859968174 10.302804059085|0.0 6 1
            6 2 0 1 10 310 330 0 2 1000 8192|0|700.5 5 6 7 4 8 3 200 10|700.39814005 5.060005 5.8000072 7.0640098 4.0580032 8.0660128 3.0560018 199.808 10.07002|702.604523528188 5.060005 5.87746301407631 7.0640098 4.05842275613808 7.13863847065947 3.0560018 197.550319200839 10.07002|707.976995932648 5.11982920909443 5.94703839398028 7.14773495774844 4.10687234926129 7.22407172715876 3.09283372966938 198.722176777669 10.1916890127318|906.6991727103167 10 895
            """)
    void vectorIsReproduced(String address, int masked, String in, String evenOdd, String trail, String cti, String last) {
        Compat compat = Compat.HEASOFT_6_20;
        double[] q = numbers(in);
        double[] expected = numbers(last);
        try (EventChunk c = event(address, masked)) {
            PulseBatch b = PulseBatch.of(c);
            new EvenOddCorrection(new EvenOddCorrection.Settings(true, true, 8, compat), readout,
                    SyntheticTables.evenOdd(), Optional.of(SyntheticTables.temperature())).apply(b, 0, 1, q, 0);
            assertThat(q).containsExactly(numbers(evenOdd), DIGITS);
            new ChargeTrailCorrection(new ChargeTrailCorrection.Settings(false, compat), readout,
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
