// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.CalibrationSource;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * TELDEF and MASK of the model: a 2x2 mosaic without rotations, gaps of 40 pixels, frame stores outside, the optical
 * axis on CCD2, segment CD (layouts: events-coords-screening sections 7.1 to 7.5 and 9.4).
 */
final class ModelGeometry {
    private static final double OUTER = 660.5;
    private static final double INNER = 19.5;
    private static final double OPTICAL_AXIS_X = 745.5;
    private static final double OPTICAL_AXIS_Y = 752.5;
    private static final int[] WINDOWS = {640, 160, 80, 40};
    private static final int CHUNK = 1 << 16;
    /** From the centre of DET: x = xA + xC*ACTY, y = yA + yB*ACTX for CCD_ID 0..3. */
    private static final double[][] MOSAIC =
            {{-OUTER, 1, INNER, 1}, {-OUTER, 1, -OUTER, 1}, {OUTER, -1, OUTER, -1}, {OUTER, -1, -INNER, -1}};
    private static final double DET_CENTRE = (Sxi.DET_SIZE + 1) / 2.0;

    private ModelGeometry() {
    }

    static void telDef(FitsWriter file, ModelFile m) {
        Keywords k = m.primary();
        k.takeAll(m.extension());
        k.set("TD_VERS", 0.2, "").set("NCOORDS", 5L, "coordinate systems");
        String[] systems = {"RAW", "ACT", "DET", "FOC", "SKY"};
        String[] transformations = {"MULTISEG", "RAWTODET", "BASIC", "SKYATT"};
        int[][] sizes = {{Sxi.RAW_COLUMNS, Sxi.RAW_ROWS}, {Sxi.ACT_SIZE, Sxi.ACT_SIZE}, {Sxi.DET_SIZE, Sxi.DET_SIZE},
            {Sxi.SKY_SIZE, Sxi.SKY_SIZE}, {Sxi.SKY_SIZE, Sxi.SKY_SIZE}};
        for (int i = 0; i < systems.length; i++) {
            k.set("COORD" + i, systems[i], "");
        }
        for (int i = 0; i < transformations.length; i++) {
            k.set("TRTYPE" + i, transformations[i], systems[i] + " to " + systems[i + 1]);
        }
        for (int i = 0; i < systems.length; i++) {
            String s = systems[i];
            double first = i == 0 ? 0 : 1;
            k.set(s + "XPIX1", first, "first pixel").set(s + "YPIX1", first, "first pixel")
                    .set(s + "_XSIZ", sizes[i][0], "pixels").set(s + "_YSIZ", sizes[i][1], "pixels");
            if (s.equals("SKY")) {
                k.set("SKY_XCOL", "X", "column").set("SKY_YCOL", "Y", "column").set("SKY_UNIT", "deg", "");
            } else {
                k.set(s + "_XSCL", Sxi.PIXEL_MM, "[mm] pixel").set(s + "_YSCL", Sxi.PIXEL_MM, "[mm] pixel")
                        .set(s + "_UNIT", "mm", "");
            }
        }
        mosaic(k);
        k.set("DET_XOFF", 0.0, "").set("DET_YOFF", 0.0, "").set("DET_SCAL", 1.0, "").set("DET_ROTD", 0.0, "")
                .set("DETXFLIP", 1L, "").set("DETYFLIP", 1L, "")
                .set("FOC_XOFF", OPTICAL_AXIS_X - DET_CENTRE, "[pixel] axis to the centre of FOC")
                .set("FOC_YOFF", OPTICAL_AXIS_Y - DET_CENTRE, "[pixel]").set("FOC_SCAL", 1.0, "")
                .set("FOCXFLIP", 1L, "").set("FOCYFLIP", -1L, "look-down to look-up").set("FOC_ROTD", 0.0, "")
                .set("FOCALLEN", Sxi.FOCAL_LENGTH_MM, "[mm] focal length");
        for (int i = 1; i <= 3; i++) {
            for (int j = 1; j <= 3; j++) {
                k.set("FOC_M" + i + j, i == j ? 1.0 : 0.0, "alignment");
            }
        }
        k.set("RANCOORD", "NONE", "randomised system").set("OPTCOORD", "DET", "system of the optical axis")
                .set("OPTAXISX", OPTICAL_AXIS_X, "optical axis").set("OPTAXISY", OPTICAL_AXIS_Y, "optical axis");
        file.primary(k);
        segments(file, m);
    }

