// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.pipeline.pulse.EventFixture;
import org.xtendsxi.pipeline.pulse.PulseBatch;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;

/**
 * The charge trail of events whose charge is known: each pixel leaves q·rate(q)·transfers of its charge q to the pixel
 * after it in its row and to the one after it in its column (energy-chain section 7.1), no noise.
 */
@Tag("validation")
class ChargeTrailCorrectionTest {
    /** Channels; 1000 channels are 6 keV. */
    private static final double CHARGE = 1000;
    private static final double EV = 6;
    private static final double RATE_H = 1e-5;
    private static final double RATE_V = 5e-6;
    private static final double INDEX = -0.3;
    private static final double CUT = 20;
    private static final int RAWX = 160;
    private static final int ACTY = 330;
    private final Readout readout = EventFixture.readout();

    private static ChargeTrailTable table(double echoSlope, double echoOffset) {
        return ChargeTrailTable.of(1000, SyntheticTables.segments(),
                SyntheticTables.everyRow(RATE_H, RATE_V, INDEX, INDEX, 0, 0, CUT, echoSlope, echoOffset));
    }

    private static double lost(double q, double rate, double transfers) {
        return q <= 0 ? 0 : q * rate * Math.pow(Math.max(q, CUT) / 1000, INDEX) * transfers;
    }

    /** What is read of nine charges; charge beyond the 3x3 is none. */
    private double[] read(double[] charge, int rawX, int actY) {
        double[] out = new double[EventPixels.INNER];
        for (int k = 0; k < out.length; k++) {
            double h = lost(charge[k], RATE_H, rawX + EventPixels.dx(k) + 1 + readout.underclock()[0]);
            double v = lost(charge[k], RATE_V, actY + EventPixels.dy(k) + readout.imageRows()[0]);
            out[k] += charge[k] - h - v;
            for (int j = 0; j < out.length; j++) {
                boolean row = EventPixels.dy(j) == EventPixels.dy(k);
                boolean column = EventPixels.dx(j) == EventPixels.dx(k);
                out[j] += row && EventPixels.dx(j) == EventPixels.dx(k) + 1 ? h : 0;
                out[j] += column && EventPixels.dy(j) == EventPixels.dy(k) + 1 ? v : 0;
            }
        }
        return out;
    }

    private EventChunk event(int segment, int node, int rawX, int actY) {
        EventChunk c = EventFixture.chunk(0, 1);
        EventFixture.set(c, "SEGMENT", segment);
        EventFixture.set(c, "READNODE", node);
        EventFixture.set(c, "RAWX", rawX);
        EventFixture.set(c, "ACTX", ReadNode.actX(segment, node, rawX));
        EventFixture.set(c, "ACTY", actY);
        return c;
    }

    private double[] corrected(double[] read, ChargeTrailTable table, boolean all, int rawX, int actY) {
        double[] q = read.clone();
        try (EventChunk c = event(0, 0, rawX, actY)) {
            PulseBatch b = PulseBatch.of(c);
            new ChargeTrailCorrection(new ChargeTrailCorrection.Settings(false, all, Compat.STRICT), readout, table)
                    .apply(b, 0, 1, q);
            assertThat(b.status()[0]).as("flag %s", StatusFlag.NEGATIVE_CORRECTION).isZero();
        }
        return q;
    }

    private static double sum(double[] q, double[] charge) {
        double sum = 0;
        for (int k = 0; k < q.length; k++) {
            sum += charge[k] > 0 ? q[k] : 0;
        }
        return sum;
    }

    /**
     * The error of the formula of the reference, eV, from what it leaves alone: it restores the serial loss of 0 and 4
     * and the parallel loss of 0 and 2, and takes away what came from 4 and 2 into 0 and from 0 into 5 and 7.
     */
    private double untouched(double[] charge) {
        List<Integer> serial = List.of(0, 4);
        List<Integer> parallel = List.of(0, 2);
        List<List<Integer>> mended = List.of(List.of(4, 0), List.of(2, 0), List.of(0, 5), List.of(0, 7));
        double sum = 0;
        for (int k = 0; k < charge.length; k++) {
            double h = lost(charge[k], RATE_H, RAWX + EventPixels.dx(k) + 1 + readout.underclock()[0]);
            double v = lost(charge[k], RATE_V, ACTY + EventPixels.dy(k) + readout.imageRows()[0]);
            sum -= (serial.contains(k) ? 0 : h) + (parallel.contains(k) ? 0 : v);
            for (int j = 0; j < charge.length; j++) {
                int dx = EventPixels.dx(j) - EventPixels.dx(k);
                int dy = EventPixels.dy(j) - EventPixels.dy(k);
                if (charge[j] > 0 && !mended.contains(List.of(k, j)) && dx + dy == 1 && dx * dy == 0) {
                    sum += dx == 1 ? h : v;
                }
            }
        }
        return EV * sum;
    }

