// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.PixelEntry;
import org.xtendsxi.caldb.pixel.PixelList;
import org.xtendsxi.pipeline.stage.Fault;

/** Flags from lists of pixels (section 9.6). */
final class ListFlags {
    private ListFlags() {
    }

    /** Rows of a bad-pixel list that are valid at a time. */
    static List<PixelEntry> bad(PixelList list, double time, FlagSettings s) {
        if (!s.compat().keeps(Fault.BAD_PIXEL_BLOCK)) {
            return list.validAt(time);
        }
        double block = list.blockAt(time);
        if (list.entries().getFirst().time() == time) {
            // It has read the first row only, and goes on from there.
            return list.entries().stream().takeWhile(e -> e.time() == time).toList();
        }
        // The reference takes the row it read last in place of the first of the block, and nothing if that row is
        // younger.
        if (list.entries().stream().anyMatch(e -> e.time() >= time)) {
            return List.of();
        }
        List<PixelEntry> rows = new ArrayList<>(list.validAt(block));
        rows.set(0, list.entries().getLast());
        return rows;
    }

    /** A flag on single pixels and another on their neighbours. */
    static void pixels(FlagMap map, List<PixelEntry> list, StatusFlag flag, StatusFlag near, FlagSettings s) {
        if (s.compat().keeps(Fault.LIST_CLEARS)) {
            // The reference clears both flags first, and so loses those of other lists that share the second.
            map.clear(StatusFlag.bits(flag, near));
        }
        for (PixelEntry p : list) {
            map.set(p.ccd(), p.actX() - 1, p.actY() - 1, flag.bit());
            map.setAround(p.ccd(), p.actX() - 1, p.actY() - 1, s.pixelReach(), near.bit());
        }
    }

    /** Partial columns, the rest of their column, and the neighbours of both. */
    static void columns(FlagMap map, List<PixelEntry> list, FlagSettings s) {
        for (PixelEntry p : list) {
            int x = p.actX() - 1;
            int first = p.actY() - 1;
            int last = first + p.extent() - 1;
            for (int y = 0; y < Sxi.ACT_SIZE; y++) {
                if (y < first || y > last) {
                    map.set(p.ccd(), x, y, StatusFlag.BAD_COLUMN_LINE.bit());
                    map.setAround(p.ccd(), x, y, s.pixelReach(), StatusFlag.NEAR_BAD_COLUMN_LINE.bit());
                } else if (p.extent() != 1) {
                    map.set(p.ccd(), x, y, StatusFlag.BAD_COLUMN.bit());
                    beside(map, p.ccd(), x, y, s.pixelReach());
                }
            }
        }
    }

    private static void beside(FlagMap map, int ccd, int x, int y, int reach) {
        for (int k = 1; k <= reach; k++) {
            if (x - k >= 0) {
                map.set(ccd, x - k, y, StatusFlag.NEAR_BAD.bit());
            }
            if (x + k < Sxi.ACT_SIZE) {
                map.set(ccd, x + k, y, StatusFlag.NEAR_BAD.bit());
            }
        }
    }
}
