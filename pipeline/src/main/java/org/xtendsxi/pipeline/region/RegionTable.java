// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * The region of a product as its table REG00101 (registered FITS convention REGION, as the extractor writes it). Every
 * included shape is a component of its own; the shapes that are cut out of it follow with {@code !} in the same component.
 */
public final class RegionTable {
    private static final int WORD = 16;

    private RegionTable() {
    }

    private record Row(SignedShape shape, int component) {
    }

    /**
     * Appends the table; the whole plane has none.
     *
     * @param file open file
     * @param region the region
     * @param keywords keywords of the observation
     */
    public static void write(FitsWriter file, Region region, Keywords keywords) {
        List<Row> rows = components(region.shapes());
        if (rows.isEmpty()) {
            return;
        }
        int points = Math.max(1, rows.stream().mapToInt(r -> r.shape().shape().points().length / 2).max().orElse(1));
        EventSchema schema = new EventSchema(List.of(
                Column.of("SHAPE", ColumnType.TEXT, WORD).text("shape, ! where it is cut out"),
                Column.of(region.plane().x(), ColumnType.DOUBLE, points).unit("pixel").text("centre or corners"),
                Column.of(region.plane().y(), ColumnType.DOUBLE, points).unit("pixel").text("centre or corners"),
                Column.of("R", ColumnType.DOUBLE, 2).unit("pixel").text("radii, half axes or sides"),
                Column.of("ROTANG", ColumnType.DOUBLE, 1).unit("deg").text("turn of the first axis"),
                Column.of("COMPONENT", ColumnType.SHORT, 1).text("shapes of one number belong together")));
        Keywords k = keywords.observation().withoutCommentary().set("HDUCLASS", "ASC", "registered convention")
                .set("HDUCLAS1", "REGION", "").set("HDUCLAS2", "STANDARD", "").set("HDUVERS", "1.2.0", "")
                .set("MTYPE1", "pos", "").set("MFORM1", region.plane().x() + "," + region.plane().y(), "columns");
        k.remove("HDUCLAS3");
        try (EventChunk t = EventChunk.allocate(schema, 0, rows.size())) {
            t.put("SHAPE", rows.stream().map(r -> (r.shape().include() ? "" : "!") + r.shape().shape().word())
                    .toArray(String[]::new));
            t.put(region.plane().x(), vectors(rows, points, s -> every(s.points(), 0)));
            t.put(region.plane().y(), vectors(rows, points, s -> every(s.points(), 1)));
            t.put("R", vectors(rows, 2, Shape::sizes));
            t.put("ROTANG", rows.stream().mapToDouble(r -> r.shape().shape().angle()).toArray());
            t.put("COMPONENT", rows.stream().mapToInt(Row::component).toArray());
            file.table("REG00101", t, k);
        }
    }

    /** Shapes that head the file as holes make the component of the whole plane. */
    private static List<Row> components(List<SignedShape> shapes) {
        List<Row> rows = new ArrayList<>();
        int component = 0;
        for (int i = 0; i < shapes.size(); i++) {
            boolean head = i == 0 && !shapes.getFirst().include();
            if (!shapes.get(i).include() && !head) {
                continue;
            }
            component++;
            rows.add(new Row(shapes.get(i), component));
            boolean open = true;
            for (int j = i + 1; j < shapes.size() && open; j++) {
                if (!shapes.get(j).include()) {
                    rows.add(new Row(shapes.get(j), component));
                } else {
                    open = !head;
                }
            }
        }
        return rows;
    }

    /** Every second value. */
    private static double[] every(double[] points, int from) {
        double[] v = new double[points.length / 2];
        Arrays.setAll(v, i -> points[2 * i + from]);
        return v;
    }

    /** Rows of vectors; a polygon with fewer corners repeats its last one, which changes nothing. */
    private static double[] vectors(List<Row> rows, int width, Function<Shape, double[]> values) {
        double[] all = new double[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            double[] v = values.apply(rows.get(i).shape().shape());
            boolean polygon = rows.get(i).shape().shape() instanceof Shape.Polygon;
            for (int k = 0; k < width; k++) {
                all[i * width + k] = k < v.length ? v[k] : polygon && v.length > 0 ? v[v.length - 1] : 0;
            }
        }
        return all;
    }
}
