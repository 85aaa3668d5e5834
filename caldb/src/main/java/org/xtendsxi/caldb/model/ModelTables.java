// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;

/** Tables with one row per CCD, segment and node (energy-chain section 11.3), with neutral values except the gain. */
final class ModelTables {
    private static final int NODES = 2;
    private static final int ADC_MODES = 3;
    private static final int GRADE_GROUPS = 4;
    private static final double PH_REF = 1000;
    private static final double VT_MIN = -40;
    private static final double VT_MAX = 60;
    private static final double VT_REF = 20;
    private static final double SPLIT_THRESHOLD = 15;
    private static final double BORDER_HIGH = 2000;

    private ModelTables() {
    }

    /** Values of columns by name, one for all elements or one each; a column that is absent is zero. */
    private static void table(FitsWriter file, String extname, List<Column> columns, int perNode, Map<String,
            double[]> values,
            Keywords keywords) {
        List<Column> all = new ArrayList<>(List.of(
                Column.of("TIME", ColumnType.DOUBLE, 1).unit("s").text("valid from"), key("CCD_ID"), key("SEGMENT"),
                key("READNODE")));
        all.addAll(columns);
        int rows = Sxi.ALL_SEGMENTS * NODES * perNode;
        try (EventChunk t = EventChunk.allocate(new EventSchema(all), 0, rows)) {
            t.put("TIME", new double[rows]);
            t.put("CCD_ID", counting(rows, rows / Sxi.CCDS, Sxi.CCDS));
            t.put("SEGMENT", counting(rows, NODES * perNode, Sxi.SEGMENTS));
            t.put("READNODE", counting(rows, perNode, NODES));
            for (Column c : columns) {
                if (c.name().equals("ADCAVE")) {
                    t.put("ADCAVE", counting(rows, perNode / ADC_MODES, ADC_MODES));
                } else if (c.name().equals("EVEN_ODD")) {
                    t.put("EVEN_ODD", counting(rows, 1, 2));
                } else {
                    double[] v = new double[rows * c.width()];
                    double[] one = values.getOrDefault(c.name(), new double[1]);
                    Arrays.setAll(v, i -> one[i % c.width() % one.length]);
                    t.put(c.name(), v);
                }
            }
            file.table(extname, t, keywords);
        }
    }

    private static int[] counting(int rows, int each, int modulus) {
        int[] v = new int[rows];
        Arrays.setAll(v, i -> i / each % modulus);
        return v;
    }

    private static double[] all(double value) {
        return new double[] {value};
    }

    private static Column key(String name) {
        return Column.of(name, ColumnType.BYTE, 1);
    }

    private static Column number(String name, String unit) {
        return Column.of(name, ColumnType.DOUBLE, 1).unit(unit);
    }

    /** Even/odd gain and video temperature: no effect. */
    static void evenOdd(FitsWriter file, ModelFile m) {
        Keywords k = m.extension().set("VT_MIN", VT_MIN, "[deg C] calibrated range").set("VT_MAX", VT_MAX, "[deg C]")
                .set("VT_REF", VT_REF, "[deg C] reference").set("PH_REF", PH_REF, "[chan] reference");
        table(file, m.kind().name(), List.of(Column.of("ADCAVE", ColumnType.SHORT, 1),
                Column.of("EVEN_ODD", ColumnType.SHORT, 1), number("VT_GAIN_NORM", ""), number("VT_GAIN_INDEX", ""),
                number("VT_GAIN_OFFSET", "deg C"), number("GAIN_OFFSET", "chan"), number("GAIN_LINR", ""),
                number("GAIN_QUAD", "chan**-1")), ADC_MODES * 2,
                Map.of("VT_GAIN_OFFSET", all(VT_MIN), "GAIN_LINR", all(1)), k);
    }

    /** Charge trail: none. */
    static void chargeTrail(FitsWriter file, ModelFile m) {
        List<Column> columns = List.of(number("NORM_H", ""), number("NORM_V", ""), number("INDEX_H", ""),
                number("INDEX_V", ""), number("OFFSET_H", "pixel"), number("OFFSET_V", "pixel"),
                number("PH_CUT", "chan"), number("ESLOPE", ""), number("EOFFSET", "chan"));
        perMode(file, m, columns, Map.of("PH_CUT", all(30)));
    }

