// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.instrument.EventPixels;

/** HIT_PATTERN: the 256 patterns of the 3x3 and their grades by the rule of energy-chain section 8.3. */
final class ModelGrades {
    private static final int PATTERNS = 256;
    private static final int L_WITHOUT_CORNER = 8;
    /** Corner between two edges, by the two edge pixels. */
    private static final int[][] CORNERS = {{2, 4, 1}, {2, 5, 3}, {4, 7, 6}, {5, 7, 8}};

    private ModelGrades() {
    }

    static void write(FitsWriter file, ModelFile m) {
        EventSchema schema = new EventSchema(List.of(Column.of("GRADE", ColumnType.SHORT, 1),
                Column.of("PATTERN", ColumnType.SHORT, EventPixels.INNER)));
        try (EventChunk t = EventChunk.allocate(schema, 0, PATTERNS)) {
            int[] grade = new int[PATTERNS];
            int[] pattern = new int[PATTERNS * EventPixels.INNER];
            for (int p = 0; p < PATTERNS; p++) {
                boolean[] set = new boolean[EventPixels.INNER];
                set[0] = true;
                for (int k = 1; k < EventPixels.INNER; k++) {
                    set[k] = (p >> k - 1 & 1) != 0;
                }
                grade[p] = grade(set);
                for (int k = 0; k < EventPixels.INNER; k++) {
                    pattern[p * EventPixels.INNER + k] = set[k] ? 1 : 2;
                }
            }
            t.put("GRADE", grade);
            t.put("PATTERN", pattern);
            file.table(m.kind().name(), t, m.extension());
        }
    }

    /** Grade of a pattern; 8 is an L whose corner is below the threshold. */
    static int grade(boolean[] set) {
        int[] edges = Arrays.stream(new int[] {2, 4, 5, 7}).filter(k -> set[k]).toArray();
        int[] corners = Arrays.stream(new int[] {1, 3, 6, 8}).filter(k -> set[k]).toArray();
        return switch (edges.length) {
            case 0 -> corners.length == 0 ? 0 : 1;
            case 1 -> oneEdge(edges[0], corners);
            case 2 -> twoEdges(edges, corners);
            default -> 7;
        };
    }

    private static int oneEdge(int edge, int[] corners) {
        long touching = Arrays.stream(corners).filter(c -> touches(c, edge)).count();
        if (touching > 0) {
            return touching == 1 ? 5 : 7;
        }
        return edge == 4 ? 3 : edge == 5 ? 4 : 2;
    }

    private static boolean touches(int corner, int edge) {
        return Math.abs(EventPixels.dx(corner) - EventPixels.dx(edge))
                + Math.abs(EventPixels.dy(corner) - EventPixels.dy(edge)) == 1;
    }

    private static int twoEdges(int[] edges, int[] corners) {
        for (int[] c : CORNERS) {
            if (c[0] == edges[0] && c[1] == edges[1]) {
                int opposite = EventPixels.INNER - c[2];
                boolean other = Arrays.stream(corners).anyMatch(k -> k != c[2] && k != opposite);
                boolean own = Arrays.stream(corners).anyMatch(k -> k == c[2]);
                return other ? 7 : own ? 6 : L_WITHOUT_CORNER;
            }
        }
        return 7;
    }
}
