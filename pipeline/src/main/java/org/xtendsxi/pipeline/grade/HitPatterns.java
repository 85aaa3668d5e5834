// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grade;

import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.table.GradePatternTable;

/**
 * What follows from a hit pattern alone, tabulated over all 512 patterns: the 3x3 grade, the pixels to sum in their
 * order, and the outer pixels that touch it (energy-chain sections 8.3 to 8.5). Bit i of a pattern is pixel i.
 */
final class HitPatterns {
    /** Edge neighbours of the four corners 1, 3, 6, 8. */
    static final int[][] CORNERS = {{1, 2, 4}, {3, 2, 5}, {6, 4, 7}, {8, 5, 7}};
    /** 3x3 grade of an L shape without its corner. */
    static final int L_WITHOUT_CORNER = 8;
    private static final int L_SHAPE = 6;
    private static final int OTHER = 7;
    private static final int[][] OUTER =
            {{}, {10, 14}, {11}, {12, 15}, {16}, {17}, {18, 21}, {22}, {19, 23}};
    private static final int[] EDGES = {2, 4, 5, 7};

    private final byte[] grade = new byte[GradePatternTable.PATTERNS];
    private final long[] summed = new long[GradePatternTable.PATTERNS];
    private final short[] touching = new short[GradePatternTable.PATTERNS];

    /** Patterns of a table; one that it lacks has grade 0. */
    HitPatterns(GradePatternTable table) {
        for (int p = 0; p < GradePatternTable.PATTERNS; p++) {
            grade[p] = (byte) Math.max(0, table.grade(p));
            summed[p] = summed(p, grade[p]);
            touching[p] = (short) touching(p);
        }
    }

    private static boolean has(int pattern, int pixel) {
        return (pattern >> pixel & 1) != 0;
    }

    /** Pixels to add to the centre, four bits each, the first lowest, ended by 0. */
    private static long summed(int pattern, int grade) {
        if (grade < 2) {
            return 0;
        }
        if (grade == OTHER) {
            int[] all = new int[EventPixels.INNER];
            int n = 0;
            for (int k = 1; k < EventPixels.INNER; k++) {
                if (has(pattern, k)) {
                    all[n++] = k;
                }
            }
            return packed(all);
        }
        for (int[] c : CORNERS) {
            if (has(pattern, c[1]) && has(pattern, c[2])) {
                return packed(c[1], c[2], c[0]);
            }
        }
        for (int e : EDGES) {
            if (has(pattern, e)) {
                return packed(e);
            }
        }
        return 0;
    }

    private static long packed(int... pixels) {
        long v = 0;
        for (int i = 0; i < pixels.length; i++) {
            v |= (long) pixels[i] << 4 * i;
        }
        return v;
    }

    /** Bits of P_OUTER_MOST beside the pattern; a corner counts only between two set edges. */
    private static int touching(int pattern) {
        int bits = 0;
        for (int k = 1; k < EventPixels.INNER; k++) {
            if (has(pattern, k) && !detached(pattern, k)) {
                for (int outer : OUTER[k]) {
                    bits |= 1 << outer - EventPixels.INNER;
                }
            }
        }
        return bits;
    }

    private static boolean detached(int pattern, int pixel) {
        for (int[] c : CORNERS) {
            if (c[0] == pixel) {
                return !has(pattern, c[1]) || !has(pattern, c[2]);
            }
        }
        return false;
    }

    /** 3x3 grade, 0..8. */
    int grade(int pattern) {
        return grade[pattern];
    }

    /** Whether an L shape or square has that 3x3 grade. */
    boolean square(int pattern) {
        return grade[pattern] == L_SHAPE;
    }

    /** Pixels to add to the centre, four bits each, the first lowest, ended by 0. */
    long summed(int pattern) {
        return summed[pattern];
    }

    /** Whether the pattern reaches into the outer ring. */
    boolean touches(int pattern, int outerMap) {
        return (touching[pattern] & outerMap) != 0;
    }
}