    /** Charge-transfer inefficiency: none, no anomalous columns; the offsets of the grades from simulated lines. */
    static void cti(FitsWriter file, ModelFile m) {
        List<Column> columns = new ArrayList<>();
        for (String trap : List.of("F", "S", "A")) {
            for (String what : List.of("NORM", "PROB", "SCALE", "INDEX")) {
                columns.add(Column.of("PARA_" + trap + "_" + what, ColumnType.FLOAT, Sxi.RAW_COLUMNS));
            }
        }
        for (String name : List.of("GFACTOR", "GOFFSET_AL0", "GOFFSET_AL1", "GOFFSET_AL2", "GOFFSET_AL3", "GOFFSET_AM0",
                "GOFFSET_AM1", "GOFFSET_AM2", "GOFFSET_AM3", "GOFFSET_AH0")) {
            columns.add(Column.of(name, ColumnType.DOUBLE, GRADE_GROUPS));
        }
        columns.addAll(List.of(number("GOFFSET_EBL", "chan"), number("GOFFSET_EBH", "chan"), number("PH_CUT", "chan")));
        Map<String, double[]> values = new HashMap<>(Map.of("PARA_F_SCALE", all(30), "PARA_S_SCALE", all(30),
                "PARA_A_SCALE", all(30), "GFACTOR", all(1), "GOFFSET_EBL", all(306.5), "GOFFSET_EBH", all(BORDER_HIGH),
                "PH_CUT", all(30)));
        double[][] offset = ModelGain.read().gradeOffset();
        for (int power = 0; power < GRADE_GROUPS; power++) {
            int p = power;
            double[] coefficient = Arrays.stream(offset).mapToDouble(group -> group[p]).toArray();
            values.put("GOFFSET_AL" + power, coefficient);
            values.put("GOFFSET_AM" + power, coefficient);
        }
        values.put("GOFFSET_AH0",
                Arrays.stream(offset).mapToDouble(g -> ModelGain.polynomial(g, BORDER_HIGH)).toArray());
        perMode(file, m, columns, values);
        int rows = Sxi.CCDS * Sxi.ACT_SIZE;
        EventSchema schema = new EventSchema(List.of(key("CCD_ID"),
                Column.of("ACTX", ColumnType.SHORT, 1).unit("pixel"),
                Column.of("ANOMALY_MIN", ColumnType.SHORT, 1).unit("pixel"),
                Column.of("ANOMALY_MAX", ColumnType.SHORT, 1).unit("pixel")));
        try (EventChunk t = EventChunk.allocate(schema, 0, rows)) {
            t.put("CCD_ID", counting(rows, Sxi.ACT_SIZE, Sxi.CCDS));
            int[] x = counting(rows, 1, Sxi.ACT_SIZE);
            Arrays.setAll(x, i -> x[i] + 1);
            t.put("ACTX", x);
            file.table("ANOMALY_REGION", t, m.primary().withoutCommentary());
        }
    }

    /** Split threshold: 15 channels, no dependence on pulse height. */
    static void splitThreshold(FitsWriter file, ModelFile m) {
        table(file, m.kind().name(), List.of(number("SPTH_OFFSET", "chan"), number("SPTH_LINR", "")), 1,
                Map.of("SPTH_OFFSET", all(SPLIT_THRESHOLD)), m.extension());
    }

    /** Gain: the same straight line in all three bands. */
    static void gain(FitsWriter file, ModelFile m) {
        double[] offset = all(ModelGain.read().offset());
        double[] linear = all(ModelGain.read().linear());
        List<Column> columns = new ArrayList<>();
        for (String band : List.of("LOW", "MED", "HI")) {
            columns.addAll(List.of(number("OFFSET_" + band, "chan"), number("LINR_" + band, ""),
                    number("QUAD_" + band, "chan**-1")));
        }
        columns.addAll(List.of(number("BOUND_LM", "chan"), number("BOUND_MH", "chan")));
        perMode(file, m, columns, Map.of("OFFSET_LOW", offset, "LINR_LOW", linear, "OFFSET_MED", offset, "LINR_MED",
                linear, "OFFSET_HI", offset, "LINR_HI", linear, "BOUND_LM", all(300), "BOUND_MH", all(1800)));
    }

    private static void perMode(FitsWriter file, ModelFile m, List<Column> columns, Map<String, double[]> values) {
        int n = 0;
        for (ModelFile.ModeClass c : ModelFile.ModeClass.ALL) {
            Keywords k = m.extension(c.boundaries()).set("PH_REF", PH_REF, "[chan] reference pulse height")
                    .set("DATAMODE", c.dataMode(), "class of data modes")
                    .set("CISTATUS", c.ciStatus(), "charge injection");
            table(file, m.kind().name() + "_" + ++n, columns, 1, values, k);
        }
    }

    /** Bad pixels: one, so that the list is not empty. */
    static void badPixels(FitsWriter file, ModelFile m) {
        EventSchema schema = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"), key("CCD_ID"),
                Column.of("ACTX", ColumnType.SHORT, 1).unit("pixel"),
                Column.of("ACTY", ColumnType.SHORT, 1).unit("pixel"),
                Column.of("YEXTEND", ColumnType.SHORT, 1).unit("pixel")));
        try (EventChunk t = EventChunk.allocate(schema, 0, 1)) {
            t.put("TIME", new double[1]);
            t.put("CCD_ID", new int[] {3});
            t.put("ACTX", new int[] {600});
            t.put("ACTY", new int[] {320});
            t.put("YEXTEND", new int[] {1});
            file.table(m.kind().name(), t, m.extension());
        }
    }
}
