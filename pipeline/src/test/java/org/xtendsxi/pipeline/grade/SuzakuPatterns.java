// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grade;

import org.xtendsxi.caldb.table.GradePatternTable;

/** The hit-pattern table by the rule of energy-chain section 8.3, written for tests without a look at the program. */
public final class SuzakuPatterns {
    private static final int[] EDGES = {2, 4, 5, 7};
    private static final int[] CORNERS = {1, 3, 6, 8};

    private SuzakuPatterns() {
    }

    /** All 256 patterns with the centre set. */
    public static GradePatternTable table() {
        int[] pattern = new int[256];
        int[] grade = new int[256];
        for (int code = 0; code < 256; code++) {
            pattern[code] = code << 1 | 1;
            grade[code] = grade(code << 1);
        }
        return GradePatternTable.of(pattern, grade);
    }

    private static boolean on(int bits, int pixel) {
        return (bits >> pixel & 1) == 1;
    }

    private static int[] touching(int edge) {
        return switch (edge) {
            case 2 -> new int[] {1, 3};
            case 4 -> new int[] {1, 6};
            case 5 -> new int[] {3, 8};
            default -> new int[] {6, 8};
        };
    }

    static int grade(int bits) {
        int edges = 0;
        int corners = 0;
        for (int e : EDGES) {
            edges += on(bits, e) ? 1 : 0;
        }
        for (int c : CORNERS) {
            corners += on(bits, c) ? 1 : 0;
        }
        if (edges == 0) {
            return corners == 0 ? 0 : 1;
        }
        if (edges == 1) {
            return oneEdge(bits);
        }
        int corner = on(bits, 2) && on(bits, 4) ? 1 : on(bits, 2) && on(bits, 5) ? 3
                : on(bits, 4) && on(bits, 7) ? 6 : 8;
        boolean opposite = on(bits, 2) && on(bits, 7) || on(bits, 4) && on(bits, 5);
        if (edges > 2 || opposite) {
            return 7;
        }
        for (int c : CORNERS) {
            if (on(bits, c) && c != corner && c != 9 - corner) {
                return 7;
            }
        }
        return on(bits, corner) ? 6 : 8;
    }

    private static int oneEdge(int bits) {
        int edge = on(bits, 2) ? 2 : on(bits, 4) ? 4 : on(bits, 5) ? 5 : 7;
        int near = 0;
        for (int c : touching(edge)) {
            near += on(bits, c) ? 1 : 0;
        }
        return near == 1 ? 5 : near == 2 ? 7 : edge == 4 ? 3 : edge == 5 ? 4 : 2;
    }
}