    private static void mosaic(Keywords k) {
        k.set("ACT_NSEG", Sxi.CCDS, "CCDs").set("SEG_COL", "CCD_ID", "column").set("INT_XCEN", 0.0, "")
                .set("INT_YCEN", 0.0, "");
        for (int n = 0; n < Sxi.CCDS; n++) {
            double[] c = MOSAIC[n];
            k.set("CO1_X" + n + "_A", c[0], "").set("CO1_X" + n + "_B", 0.0, "per ACTX")
                    .set("CO1_X" + n + "_C", c[1], "per ACTY").set("CO1_Y" + n + "_A", c[2], "")
                    .set("CO1_Y" + n + "_B", c[3], "per ACTX").set("CO1_Y" + n + "_C", 0.0, "per ACTY");
        }
    }

    private static void segments(FitsWriter file, ModelFile m) {
        List<Column> columns = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            columns.add(Column.of("PROPERTY" + p, ColumnType.SHORT, 1));
        }
        for (String axis : List.of("X", "Y")) {
            for (String c : List.of("A", "B", "C", "D", "E")) {
                columns.add(Column.of("COEFF_" + axis + "_" + c, ColumnType.DOUBLE, 1));
            }
        }
        int rows = Sxi.SEGMENTS * 2 * WINDOWS.length;
        double[][] v = new double[columns.size()][rows];
        for (int i = 0; i < rows; i++) {
            int segment = i / (2 * WINDOWS.length);
            int node = i / WINDOWS.length % 2;
            int window = WINDOWS[i % WINDOWS.length];
            double[] row = {segment, node, window == Sxi.ACT_SIZE ? 0 : 1, window, ReadNode.actX(segment, node, 0),
                ReadNode.alongActX(segment, node) ? 1 : -1, 0, 1000, 0, 0, 0, 1, window, 0};
            for (int c = 0; c < row.length; c++) {
                v[c][i] = row[c];
            }
        }
        try (EventChunk t = EventChunk.allocate(new EventSchema(columns), 0, rows)) {
            for (int c = 0; c < columns.size(); c++) {
                if (columns.get(c).type() == ColumnType.SHORT) {
                    t.put(columns.get(c).name(), java.util.Arrays.stream(v[c]).mapToInt(d -> (int) d).toArray());
                } else {
                    t.put(columns.get(c).name(), v[c]);
                }
            }
            file.table("MULTISEG0_COEFF", t, m.primary().withoutCommentary().set("NPROP", 4L, "properties")
                    .set("PROP0", "SEGMENT", "").set("PROP1", "READNODE", "").set("PROP2", "WINOPT", "")
                    .set("PROP3", "WIN_SIZE", "").set("WINOFFX", "NONE", "").set("WINOFFY", "WIN_ST", ""));
        }
    }

    static void mask(FitsWriter file, ModelFile m) {
        EventSchema schema = new EventSchema(List.of(Column.of("CCD_ID", ColumnType.BYTE, 1), pixel("ACTX"),
                pixel("ACTY"), pixel("DETX"), pixel("DETY"), Column.of("VALUE", ColumnType.SHORT, 1)
                        .text("0 good, 1 source, 2 edge, 3 segment, 4 both")));
        int total = Sxi.CCDS * Sxi.ACT_SIZE * Sxi.ACT_SIZE;
        try (var table = file.table(m.kind().name(), schema, m.extension())) {
            for (int first = 0; first < total; first += CHUNK) {
                int n = Math.min(CHUNK, total - first);
                int[][] v = new int[6][n];
                for (int i = 0; i < n; i++) {
                    pixel(first + i, i, v);
                }
                try (EventChunk t = EventChunk.allocate(schema, first, n)) {
                    for (int c = 0; c < v.length; c++) {
                        t.put(schema.columns().get(c).name(), v[c]);
                    }
                    table.accept(t);
                }
            }
            table.finish();
        }
    }

    private static void pixel(int position, int i, int[][] v) {
        int ccd = position / (Sxi.ACT_SIZE * Sxi.ACT_SIZE);
        int y = position / Sxi.ACT_SIZE % Sxi.ACT_SIZE + 1;
        int x = position % Sxi.ACT_SIZE + 1;
        double[] c = MOSAIC[ccd];
        boolean source = CalibrationSource.contains(ccd, x, y);
        boolean edge = x == 1 || x == Sxi.ACT_SIZE || y == 1 || y == Sxi.ACT_SIZE;
        boolean border = x == Sxi.RAW_COLUMNS || x == Sxi.RAW_COLUMNS + 1;
        v[0][i] = ccd;
        v[1][i] = x;
        v[2][i] = y;
        v[3][i] = (int) Math.floor(DET_CENTRE + c[0] + c[1] * y + 0.5);
        v[4][i] = (int) Math.floor(DET_CENTRE + c[2] + c[3] * x + 0.5);
        v[5][i] = edge ? source ? 4 : 2 : source ? 1 : border ? 3 : 0;
    }

    private static Column pixel(String name) {
        return Column.of(name, ColumnType.SHORT, 1).unit("pixel");
    }
}
