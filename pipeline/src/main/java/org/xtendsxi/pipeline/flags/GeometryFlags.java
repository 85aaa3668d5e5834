// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import java.util.OptionalLong;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.CcdPixel;
import org.xtendsxi.caldb.pixel.PixelMask;
import org.xtendsxi.pipeline.stage.Fault;

/**
 * Flags from the mask and from the header: boundaries, window, area discrimination, charge injection (sections
 * 9.4, 9.5).
 */
final class GeometryFlags {
    private static final int LAST = Sxi.ACT_SIZE - 1;
    /** First columns, from 0, on either side of the border of the segments. */
    private static final int LEFT = Sxi.RAW_COLUMNS - 1;
    private static final int RIGHT = Sxi.RAW_COLUMNS;
    /** CCDs that can be read through a window: CCD1 and CCD2. */
    private static final int WINDOW_CCDS = 2;
    private static final StatusFlag[] AFTER = {StatusFlag.CI_AFTER_1, StatusFlag.CI_AFTER_2, StatusFlag.CI_AFTER_3};
    private static final StatusFlag[] BEFORE = {StatusFlag.CI_BEFORE_1, StatusFlag.CI_BEFORE_2, StatusFlag.CI_BEFORE_3};

    private GeometryFlags() {
    }

    /** Boundaries and calibration source of the mask, and the neighbours inside. */
    static void mask(FlagMap map, PixelMask mask, FlagSettings s) {
        for (int row = 0; row < mask.rows(); row++) {
            int v = mask.value(row);
            int pixel = mask.pixel(row);
            if (v <= 0 || pixel < 0) {
                continue;
            }
            map.set(pixel, switch (v) {
                case 1 -> StatusFlag.CALIBRATION_SOURCE.bit();
                case 3 -> StatusFlag.SEGMENT_BOUNDARY.bit();
                case 4 -> StatusFlag.bits(StatusFlag.CALIBRATION_SOURCE, StatusFlag.CCD_BOUNDARY);
                default -> StatusFlag.CCD_BOUNDARY.bit();
            });
            if (v >= 2 && v <= 4) {
                inward(map, pixel, s);
            }
        }
    }

    private static void inward(FlagMap map, int pixel, FlagSettings s) {
        int ccd = pixel / CcdPixel.PER_CCD;
        int x = pixel % CcdPixel.PER_CCD / Sxi.ACT_SIZE;
        int y = pixel % Sxi.ACT_SIZE;
        boolean innerRow = y != 0 && y != LAST;
        // The reference looks for the right-hand border one column too far; VALUE 3 stands at 320, so it finds nothing.
        int right = s.compat().keeps(Fault.BORDER_COLUMN) ? RIGHT + 1 : RIGHT;
        for (int k = 1; k <= s.boundaryReach(); k++) {
            long ccdBit = StatusFlag.NEAR_CCD_BOUNDARY.bit();
            long segmentBit = StatusFlag.NEAR_SEGMENT_BOUNDARY.bit();
            if (innerRow && (x == 0 || x == LAST)) {
                map.set(ccd, x == 0 ? k : LAST - k, y, ccdBit);
            } else if (!innerRow && x != 0 && x != LAST) {
                map.set(ccd, x, y == 0 ? k : LAST - k, ccdBit);
            }
            if (innerRow && (x == LEFT || x == right)) {
                map.set(ccd, x == LEFT ? x - k : x + k, y, segmentBit);
            }
        }
    }

    /** Outside and edge of the read-out window of CCD1 and CCD2; nothing without WIN_ST and WIN_SIZE. */
    static void window(FlagMap map, Keywords header, FlagSettings s) {
        OptionalLong start = header.integer("WIN_ST");
        OptionalLong size = header.integer("WIN_SIZE");
        if (start.isEmpty() || size.isEmpty()) {
            return;
        }
        int first = (int) start.getAsLong() - 1;
        int last = first + (int) size.getAsLong() - 1;
        if (first < 0 || last < first || last > LAST) {
            throw header.at(SxiException.data("window is not on the CCD"), "WIN_ST, WIN_SIZE")
                    .value(start.getAsLong() + ", " + size.getAsLong()).limit("rows 1..640")
                    .todo("correct the header").build();
        }
        for (int ccd = 0; ccd < WINDOW_CCDS; ccd++) {
            for (int y = 0; y < Sxi.ACT_SIZE; y++) {
                long bits = y < first || y > last ? StatusFlag.OUT_OF_WINDOW.bit() : 0;
                if (y == first || y == last) {
                    bits |= StatusFlag.WINDOW_BOUNDARY.bit();
                }
                int a = Math.abs(y - first);
                int b = Math.abs(y - last);
                if (a > 0 && a <= s.boundaryReach() || b > 0 && b <= s.boundaryReach()) {
                    bits |= StatusFlag.NEAR_CCD_BOUNDARY.bit();
                }
                map.setRow(ccd, y, bits);
            }
        }
    }

