// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.assembly;

import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Stage {@code phas}: the task xtdphas. */
public final class AssemblyStage {
    /** TNULL, TLMIN and TLMAX of the results. */
    public static final Parameter COLBOUND = Parameter.text("colbound", "-32768,-32767,32767",
            "TNULL, TLMIN and TLMAX of PHAS and PHASALL");

    private AssemblyStage() {
    }

    /** The contract. */
    public static StageSpec spec() {
        return new StageSpec("phas", "assemble the pulse heights of the 3x3 and 5x5 pixels",
                List.of(EventColumns.PHAS_INNER3X3, EventColumns.PHAS_OUTER5X5, EventColumns.PROC_STATUS,
                        EventColumns.STATUS),
                List.of(EventColumns.PHAS, EventColumns.PHASALL, EventColumns.STATUS), List.of(),
                List.of(StatusFlag.NO_OUTER, StatusFlag.NO_INNER), List.of(COLBOUND));
    }

    /** PHAS and PHASALL with the limits of the parameters. */
    public static List<Column> columns(Parameters p) {
        int[] b = bounds(p);
        return List.of(EventColumns.PHAS.nullValue(b[0]).range(b[1], b[2]),
                EventColumns.PHASALL.nullValue(b[0]).range(b[1], b[2]));
    }

    private static int[] bounds(Parameters p) {
        int[] out = {-32768, -32767, 32767};
        String[] items = p.text(COLBOUND.name()).split(",");
        for (int i = 0; i < Math.min(items.length, out.length); i++) {
            String item = items[i].strip();
            if (!item.isEmpty()) {
                if (!item.matches("[+-]?\\d{1,6}") || Math.abs(2 * Integer.parseInt(item) + 1) > 65535) {
                    throw SxiException.usage("column limit is not a 16-bit integer").value(item)
                            .limit("-32768..32767").todo("correct colbound").build();
                }
                out[i] = Integer.parseInt(item);
            }
        }
        return out;
    }

    /** The step. */
    public static EventStep step() {
        return AssemblyStage::process;
    }

    private static void process(EventChunk chunk) {
        PulseAssembly.Nulls nulls = new PulseAssembly.Nulls(needNull(chunk, "PHAS_INNER3X3"),
                needNull(chunk, "PHAS_OUTER5X5"), needNull(chunk, "PHAS"));
        int n = chunk.rows();
        long[] status = chunk.longs("STATUS");
        short[] phas = new short[n * EventColumns.PHAS.repeat()];
        short[] all = new short[n * EventColumns.PHASALL.repeat()];
        PulseAssembly.assemble(chunk.shorts("PHAS_INNER3X3"), chunk.shorts("PHAS_OUTER5X5"),
                chunk.longs("PROC_STATUS"), status, nulls, phas, all);
        chunk.put("PHAS", phas);
        chunk.put("PHASALL", all);
        chunk.put("STATUS", status);
    }

    private static int needNull(EventChunk chunk, String name) {
        return (int) chunk.schema().column(name).nullValue().orElseThrow(() -> SxiException.data("column lacks TNULL")
                .column(name).todo("write the column with the format of the event file").build());
    }
}
