// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.CoordinateSystem;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;
import org.xtendsxi.pipeline.stage.EventStep;

/** The chain of transformations bound to one event file: fills the coordinate columns of its chunks. */
public final class CoordinateChain implements EventStep {
    private static final int NULL = -1;

    private final TelDef teldef;
    private final Attitude attitude;
    private final SkyProjection projection;
    private final CoordinateOptions options;
    private final Optional<Shifts> shifts;
    private final BoundSegments[] segments;
    private final Affine[][] maps;

    /**
     * Binds the chain.
     *
     * @param teldef telescope
     * @param attitude attitude
     * @param projection sky system
     * @param options which systems
     * @param shifts random shifts, empty for none
     * @param schema columns of the events
     * @param header keywords of the events: properties and window offsets that the TelDef asks for
     */
    public CoordinateChain(TelDef teldef, Attitude attitude, SkyProjection projection, CoordinateOptions options,
            Optional<Shifts> shifts, EventSchema schema, Keywords header) {
        this.teldef = teldef;
        this.attitude = attitude;
        this.projection = projection;
        this.options = options;
        this.shifts = shifts;
        this.segments = new BoundSegments[teldef.transformations().size()];
        this.maps = new Affine[segments.length][];
        for (int i = options.start(); i < options.stop(); i++) {
            switch (teldef.transformations().get(i)) {
                case Transformation.MultiSegment m -> segments[i] = new BoundSegments(m, schema, header);
                case Transformation.Segmented s -> maps[i] = dense(s);
                default -> maps[i] = new Affine[0];
            }
        }
    }

    private static Affine[] dense(Transformation.Segmented s) {
        Affine[] all = new Affine[1 + s.maps().keySet().stream().mapToInt(k -> k).max().orElseThrow()];
        Arrays.fill(all, SkyProjection.NONE);
        s.maps().forEach((k, m) -> all[k] = m);
        return all;
    }

    @Override
    public void process(EventChunk chunk) {
        CoordinateSystem first = teldef.systems().get(options.start());
        double[] x = start(chunk, first.xColumn());
        double[] y = start(chunk, first.yColumn());
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
                x[i] = Double.NaN;
                y[i] = Double.NaN;
            }
        }
        floats(chunk, options.start(), x, y);
        for (int level = options.start(); level < options.stop(); level++) {
            if (shifts.isPresent() && teldef.randomised().orElse(NULL) == level) {
                spread(chunk.firstRow(), level, x, y);
            }
            transform(chunk, level, x, y);
            store(chunk, level + 1, x, y);
        }
        if (options.blank()) {
            for (int level = options.stop() + 1; level < teldef.systems().size(); level++) {
                blank(chunk, teldef.systems().get(level));
            }
        }
    }

    private static double[] start(EventChunk chunk, String name) {
        Column c = chunk.schema().column(name);
        if (c.type().real()) {
            return chunk.doubles(name);
        }
        int[] v = chunk.ints(name);
        boolean nullable = c.nullValue().isPresent();
        long missing = c.nullValue().orElse(0);
        double[] out = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = nullable && v[i] == missing ? Double.NaN : v[i];
        }
        return out;
    }

    private void spread(long firstRow, int level, double[] x, double[] y) {
        CoordinateSystem from = teldef.systems().get(teldef.randomScale());
        CoordinateSystem here = teldef.systems().get(level);
        double[] dx = new double[x.length];
        double[] dy = new double[x.length];
        shifts.orElseThrow().fill(firstRow, x, dx, dy);
        double sx = from.scaleX() / here.scaleX();
        double sy = from.scaleY() / here.scaleY();
        for (int i = 0; i < x.length; i++) {
            x[i] += sx * dx[i];
            y[i] += sy * dy[i];
        }
    }

    private void transform(EventChunk chunk, int level, double[] x, double[] y) {
        switch (teldef.transformations().get(level)) {
            case Transformation.MultiSegment m -> {
                List<String> names = segments[level].columns();
                int[][] p = new int[names.size()][];
                for (int i = 0; i < p.length; i++) {
                    p[i] = chunk.ints(names.get(i));
                }
                Transforms.multiSegment(segments[level], p, x, y);
            }
            case Transformation.Segmented s -> {
                int[] segment = s.column().map(chunk::ints).orElseGet(() -> new int[x.length]);
                Transforms.segmented(maps[level], segment, x, y);
            }
            case Transformation.Basic b -> Transforms.linear(b.map(), x, y);
            case Transformation.SkyAttitude s ->
                Transforms.sky(projection, attitude, chunk.doubles(options.timeColumn()), x, y);
        }
    }

    private void store(EventChunk chunk, int level, double[] x, double[] y) {
        CoordinateSystem s = teldef.systems().get(level);
        int[] pixelX = new int[x.length];
        int[] pixelY = new int[x.length];
        Transforms.pixels(s, x, y, nullOf(chunk, s.xColumn()), nullOf(chunk, s.yColumn()), pixelX, pixelY);
        chunk.put(s.xColumn(), pixelX);
        chunk.put(s.yColumn(), pixelY);
        floats(chunk, level, x, y);
    }

    private void floats(EventChunk chunk, int level, double[] x, double[] y) {
        if (options.hasFloats(level, teldef)) {
            CoordinateSystem s = teldef.systems().get(level);
            chunk.put(CoordinateColumns.floatName(s.xColumn()), x);
            chunk.put(CoordinateColumns.floatName(s.yColumn()), y);
        }
    }

    private static int nullOf(EventChunk chunk, String column) {
        return (int) chunk.schema().column(column).nullValue().orElse(NULL);
    }

    private static void blank(EventChunk chunk, CoordinateSystem s) {
        for (String name : List.of(s.xColumn(), s.yColumn())) {
            if (chunk.has(name)) {
                int[] v = new int[chunk.rows()];
                Arrays.fill(v, nullOf(chunk, name));
                chunk.put(name, v);
            }
        }
    }
}