    /** Charge-injection rows and the rows around; nothing without the four keywords or with CISTATUS 0. */
    static void injection(FlagMap map, Keywords header, FlagSettings s) {
        if (!header.has("CISTATUS") || !header.has("CIPERIOD") || !header.has("CIOFFSET") || !header.has("CIFIRST")
                || header.needInteger("CISTATUS") == 0) {
            return;
        }
        int period = header.needInteger("CIPERIOD");
        int first = header.needInteger("CIFIRST") - 1 + header.needInteger("CIOFFSET");
        if (period < 1) {
            throw header.at(SxiException.data("charge injection is impossible"), "CIPERIOD")
                    .value(period).limit("at least 1").todo("correct the header").build();
        }
        for (int y = first; y < Sxi.ACT_SIZE; y += period) {
            row(map, y, StatusFlag.CI_ROW);
            for (int k = 1; k <= s.trailing(); k++) {
                row(map, y + k, StatusFlag.CI_TRAILING);
            }
            for (int k = 1; k <= s.preceding(); k++) {
                row(map, y - k, StatusFlag.CI_PRECEDING);
            }
            if (!diagnostics(map, y, s.compat().keeps(Fault.INJECTION_ROWS))) {
                return;
            }
        }
    }

    /**
     * Flags 31 to 36. The reference gives up, here and for all later rows, at the first row off the CCD: then
     * false.
     */
    private static boolean diagnostics(FlagMap map, int y, boolean giveUp) {
        for (int k = 1; k <= AFTER.length; k++) {
            boolean after = row(map, y + k, AFTER[k - 1]);
            if (giveUp && !after || !row(map, y - k, BEFORE[k - 1]) && giveUp) {
                return false;
            }
        }
        return true;
    }

    private static boolean row(FlagMap map, int y, StatusFlag flag) {
        if (y < 0 || y > LAST) {
            return false;
        }
        for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
            map.setRow(ccd, y, flag.bit());
        }
        return true;
    }

    /** Inclusion and exclusion rectangles of area discrimination; nothing without ACTVNODE. */
    static void areas(FlagMap map, Keywords header, FlagSettings s) {
        if (!header.has("ACTVNODE")) {
            return;
        }
        int[] nodes = header.needTuple("ACTVNODE", Sxi.ALL_SEGMENTS);
        for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
            for (int segment = 0; segment < Sxi.SEGMENTS; segment++) {
                String stem = "C" + ccd + "S" + segment + "ARO";
                int[] on = header.tuple(stem + "N", 5).orElse(new int[5]);
                int node = nodes[Sxi.segmentIndex(ccd, segment)];
                for (int region = 0; region < on.length; region++) {
                    if (on[region] != 0) {
                        int[] r = rectangle(header, ccd, segment, region, node, s.compat().keeps(Fault.AREA_ORDER));
                        area(map, ccd, segment, r, region == 0);
                    }
                }
            }
        }
    }

    /** First and last column and row of a region on the CCD, from 0. */
    private static int[] rectangle(Keywords header, int ccd, int segment, int region, int node,
            boolean asGiven) {
        String key = "C" + ccd + "S" + segment + (region == 0 ? "ARIN" : "AROU");
        int[] all = header.needTuple(key, region == 0 ? 4 : 16);
        int at = region == 0 ? 0 : 4 * (region - 1);
        for (int k = at; k < at + 4; k++) {
            if (all[k] < 0) {
                throw header.at(SxiException.data("area discrimination is on but has no rectangle"), key)
                        .value(Keywords.tupleText(all)).limit("RAW coordinates from 0")
                        .todo("correct the header or switch the region off").build();
            }
        }
        int a = ReadNode.actX(segment, node, all[at]) - 1;
        int b = ReadNode.actX(segment, node, all[at + 1]) - 1;
        // The reference relies on the first column being the lower one in RAW, and else finds an empty rectangle.
        boolean along = asGiven ? ReadNode.alongActX(segment, node) : a <= b;
        return new int[] {along ? a : b, along ? b : a, all[at + 2], all[at + 3]};
    }

    private static void area(FlagMap map, int ccd, int segment, int[] r, boolean inclusion) {
        for (int x = segment * Sxi.RAW_COLUMNS; x < (segment + 1) * Sxi.RAW_COLUMNS; x++) {
            for (int y = 0; y < Sxi.ACT_SIZE; y++) {
                boolean inX = x >= r[0] && x <= r[1];
                boolean inY = y >= r[2] && y <= r[3];
                boolean edge = inY && (x == r[0] || x == r[1]) || inX && (y == r[2] || y == r[3]);
                map.set(ccd, x, y, ((inX && inY) != inclusion ? StatusFlag.OUT_OF_AREA.bit() : 0)
                        | (edge ? StatusFlag.AREA_BOUNDARY.bit() : 0));
            }
        }
    }
}
