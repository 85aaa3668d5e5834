// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.instrument;

/**
 * Grade of a 3x3 hit pattern by its shape (energy-chain section 8.3): the rule behind the hit-pattern table, for what
 * has no such table at hand. Bit i of a pattern is pixel i; the centre is taken as set.
 */
public final class GradeRule {
    /** An L shape whose corner is below the threshold; 6 in the end. */
    public static final int L_WITHOUT_CORNER = 8;
    private static final int L_SHAPE = 6;
    private static final int OTHER = 7;
    private static final int[] EDGES = {2, 4, 5, 7};
    private static final int[] CORNERS = {1, 3, 6, 8};

    private GradeRule() {
    }

    /** Grade of a pattern, 0..8. */
    public static int grade(int pattern) {
        int edges = 0;
        int last = 0;
        int x = 0;
        int y = 0;
        for (int e : EDGES) {
            if (has(pattern, e)) {
                edges++;
                last = e;
                x += EventPixels.dx(e);
                y += EventPixels.dy(e);
            }
        }
        return switch (edges) {
            case 0 -> count(pattern, 0, 0, 0) == 0 ? 0 : 1;
            case 1 -> oneEdge(last, count(pattern, x, y, 1));
            case 2 -> x == 0 || y == 0 ? OTHER : twoEdges(pattern, x, y);
            default -> OTHER;
        };
    }

    private static boolean has(int pattern, int pixel) {
        return (pattern >> pixel & 1) != 0;
    }

    /** Set corners at a distance, in steps, from (x, y); all of them for a distance of 0. */
    private static int count(int pattern, int x, int y, int distance) {
        int n = 0;
        for (int c : CORNERS) {
            int steps = Math.abs(EventPixels.dx(c) - x) + Math.abs(EventPixels.dy(c) - y);
            n += has(pattern, c) && (distance == 0 || steps == distance) ? 1 : 0;
        }
        return n;
    }

    private static int oneEdge(int edge, int touching) {
        if (touching > 0) {
            return touching == 1 ? 5 : OTHER;
        }
        return edge == 4 ? 3 : edge == 5 ? 4 : 2;
    }

    /** Two edges that meet at the corner (x, y): the corners two steps away are neither it nor the opposite one. */
    private static int twoEdges(int pattern, int x, int y) {
        if (count(pattern, x, y, 2) > 0) {
            return OTHER;
        }
        for (int c : CORNERS) {
            if (has(pattern, c) && EventPixels.dx(c) == x && EventPixels.dy(c) == y) {
                return L_SHAPE;
            }
        }
        return L_WITHOUT_CORNER;
    }
}
