// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.GradeRule;

/** HIT_PATTERN: the 256 patterns of the 3x3 and their grades by the rule of energy-chain section 8.3. */
final class ModelGrades {
    private static final int PATTERNS = 256;

    private ModelGrades() {
    }

    static void write(FitsWriter file, ModelFile m) {
        EventSchema schema = new EventSchema(List.of(Column.of("GRADE", ColumnType.SHORT, 1),
                Column.of("PATTERN", ColumnType.SHORT, EventPixels.INNER)));
        try (EventChunk t = EventChunk.allocate(schema, 0, PATTERNS)) {
            int[] grade = new int[PATTERNS];
            int[] pattern = new int[PATTERNS * EventPixels.INNER];
            for (int p = 0; p < PATTERNS; p++) {
                int bits = p << 1 | 1;
                grade[p] = GradeRule.grade(bits);
                for (int k = 0; k < EventPixels.INNER; k++) {
                    pattern[p * EventPixels.INNER + k] = (bits >> k & 1) != 0 ? 1 : 2;
                }
            }
            t.put("GRADE", grade);
            t.put("PATTERN", pattern);
            file.table(m.kind().name(), t, m.extension());
        }
    }
}
