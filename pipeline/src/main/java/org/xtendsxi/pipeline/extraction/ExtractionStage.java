// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.extraction;

import java.util.List;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Contract of the extraction stage: it reads frames and writes the raw event columns. */
public final class ExtractionStage {
    /** The contract. */
    public static final StageSpec SPEC = new StageSpec("extraction", "Events out of frames", List.of(),
            EventColumns.raw(), List.of(), List.of(), List.of(
                    Parameter.text("eventthr", "DEFAULT", "event threshold, channels; DEFAULT: EVENTTHR per segment"),
                    Parameter.text("splitthr", "DEFAULT", "split threshold, channels; DEFAULT: SPLITTHR per segment"),
                    Parameter.choice("tie", List.of("strict", "acis"),
                            "equal neighbours kill each other, or the one read first wins"),
                    Parameter.yesNo("surround", true, "reject events all of whose eight neighbours are high"),
                    Parameter.integer("surroundthr", "chan", -32767, 32767, 15, "pulse height of a high neighbour"),
                    Parameter.integer("upper", "chan", 0, 32767, 0, "highest pulse height of a centre; 0: no limit"),
                    Parameter.integer("limit", "", 0, 1_000_000, 0,
                            "most events of a segment in a sub-exposure; 0: no limit"),
                    Parameter.choice("margin", List.of("ccd", "segment"),
                            "centres one pixel inside CCD or window block, or two pixels inside the segment"),
                    Parameter.yesNo("area", true, "obey the area discrimination of the header")));

    private ExtractionStage() {
    }
}
