// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.instrument;

/** Event grades (energy-chain section 8.6) as bit sets. */
public final class Grade {
    /** TNULL of GRADE. */
    public static final int NULL = -1;
    /** Largest grade, 11. */
    public static final int MAX = 11;
    /** X-ray grades 0, 2, 3, 4 and 6 as a set of bits. */
    public static final int GOOD = 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 6;

    private Grade() {
    }

    /** Whether a grade is one of 0, 2, 3, 4, 6. */
    public static boolean isGood(int grade) {
        return in(GOOD, grade);
    }

    /** Whether a grade belongs to a set of bits; grades outside 0..31 never do. */
    public static boolean in(int set, int grade) {
        return grade >= 0 && grade < 32 && (set >> grade & 1) != 0;
    }
}
