// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.evenodd;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.calib.common.CalibrationData;

/**
 * Temperatures of the video boards in all observations, C.
 *
 * @param files those of each observation, empty without housekeeping
 */
record VideoSwings(List<Optional<VideoTemperature>> files) {
    /** Farthest apart that two samples may be for a temperature between them, s (energy-chain section 6.2). */
    private static final double MAX_GAP = 8;

    /** Lowest and highest temperature. */
    record Range(double low, double high) {
        double width() {
            return high - low;
        }
    }

    /** Temperatures of some observations. */
    static VideoSwings of(CalibrationData data) {
        return new VideoSwings(IntStream.range(0, data.files().size()).mapToObj(data::temperature).toList());
    }

    /** Range of the board of a CCD; 0 to 0 without housekeeping. */
    Range range(int ccd) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (VideoTemperature v : files.stream().flatMap(Optional::stream).toList()) {
            for (int i = 0; i < v.size(ccd); i++) {
                low = Math.min(low, v.value(ccd, i));
                high = Math.max(high, v.value(ccd, i));
            }
        }
        return low <= high ? new Range(low, high) : new Range(0, 0);
    }

    /** Range of all boards. */
    Range range() {
        List<Range> all = IntStream.range(0, Sxi.CCDS).mapToObj(this::range).toList();
        return new Range(all.stream().mapToDouble(Range::low).min().orElseThrow(),
                all.stream().mapToDouble(Range::high).max().orElseThrow());
    }

    /** Temperature at a time of an observation, NaN if no sample is near; 0 without housekeeping. */
    double at(int file, int ccd, double time) {
        return files.get(file).map(v -> between(v, ccd, time)).orElse(0.0);
    }

    private static double between(VideoTemperature v, int ccd, double t) {
        int next = v.firstAfter(ccd, t);
        if (next == 0 || next == v.size(ccd)) {
            return Double.NaN;
        }
        double gap = v.time(ccd, next) - v.time(ccd, next - 1);
        double part = (t - v.time(ccd, next - 1)) / gap;
        return gap > MAX_GAP ? Double.NaN : (1 - part) * v.value(ccd, next - 1) + part * v.value(ccd, next);
    }
}
