// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.dark.DarkMap;

/** The darks of a run by CCD, segment and node: RAWX counts from the node, so each node has a map of its own. */
public final class DarkMaps {
    private final List<Optional<DarkMap>> maps;

    DarkMaps(List<Optional<DarkMap>> maps) {
        this.maps = List.copyOf(maps);
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
        return new DarkMaps(all);
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
