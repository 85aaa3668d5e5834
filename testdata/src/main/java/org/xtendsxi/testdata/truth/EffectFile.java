// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.charge.ParticleTrack;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.frames.LostFrames;
import org.xtendsxi.testdata.readout.LightLeak;
import org.xtendsxi.testdata.readout.OddPixel;
import org.xtendsxi.testdata.readout.SegmentReadout;

/**
 * Truth of the effects that have places or times: one table for each of FLICKER, ECHO, LEAK, LOST and TRACKS that is
 * on. It is made anew from the configuration, cycle by cycle, so a long simulation keeps nothing in memory.
 */
public final class EffectFile {
    private static final Column FRAME = Column.of("FRAMENUM", ColumnType.INT, 1).text("cycle");
    private static final EventSchema ODD = new EventSchema(List.of(EventColumns.CCD_ID, EventColumns.ACTX,
            EventColumns.ACTY, real("LEVEL", "adu")));
    private static final EventSchema LEAK = new EventSchema(List.of(FRAME, EventColumns.CCD_ID, EventColumns.SEGMENT,
            Column.of("AREAX", ColumnType.INT, 1).text("area from the lowest ACTX of the segment"),
            Column.of("AREAY", ColumnType.INT, 1).text("area from ACTY 1"), real("LEVEL", "adu")));
    private static final EventSchema LOST = new EventSchema(List.of(FRAME, EventColumns.CCD_ID, EventColumns.SEGMENT));
    private static final EventSchema TRACKS = new EventSchema(List.of(FRAME, real("DELAY", "s"), EventColumns.CCD_ID,
            real("STARTX", "pixel"), real("STARTY", "pixel"), real("ENDX", "pixel"), real("ENDY", "pixel"),
            real("ELECTRONS", "")));

    private final SimulationConfig config;
    private final FitsWriter file;
    private final Keywords keywords;

    private EffectFile(SimulationConfig config, FitsWriter file, Keywords keywords) {
        this.config = config;
        this.file = file;
        this.keywords = keywords;
    }

    private static Column real(String name, String unit) {
        return Column.of(name, ColumnType.DOUBLE, 1).unit(unit);
    }

    /** Writes the file if any of these effects is on. */
    public static void write(Path path, SimulationConfig config, List<SegmentReadout> readouts, Keywords keywords) {
        if (List.of(Effect.FLICKERING, Effect.ECHO, Effect.LIGHT_LEAK, Effect.LOST_FRAMES, Effect.COSMIC_RAYS).stream()
                .noneMatch(config::has)) {
            return;
        }
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(keywords);
            EffectFile f = new EffectFile(config, w, keywords);
            f.table(Effect.FLICKERING, "FLICKER", ODD, 1, i -> odd(readouts, SegmentReadout::flickering));
            f.table(Effect.ECHO, "ECHO", ODD, 1, i -> odd(readouts, SegmentReadout::echoes));
            f.table(Effect.LIGHT_LEAK, "LEAK", LEAK, config.cycles(), f::leak);
            f.table(Effect.LOST_FRAMES, "LOST", LOST, config.allCycles(), f::lost);
            f.table(Effect.COSMIC_RAYS, "TRACKS", TRACKS, config.allCycles(), f::tracks);
            w.commit();
        }
    }

    /** One table; each row is an array in the order of the columns. */
    private void table(Effect effect, String extname, EventSchema schema, int parts, IntFunction<List<double[]>> rows) {
        if (!config.has(effect)) {
            return;
        }
        TableWriter table = file.table(extname, schema, keywords);
        for (int i = 0; i < parts; i++) {
            List<double[]> part = rows.apply(i);
            try (EventChunk c = EventChunk.allocate(schema, table.rows(), part.size())) {
                for (int column = 0; column < schema.columns().size(); column++) {
                    int at = column;
                    double[] v = part.stream().mapToDouble(r -> r[at]).toArray();
                    Column k = schema.columns().get(column);
                    if (k.type().real()) {
                        c.put(k.name(), v);
                    } else {
                        c.put(k.name(), Arrays.stream(v).mapToInt(x -> (int) x).toArray());
                    }
                }
                table.accept(c);
            }
        }
        table.finish();
    }

    private static List<double[]> odd(List<SegmentReadout> readouts,
            Function<SegmentReadout, List<OddPixel>> which) {
        return readouts.stream().flatMap(r -> which.apply(r).stream())
                .map(p -> new double[] {p.ccdId(), p.actX(), p.actY(), p.level()}).toList();
    }

    /** Levels from the first cycle of an epoch on. */
    private List<double[]> leak(int scienceCycle) {
        LightLeak leak = new LightLeak(config);
        int cycle = config.darkCycles() + scienceCycle;
        List<double[]> out = new ArrayList<>();
        if (scienceCycle > 0 && leak.epoch(cycle) == leak.epoch(cycle - 1)) {
            return out;
        }
        for (int ccd : config.ccds()) {
            for (int s = 0; s < Sxi.SEGMENTS; s++) {
                double[] v = leak.levels(leak.epoch(cycle), ccd, s);
                for (int i = 0; i < v.length; i++) {
                    out.add(new double[] {cycle + 1, ccd, s, i % leak.across(), i / leak.across(), v[i]});
                }
            }
        }
        return out;
    }

    private List<double[]> lost(int cycle) {
        return LostFrames.of(config, cycle).stream()
                .map(n -> new double[] {cycle + 1, n / Sxi.SEGMENTS, n % Sxi.SEGMENTS}).toList();
    }

    private List<double[]> tracks(int cycle) {
        return config.ccds().stream().flatMap(ccd -> ParticleTrack.of(config, cycle, ccd).stream())
                .map(t -> new double[] {cycle + 1, t.time(), t.ccdId(), t.startX(), t.startY(), t.endX(), t.endY(),
                    t.total()}).toList();
    }
}
