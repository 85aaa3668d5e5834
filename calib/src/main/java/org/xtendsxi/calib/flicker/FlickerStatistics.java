// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.flicker;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.xtendsxi.caldb.pixel.CcdPixel;
import org.xtendsxi.pipeline.flicker.FlickerPixel;

/** How often each pixel flickered; memory grows with the pixels that ever did, not with observations or events. */
final class FlickerStatistics {
    private final TreeMap<Integer, Pixel> pixels = new TreeMap<>();
    private final List<Integer> perObservation = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();

    /**
     * A pixel that flickered.
     *
     * @param ccd CCD_ID
     * @param actX 1..640
     * @param actY 1..640
     * @param observations in how many it flickered
     * @param counts events in these
     * @param seconds exposure of these, s
     * @param channels sum of the mean PI weighted by events
     * @param first start of the first of these, s
     * @param last end of the last of these, s
     */
    record Pixel(int ccd, int actX, int actY, int observations, long counts, double seconds, double channels,
            double first,
            double last) {
        /** Events per second while it flickers. */
        double rate() {
            return seconds > 0 ? counts / seconds : Double.NaN;
        }

        /** Mean PI. */
        double meanChannel() {
            return channels / counts;
        }

        private Pixel plus(FlickerPixel p, double exposure) {
            return new Pixel(ccd, actX, actY, observations + 1, counts + p.counts(), seconds + exposure,
                    channels + (double) p.counts() * p.channel(), Math.min(first, p.start()), Math.max(last, p.stop()));
        }
    }

    /** Takes the flickering pixels of an observation. */
    void add(List<FlickerPixel> found, double start, double exposure) {
        for (FlickerPixel p : found) {
            Pixel none = new Pixel(p.chip(), p.x(), p.y(), 0, 0, 0, 0, Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY);
            pixels.merge(CcdPixel.index(p.chip(), p.x() - 1, p.y() - 1), none.plus(p, exposure),
                    (old, one) -> old.plus(p, exposure));
        }
        perObservation.add(found.size());
        starts.add(start);
    }

    /** Observations searched. */
    int observations() {
        return perObservation.size();
    }

    /** Flickering pixels of each observation, in the order taken. */
    double[] perObservation() {
        return perObservation.stream().mapToDouble(Integer::doubleValue).toArray();
    }

    /** Start of each observation, s. */
    double[] starts() {
        return starts.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** All pixels that ever flickered, by CCD, column and row. */
    List<Pixel> pixels() {
        return List.copyOf(pixels.values());
    }
}
