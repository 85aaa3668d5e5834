// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.table.SelectionTable;

/** SELECT: screening expressions after events-coords-screening section 12.2; the flight values are not public. */
final class ModelSelection {
    /** Labels of four CCDs in the full window, CCD3 and CCD4 beside a window, CCD1 and CCD2 in a window or burst. */
    private static final List<String> LABELS = List.of("XTDCCDW1SCI", "XTDCCD34WFSCI", "XTDCCD12WASCI");
    private static final String EVENTS = "PROC_STATUS[2]==b0&&PROC_STATUS[17]==b0&&STATUS[1]==b0"
            + "&&(GRADE==0||GRADE==2||GRADE==3||GRADE==4||GRADE==6)";
    private static final String ORBIT = "SAA_SXI==0&&T_SAA_SXI>277&&ELV>5&&DYE_ELV>20";
    /** No limit of the electronics is known: every row of the file is good. */
    private static final String HOUSEKEEPING = "T";

    private ModelSelection() {
    }

    static void write(FitsWriter file, ModelFile m) {
        List<String> labels = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        for (String label : LABELS) {
            add(label, "EVENT", EVENTS, labels, sources, expressions);
            add(label, "EHK", ORBIT, labels, sources, expressions);
            add(label, "MKF", HOUSEKEEPING, labels, sources, expressions);
        }
        try (EventChunk t = EventChunk.allocate(SelectionTable.SCHEMA, 0, labels.size())) {
            t.put("LABEL", labels.toArray(String[]::new));
            t.put("SUBSYS", labels.stream().map(l -> "XTEND").toArray(String[]::new));
            t.put("FROMFILE", sources.toArray(String[]::new));
            t.put("EXPR", expressions.toArray(String[]::new));
            file.table(m.kind().name(), t, m.extension());
        }
    }

    private static void add(String label, String source, String expression, List<String> labels, List<String> sources,
            List<String> expressions) {
        labels.add(label);
        sources.add(source);
        expressions.add(expression);
    }
}
