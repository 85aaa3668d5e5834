// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

import java.util.Arrays;
import org.xtendsxi.caldb.instrument.EventPixels;

/**
 * Grade of a 3x3 hit pattern (HIT_PATTERN, energy-chain sections 8.3 and 11.3). Bit i of a pattern is pixel i at or
 * above the split threshold.
 */
public final class GradePatternTable {
    /** Number of patterns. */
    public static final int PATTERNS = 1 << EventPixels.INNER;
    /** Answer for a pattern that the table does not have. */
    public static final int ABSENT = -1;
    private static final int MAX_GRADE = 11;

    private final byte[] grades = new byte[PATTERNS];

    private GradePatternTable(int[] pattern, int[] grade) {
        Arrays.fill(grades, (byte) ABSENT);
        for (int i = pattern.length - 1; i >= 0; i--) {
            grades[pattern[i]] = (byte) grade[i];
        }
    }

    /**
     * Makes a table of columns; the first row of a pattern wins.
     *
     * @param pattern bits of every row, 0..511
     * @param grade GRADE of every row, 0..11
     */
    public static GradePatternTable of(int[] pattern, int[] grade) {
        return new GradePatternTable(pattern, grade);
    }

    /** A table without rows. */
    public static GradePatternTable empty() {
        return of(new int[0], new int[0]);
    }

    /** Reads a table. */
    public static GradePatternTable load(TableSource source) {
        try (CalibrationTable t = CalibrationTable.first(source)) {
            int[] cells = t.ints("PATTERN", EventPixels.INNER, 1, 2);
            int[] pattern = new int[t.rows()];
            for (int i = 0; i < cells.length; i++) {
                pattern[i / EventPixels.INNER] |= cells[i] == 1 ? 1 << i % EventPixels.INNER : 0;
            }
            return of(pattern, t.ints("GRADE", 1, 0, MAX_GRADE));
        }
    }

    /** Grade of a pattern, or {@link #ABSENT}. */
    public int grade(int pattern) {
        return grades[pattern];
    }

    /** Whether every pattern with the centre set has a grade. */
    public boolean complete() {
        for (int p = 1; p < PATTERNS; p += 2) {
            if (grades[p] == ABSENT) {
                return false;
            }
        }
        return true;
    }
}
