// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.view;

import java.util.List;
import java.util.Map;

/**
 * Everything that the page draws. Values that are missing are null.
 *
 * @param revision state of the store that it was made from
 * @param from first time, s of mission time
 * @param to last time, s of mission time
 * @param start calendar date of the first time
 * @param query what was asked
 * @param image image of the focal plane
 * @param spectrum spectrum
 * @param lines Mn K alpha of CCDs and segments
 * @param trends series against time by name
 * @param counters what telemetry brought since the first time
 * @param total what telemetry brought since the store began
 */
public record View(long revision, double from, double to, String start, ViewQuery query, Picture image,
        Channels spectrum, List<Line> lines, Map<String, Trend> trends, Counters counters, Counters total) {

    /**
     * An image.
     *
     * @param plane DET or SKY
     * @param x first pixel
     * @param y first pixel
     * @param bin pixels per bin along an axis
     * @param width bins along an axis
     * @param cells index (row * width + column) and counts of the bins that are not empty, alternating
     * @param total counts
     */
    public record Picture(String plane, int x, int y, int bin, int width, int[] cells, long total) {
    }

    /**
     * A spectrum.
     *
     * @param title whose
     * @param counts counts per PI channel from 0, without the empty ones at the end
     * @param total counts
     * @param exposure live time, s
     */
    public record Channels(String title, long[] counts, long total, double exposure) {
    }

    /**
     * Mn K alpha.
     *
     * @param ccd CCD_ID, -1 for all
     * @param segment SEGMENT, -1 for both
     * @param energy centroid, eV
     * @param energyError error, eV
     * @param fwhm width, eV
     * @param fwhmError error, eV
     * @param counts counts in the fitted range
     * @param shift centroid minus that of the day before the first time, eV
     * @param shiftError error, eV
     * @param widening width minus that of the day before the first time, eV
     * @param wideningError error, eV
     */
    public record Line(int ccd, int segment, Double energy, Double energyError, Double fwhm, Double fwhmError,
            long counts, Double shift, Double shiftError, Double widening, Double wideningError) {
    }

    /**
     * What telemetry brought.
     *
     * @param cycles frame groups
     * @param expected segment frames that belong to them
     * @param present segment frames that came
     * @param unusable of these, not read out
     * @param lost segment frames of whole cycles that did not come
     * @param events events extracted
     * @param clean events that the screening keeps
     * @param limited events dropped by the limit per frame
     * @param live live time, s
     */
    public record Counters(long cycles, long expected, long present, long unusable, long lost, long events, long clean,
            long limited, double live) {
    }

    /**
     * Series over common times.
     *
     * @param title name
     * @param unit unit
     * @param time middle of the bins, s since the first time
     * @param names names of the series
     * @param values one list per series, as long as the times
     */
    public record Trend(String title, String unit, List<Double> time, List<String> names, List<List<Double>> values) {
    }
}
