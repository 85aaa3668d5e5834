// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.dark.DarkMap;

/** The darks of a run by CCD, segment and node: RAWX counts from the node, so each node has a map of its own. */
public final class DarkMaps {
    private final List<Optional<DarkMap>> maps;
    private final double[] newest;

    /**
     * Puts maps together.
     *
     * @param maps by {@link #slot}
     * @param newest time of the newest frame in each, s; NaN for a map without frames
     */
    DarkMaps(List<Optional<DarkMap>> maps, double[] newest) {
        this.maps = List.copyOf(maps);
        this.newest = newest;
    }

    static int slot(int ccdId, int segment, int readNode) {
        return 2 * Sxi.segmentIndex(ccdId, segment) + readNode;
    }

    /** Maps that subtract nothing. */
    public static DarkMaps none(FrameGeometry geometry) {
        Optional<DarkMap> zero = Optional.of(DarkMap.none(geometry.active() * geometry.rows()));
        List<Optional<DarkMap>> all = new ArrayList<>();
        for (int i = 0; i < 2 * Sxi.ALL_SEGMENTS; i++) {
            all.add(zero);
        }
        double[] never = new double[all.size()];
        Arrays.fill(never, Double.NaN);
        return new DarkMaps(all, never);
    }

    /** Age of a dark at a time, s; not negative, for a dark may be made of later frames; NaN if it has no frames. */
    static double age(double time, double newest) {
        return Math.max(0, time - newest);
    }

    /** Time of the newest frame in the dark of a segment, s. */
    double newest(int ccdId, int segment, int readNode) {
        return newest[slot(ccdId, segment, readNode)];
    }

    Optional<DarkMap> at(int slot) {
        return maps.get(slot);
    }

    /**
     * One map with its place.
     *
     * @param ccdId 0..3
     * @param segment 0..1
     * @param readNode 0..1
     * @param map the dark
     */
    public record Placed(int ccdId, int segment, int readNode, DarkMap map) {
    }

    /** All maps made of frames, in the order of CCD, segment and node. */
    public List<Placed> placed() {
        return IntStream.range(0, maps.size()).filter(i -> maps.get(i).filter(m -> m.frames() > 0).isPresent())
                .mapToObj(i -> new Placed(i / 2 / Sxi.SEGMENTS, i / 2 % Sxi.SEGMENTS, i % 2, maps.get(i).get()))
                .toList();
    }

    /** The dark of a segment, if there were frames of it. */
    public Optional<DarkMap> find(int ccdId, int segment, int readNode) {
        return maps.get(slot(ccdId, segment, readNode));
    }

    /**
     * The dark of a segment.
     *
     * @throws SxiException (data) if there were no frames of it
     */
    public DarkMap need(int ccdId, int segment, int readNode) {
        return find(ccdId, segment, readNode).orElseThrow(() -> SxiException.data("segment has no dark")
                .value("CCD_ID " + ccdId + ", SEGMENT " + segment + ", READNODE " + readNode)
                .limit("dark frames of every segment and node that has raw frames")
                .todo("give dark frames of this segment, or set dark.method=median").build());
    }

    /**
     * A pixel above the hot limit, in chip coordinates.
     *
     * @param ccdId 0..3
     * @param actX 1..640
     * @param actY 1..640
     * @param level dark level, adu; the highest of its sub-exposures in window modes
     */
    public record HotPixel(int ccdId, int actX, int actY, double level) {
    }

    /** All hot pixels in the order of CCD, segment, node, row and column. */
    public List<HotPixel> hotPixels(FrameHeader header) {
        List<HotPixel> out = new ArrayList<>();
        int width = header.geometry().active();
        int block = header.mode().windowed() ? header.windowSize() : header.geometry().rows();
        int start = header.mode().windowed() ? header.windowStart() : 1;
        for (int slot = 0; slot < maps.size(); slot++) {
            if (maps.get(slot).isEmpty()) {
                continue;
            }
            DarkMap map = maps.get(slot).get();
            int segment = slot / 2 % Sxi.SEGMENTS;
            for (int place = 0; place < block * width; place++) {
                double level = Double.NEGATIVE_INFINITY;
                for (int i = place; i < map.level().pixels(); i += block * width) {
                    level = map.hot().get(i) ? Math.max(level, map.level().at(i)) : level;
                }
                if (level > Double.NEGATIVE_INFINITY) {
                    out.add(new HotPixel(slot / 2 / Sxi.SEGMENTS, ReadNode.actX(segment, slot % 2, place % width),
                            place / width + start, level));
                }
            }
        }
        return out;
    }
}
