// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.List;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;

/**
 * Parts of the detector plane that have a line shape of their own. Together they cover the plane without overlap, gaps
 * between the CCDs included, so that every event of a spectrum belongs to one.
 */
enum Division {
    /** All of it. */
    PLANE,
    /** A quarter for each CCD. */
    CCD,
    /** An eighth for each segment. */
    SEGMENT;

    private static final int HALF = Sxi.DET_SIZE / 2;
    private static final double MIDDLE = (Sxi.ACT_SIZE + 1) / 2.0;

    /**
     * A part.
     *
     * @param name for messages and findings
     * @param segmentRow {@link SegmentRow} of the part, for the findings
     * @param cornerX DETX of four corners, in order around it
     * @param cornerY DETY of them
     */
    record Area(String name, int segmentRow, short[] cornerX, short[] cornerY) {
        private static Area of(String name, int segmentRow, int[] x, int[] y) {
            return new Area(name, segmentRow, new short[] {(short) x[0], (short) x[1], (short) x[1], (short) x[0]},
                    new short[] {(short) y[0], (short) y[0], (short) y[1], (short) y[1]});
        }
    }

    /** Number of the part to which a segment belongs. */
    int of(int segmentRow) {
        return switch (this) {
            case PLANE -> 0;
            case CCD -> segmentRow >> 2;
            case SEGMENT -> segmentRow >> 1;
        };
    }

    /**
     * All parts.
     *
     * @param teldef tells where the CCDs lie
     * @param activeNode READNODE in use, by 2*CCD_ID + SEGMENT
     */
    List<Area> areas(TelDef teldef, int[] activeNode) {
        if (this == PLANE) {
            return List.of(Area.of("whole plane", 0, new int[] {1, Sxi.DET_SIZE}, new int[] {1, Sxi.DET_SIZE}));
        }
        if (!(teldef.transformations().get(teldef.index("ACT")) instanceof Transformation.Segmented toDet)) {
            throw SxiException.calibration("TelDef has no map from chip to detector").in(teldef.file())
                    .todo("give a complete TelDef file, or one region").build();
        }
        return IntStream.range(0, this == CCD ? Sxi.CCDS : Sxi.ALL_SEGMENTS)
                .mapToObj(i -> area(i, toDet, activeNode)).toList();
    }

    private Area area(int i, Transformation.Segmented toDet, int[] activeNode) {
        int ccd = this == CCD ? i : i / 2;
        Affine map = toDet.maps().get(ccd);
        int[] x = map.x(MIDDLE, MIDDLE) < HALF + MIDDLE / Sxi.ACT_SIZE ? new int[] {1, HALF}
                : new int[] {HALF + 1, Sxi.DET_SIZE};
        int[] y = map.y(MIDDLE, MIDDLE) < HALF + MIDDLE / Sxi.ACT_SIZE ? new int[] {1, HALF}
                : new int[] {HALF + 1, Sxi.DET_SIZE};
        if (this == CCD) {
            return Area.of("CCD_ID " + ccd, SegmentRow.of(ccd, 0, activeNode[2 * ccd]), x, y);
        }
        double at = i % 2 == 0 ? MIDDLE / 2 : MIDDLE * 3 / 2;
        double alongX = map.x(at, MIDDLE) - map.x(MIDDLE, MIDDLE);
        double alongY = map.y(at, MIDDLE) - map.y(MIDDLE, MIDDLE);
        if (Math.abs(alongX) > Math.abs(alongY)) {
            cut(x, map.x(MIDDLE, MIDDLE), alongX < 0);
        } else {
            cut(y, map.y(MIDDLE, MIDDLE), alongY < 0);
        }
        return Area.of("CCD_ID " + ccd + ", SEGMENT " + i % 2, SegmentRow.of(ccd, i % 2, activeNode[i]), x, y);
    }

    /** Keeps the part of a range below or above a border. */
    private static void cut(int[] range, double border, boolean below) {
        int last = (int) Math.floor(border);
        range[below ? 1 : 0] = below ? last : last + 1;
    }
}
