// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.goffset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.Events;
import org.xtendsxi.calib.common.HistogramBank;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.calib.gain.GainCurve;

/**
 * Pulse heights of lines by grade group, as distances from where the gain in force has the line in each segment, so
 * that segments of different gain can be taken together. Distances are from the whole channel below, and PHA is a whole
 * number: bins are exact.
 */
final class OffsetTally {
    /** Grade groups of the CTI table; each is measured on its X-ray grades. */
    static final int GROUPS = 4;
    private static final int SUM = GROUPS;
    private static final int PIXELS = 9;
    private static final double REACH = 60;
    private static final double NOISE_EV = 33;
    private static final double FANO_EV = 0.115 * 3.65;

    private final List<NaturalLine> lines;
    private final List<NaturalLine.Table> tables;
    private final double[][] target;
    private final double[][] scale;
    private final List<HistogramBank> banks = new ArrayList<>();
    private final double[][] fraction;
    private final double[][] place;
    private final long[][] counted;
    private final boolean perSegment;
    private final Selection selection;

    /**
     * Nothing counted yet.
     *
     * @param gain gain in force
     * @param lines lines
     * @param source part of the camera
     * @param perSegment whether segments are kept apart
     */
    OffsetTally(GainTable gain, List<NaturalLine> lines, Selection.Source source, boolean perSegment) {
        this.lines = List.copyOf(lines);
        this.tables = lines.stream().map(NaturalLine::table).toList();
        this.perSegment = perSegment;
        this.selection = new Selection(Grade.GOOD, source);
        int units = perSegment ? SegmentRow.COUNT : 1;
        this.target = new double[lines.size()][SegmentRow.COUNT];
        this.scale = new double[lines.size()][SegmentRow.COUNT];
        this.fraction = new double[lines.size()][units * (GROUPS + 1)];
        this.place = new double[lines.size()][units * (GROUPS + 1)];
        this.counted = new long[lines.size()][units * (GROUPS + 1)];
        for (int l = 0; l < lines.size(); l++) {
            for (int s = 0; s < SegmentRow.COUNT; s++) {
                if (gain.row(s) >= 0) {
                    GainCurve c = GainCurve.of(gain, gain.row(s));
                    target[l][s] = c.channel(lines.get(l).energy());
                    scale[l][s] = c.scale(target[l][s]);
                }
            }
            int reach = (int) Math.ceil(2 * REACH);
            banks.add(new HistogramBank(units * (GROUPS + 1), -reach, 1, 2 * reach + 1));
        }
    }

    /** Grade group of an X-ray grade. */
    static int group(int grade) {
        return switch (grade) {
            case 0 -> 0;
            case 2 -> 1;
            case 3, 4 -> 2;
            default -> 3;
        };
    }

    private int unit(int segment) {
        return perSegment ? segment : 0;
    }

    /** Takes a chunk that went through the chain without grade offsets. */
    void accept(EventChunk c) {
        Events e = Events.of(c, selection);
        int[] pha = c.ints("PHA");
        int[] grade = c.ints("GRADE");
        double[] pulse = c.doubles("PHAS_CTICORR");
        for (int i = 0; i < pha.length; i++) {
            if (!e.use()[i]) {
                continue;
            }
            double sum = 0;
            for (int p = 0; p < PIXELS; p++) {
                sum += pulse[i * PIXELS + p];
            }
            int s = e.segmentRow()[i];
            for (int l = 0; l < banks.size(); l++) {
                double base = Math.floor(target[l][s]);
                if (base > 0 && Math.abs(pha[i] - base) < 2 * REACH) {
                    add(l, unit(s) * (GROUPS + 1) + group(grade[i]), pha[i] - base, s, base);
                    add(l, unit(s) * (GROUPS + 1) + SUM, sum - base, s, base);
                }
            }
        }
    }

    private void add(int line, int histogram, double distance, int segment, double base) {
        if (banks.get(line).add(histogram, distance)) {
            fraction[line][histogram] += target[line][segment] - base;
            place[line][histogram] += target[line][segment];
            counted[line][histogram]++;
        }
    }

    /**
     * A line in a grade group.
     *
     * @param pha where it lies without grade offset, channels
     * @param offset what brings it to its place, channels
     * @param error 1-sigma error, channels
     * @param counts events
     * @param perChannel eV per channel
     */
    record Point(double pha, double offset, double error, long counts, double perChannel) {
    }

    /**
     * Measures a line.
     *
     * @param unit segment, or 0 for all
     * @param bySum whether its place is that of the sum of all nine pixels over the X-ray grades, instead of the gain's
     * @return empty if the line does not show
     */
    Optional<Point> point(int line, int unit, int group, boolean bySum) {
        int h = unit * (GROUPS + 1) + group;
        int whole = unit * (GROUPS + 1) + SUM;
        Optional<NaturalPeak> p = peak(line, h, unit);
        Optional<NaturalPeak> reference = bySum ? peak(line, whole, unit) : p;
        if (p.isEmpty() || reference.isEmpty()) {
            return Optional.empty();
        }
        double mean = fraction[line][h] / counted[line][h];
        double middle = place[line][h] / counted[line][h];
        double goal = bySum ? reference.get().centre() : mean;
        double error = bySum ? Math.hypot(p.get().centreError(), reference.get().centreError()) : p.get().centreError();
        return Optional.of(new Point(middle - mean + p.get().centre(), goal - p.get().centre(), error, p.get().counts(),
                perChannel(line, unit)));
    }

    private double perChannel(int line, int unit) {
        int s = unit;
        while (scale[line][s] == 0) {
            s++;
        }
        return scale[line][s];
    }

    private Optional<NaturalPeak> peak(int line, int histogram, int unit) {
        double perChannel = perChannel(line, unit);
        double sigma = Math.hypot(NOISE_EV, Math.sqrt(FANO_EV * lines.get(line).energy())) / perChannel;
        return NaturalPeak.fit(banks.get(line), banks.get(line).counts(histogram), tables.get(line), perChannel, 0,
                REACH,
                sigma);
    }

    /** Events of a group in all windows. */
    long events(int unit, int group) {
        long n = 0;
        for (long[] c : counted) {
            n += c[unit * (GROUPS + 1) + group];
        }
        return n;
    }

    /** Lines. */
    List<NaturalLine> lines() {
        return lines;
    }
}
