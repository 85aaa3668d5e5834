// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.diff;

import java.util.List;
import java.util.OptionalDouble;

/**
 * All that differs between two runs.
 *
 * @param a first run or file
 * @param b second run or file
 * @param compared number of files that both have
 * @param files files that differ
 * @param causes differences of the records of both runs
 * @param recorded whether both runs have a record to take causes from
 */
record Differences(String a, String b, int compared, List<File> files, List<Value> causes, boolean recorded) {
    /**
     * A file.
     *
     * @param name path below the folder of the run
     * @param what in a few words, such as {@code only in A}
     * @param units units that differ; empty if the file is not FITS or stands on one side only
     */
    record File(String name, String what, List<Unit> units) {
    }

    /**
     * A header-data unit.
     *
     * @param name EXTNAME, or its number
     * @param what in a few words
     * @param rowsA rows of the table, or pixels of the image, in A
     * @param rowsB the same in B
     * @param columns columns that differ, of tables of the same length; of an image one with the name {@code pixels}
     * @param keywords keywords that differ
     */
    record Unit(String name, String what, long rowsA, long rowsB, List<Column> columns, List<Value> keywords) {
    }

    /**
     * A column.
     *
     * @param name TTYPE
     * @param rows rows that differ; 0 for a column that stands on one side only or has two formats
     * @param firstRow first of them, from 1
     * @param largest largest difference B - A by amount; empty for text, bits and nulls
     * @param what further words, such as the flags that differ
     */
    record Column(String name, long rows, long firstRow, OptionalDouble largest, String what) {
    }

    /**
     * A named value; a side that lacks it has {@code (absent)}.
     *
     * @param name keyword, parameter or calibration kind
     * @param a value in A
     * @param b value in B
     */
    record Value(String name, String a, String b) {
        static final String ABSENT = "(absent)";
    }

    /** Whether nothing differs. */
    boolean none() {
        return files.isEmpty();
    }
}
