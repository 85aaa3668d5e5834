// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.instrument;

/**
 * Output nodes and the mapping RAWX to ACTX (energy-chain section 1).
 *
 * <p>READNODE 0 is node A of segment AB and node D of segment CD; READNODE 1 is B and C. RAWX counts from the node in
 * use, so it runs with ACTX for nodes A and C (READNODE = SEGMENT) and against it for B and D.
 */
public final class ReadNode {
    private ReadNode() {
    }

    /**
     * ACTX of a pixel.
     *
     * @param segment 0 or 1
     * @param readNode 0 or 1
     * @param rawX column from the node; -1 and 320 give the neighbour across the segment's edge
     * @return ACTX, 1..640 for a pixel of the segment
     */
    public static int actX(int segment, int readNode, int rawX) {
        int first = segment == 0 ? 1 : Sxi.RAW_COLUMNS + 1;
        return alongActX(segment, readNode) ? first + rawX : first + Sxi.RAW_COLUMNS - 1 - rawX;
    }

    /** RAWX of a pixel of the segment, the inverse of {@link #actX}. */
    public static int rawX(int segment, int readNode, int actX) {
        int first = segment == 0 ? 1 : Sxi.RAW_COLUMNS + 1;
        return alongActX(segment, readNode) ? actX - first : first + Sxi.RAW_COLUMNS - 1 - actX;
    }

    /** Whether RAWX grows in the direction of ACTX. */
    public static boolean alongActX(int segment, int readNode) {
        return segment == readNode;
    }

    /** Letter of the node, A to D. */
    public static char letter(int segment, int readNode) {
        return segment == 0 ? (readNode == 0 ? 'A' : 'B') : readNode == 0 ? 'D' : 'C';
    }
}