    /**
     * The same charge in the patterns of each grade. The formula of the reference brings back the whole of a single and
     * leaves the losses of most other pixels, which is why split events come out low; that of all pixels brings each
     * pattern back. Errors in eV; {@code target/charge-trail.txt} lists them.
     */
    @ParameterizedTest
    @CsvSource({"0, 1000 0 0 0 0 0 0 0 0", "2 (pixel 2), 700 0 300 0 0 0 0 0 0", "2 (pixel 7), 700 0 0 0 0 0 0 300 0",
        "3, 700 0 0 0 300 0 0 0 0", "4, 700 0 0 0 0 300 0 0 0", "6 (2 and 4), 500 60 220 0 220 0 0 0 0",
        "6 (2 and 5), 500 0 220 60 0 220 0 0 0", "6 (4 and 7), 500 0 0 0 220 0 60 220 0",
        "6 (5 and 7), 500 0 0 0 0 220 0 220 60"})
    void splitEventsLoseWhatTheirNeighboursLeft(String grade, String pixels) throws IOException {
        double[] charge = Arrays.stream(pixels.split(" ")).mapToDouble(Double::parseDouble).toArray();
        double[] read = read(charge, RAWX, ACTY);
        double raw = EV * (sum(read, charge) - CHARGE);
        double centre = EV * (sum(corrected(read, table(0, 0), false, RAWX, ACTY), charge) - CHARGE);
        double all = EV * (sum(corrected(read, table(0, 0), true, RAWX, ACTY), charge) - CHARGE);
        Files.writeString(Path.of("target/charge-trail.txt"),
                String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.1f |%n", grade, raw, centre, all),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertThat(raw).isLessThan(-15);
        assertThat(all).as("all pixels").isCloseTo(0, within(0.3));
        assertThat(centre).as("centre").isCloseTo(untouched(charge), within(0.3));
    }

    /** Empty pixels get back what they lost, too, and corners are no exception. */
    @Test
    void eachPixelComesBack() {
        double[] charge = {900, 10, 40, 15, 60, 100, 30, 25, 200};
        double[] out = corrected(read(charge, 300, 600), table(0, 0), true, 300, 600);
        for (int k = 0; k < charge.length; k++) {
            assertThat(out[k]).as("pixel %d", k).isCloseTo(charge[k], within(0.1));
        }
        assertThat(read(charge, 300, 600)[8]).isLessThan(charge[8] - 1);
    }

    @Test
    void echoOfTheCentreIsThatOfTheReference() {
        double[] read = {1000, 0, 0, 0, 0, 50, 0, 0, 0};
        ChargeTrailTable without = table(0, 0);
        ChargeTrailTable with = table(-0.002, 0.5);
        for (boolean all : new boolean[] {false, true}) {
            double echo = corrected(read, with, all, RAWX, ACTY)[5] - corrected(read, without, all, RAWX, ACTY)[5];
            assertThat(echo).isCloseTo(-1.5, within(0.05));
        }
    }

    /**
     * At the border the row of pixels is read out to two sides: the column beyond has its own transfers and no leader.
     */
    @ParameterizedTest
    @CsvSource({"0, 0, 319, 1", "0, 1, 0, -1", "1, 0, 319, 1", "1, 1, 0, -1"})
    void chargeDoesNotCrossTheBorderOfSegments(int segment, int node, int rawX, int beyond) {
        double[] q = {500, 0, 0, 0, 0, 0, 0, 0, 0};
        int far = beyond > 0 ? 5 : 4;
        q[far] = 500;
        double[] before = q.clone();
        try (EventChunk c = event(segment, node, rawX, ACTY)) {
            new ChargeTrailCorrection(new ChargeTrailCorrection.Settings(false, true, Compat.STRICT), readout,
                    table(0, 0)).apply(PulseBatch.of(c), 0, 1, q);
        }
        int other = readout.activeNode()[1 - segment];
        int farRawX = ReadNode.rawX(1 - segment, other, segment == 0 ? 321 : 320);
        double v = lost(500, RATE_V, ACTY + 640);
        assertThat(q[0] - before[0]).isCloseTo(v + lost(500, RATE_H, rawX + 1 + 4), within(1e-9));
        assertThat(q[far] - before[far]).isCloseTo(v + lost(500, RATE_H, farRawX + 1 + 4), within(1e-9));
        assertThat(q[beyond > 0 ? 8 : 6]).as("parallel trail beyond the border").isCloseTo(-v, within(1e-9));
    }

    /** Noise of either sign: a pixel below zero leaves nothing, and nothing is lost or won by it. */
    @Test
    void pixelsWithoutChargeLeaveNothing() {
        double[] read = {-3, -20, -5, -1, -8, -2, -7, -4, -30};
        assertThat(corrected(read, table(0, 0), true, RAWX, ACTY)).containsExactly(read);
    }

    @Test
    void aTableWithoutTheSegmentIsRefused() {
        ChargeTrailTable one = ChargeTrailTable.of(1000, new int[] {4},
                new double[] {RATE_H, RATE_V, INDEX, INDEX, 0, 0, CUT, 0, 0});
        assertThatThrownBy(() -> corrected(new double[9], one, true, RAWX, ACTY)).isInstanceOf(SxiException.class)
                .hasMessageContaining("CCD_ID 0, SEGMENT 0");
    }
}
