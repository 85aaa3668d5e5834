// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.pipeline.bias.SegmentBias;
import org.xtendsxi.pipeline.dark.LightLeak;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;

/**
 * The EXPOSURE table in the flight layout (events-coords-screening section 4, frames-and-science section 1.7) with
 * the bias of every frame behind it. Frames out of which events were taken have FRAMETYPE 0, as the mode GTI tools
 * expect.
 */
public final class ExposureTable {
    /** EXTNAME. */
    public static final String NAME = "EXPOSURE";
    private static final String LEAK = "LIGHTLEAK";
    private static final int TEXT_WIDTH = 16;

    private static final List<Column> COLUMNS = List.of(
            EventColumns.TIME.text("start of the cycle"), EventColumns.CCD_ID, EventColumns.SEGMENT,
            Column.of("DATACTLM", ColumnType.INT, 1).text("data class"),
            Column.of("FRAMENUM", ColumnType.INT, 1).text("cycle"),
            Column.of("FRAMETYPE", ColumnType.BYTE, 1).text("0 event, 1 raw, 2 intermediate, 3 dark"),
            Column.of("DETNAM", ColumnType.TEXT, TEXT_WIDTH).text("CCDs"),
            Column.of("DATAMODE", ColumnType.TEXT, TEXT_WIDTH).text("data mode"),
            Column.of("ADOU0ENA", ColumnType.BYTE, 1).text("area discrimination on"),
            adu("BIAS_EVEN", "bias of even RAWX"), adu("BIAS_ODD", "bias of odd RAWX"),
            adu("NOISE_EVEN", "rms of the overclock, even RAWX"), adu("NOISE_ODD", "rms of the overclock, odd RAWX"),
            adu("ERR_EVEN", "standard error of BIAS_EVEN"), adu("ERR_ODD", "standard error of BIAS_ODD"),
            count("OVERUSED", "overclock pixels used"), count("OVERRAIL", "overclock pixels at a rail"),
            count("OVERRING", "overclock pixels far from the median"), count("NEVENTS", "events found"),
            Column.of("USABLE", ColumnType.BYTE, 1).text("1 if the segment was read out"),
            Column.of("FULL", ColumnType.BYTE, 1).text("1 if events beyond the limit were cut off"),
            Column.of("DARKAGE", ColumnType.DOUBLE, 1).unit("s").text("time since the newest frame in the dark"),
            adu("DARKRES", "mean residual above the dark, sampled rows"),
            adu("DARKROW", "row residual farthest from 0"),
            Column.of("DARKSTAL", ColumnType.BYTE, 1).text("stale dark: 1 too old, 2 misfit, 3 both"),
            count("DARKREJ", "pixels that the dark rejected"), count("DARKREPL", "pixels that the dark replaced"),
            count("DARKUPD", "pixels that updated the dark"), count("DARKHOT", "hot pixels of the following dark"),
            adu("COMMRMS", "rms of the common mode"), adu("LEAKMEAN", "mean light leak"),
            adu("LEAKMAX", "highest light leak of an area"));

    private final int dataClass;
    private final FrameHeader header;
    private final AreaDiscrimination area;
    private final EventSchema schema;

    /** Prepares for the rows of one file without a light-leak map. */
    public ExposureTable(String dataClass, FrameHeader header, AreaDiscrimination area) {
        this(dataClass, header, area, Optional.empty());
    }

    /**
     * Prepares for the rows of one file.
     *
     * @param dataClass DATACLAS, eight hexadecimal digits
     * @param leak shape of the light-leak map, if it is to stand in a column of its own
     * @throws SxiException (data) if the data class is not hexadecimal
     */
    public ExposureTable(String dataClass, FrameHeader header, AreaDiscrimination area, Optional<LightLeak> leak) {
        try {
            this.dataClass = Integer.parseUnsignedInt(dataClass.strip(), 16);
        } catch (NumberFormatException e) {
            throw SxiException.data("data class is not a hexadecimal number").column("DATACLAS").value(dataClass)
                    .limit("eight digits 0-9a-f").todo("repair the header").cause(e).build();
        }
        this.header = header;
        this.area = area;
        List<Column> all = new ArrayList<>(COLUMNS);
        leak.ifPresent(l -> all.add(Column.of(LEAK, ColumnType.FLOAT, l.level().length).unit("adu")
                .keyword("TDIM", "(" + l.columns() + "," + l.rows() + ")").text("light leak per area")));
        this.schema = new EventSchema(all);
    }

    private static Column adu(String name, String text) {
        return Column.of(name, ColumnType.DOUBLE, 1).unit("adu").text(text);
    }

    private static Column count(String name, String text) {
        return Column.of(name, ColumnType.INT, 1).text(text);
    }

    /** Columns of the table. */
    public EventSchema schema() {
        return schema;
    }

    /** Rows as a chunk, which the caller closes. */
    public EventChunk toChunk(List<SegmentExposure> rows, long firstRow) {
        EventChunk c = EventChunk.allocate(schema, firstRow, rows.size());
        reals(c, "TIME", rows, SegmentExposure::time);
        whole(c, "CCD_ID", rows, SegmentExposure::ccdId);
        whole(c, "SEGMENT", rows, SegmentExposure::segment);
        whole(c, "DATACTLM", rows, r -> dataClass);
        whole(c, "FRAMENUM", rows, SegmentExposure::number);
        whole(c, "FRAMETYPE", rows, r -> FrameType.EVENT.code());
        text(c, "DETNAM", header.detnam());
        text(c, "DATAMODE", header.mode().name());
        whole(c, "ADOU0ENA", rows, r -> area.firstExclusion(r.ccdId(), r.segment()) ? 1 : 0);
        biases(c, "BIAS_EVEN", rows, SegmentBias::even);
        biases(c, "BIAS_ODD", rows, SegmentBias::odd);
        biases(c, "NOISE_EVEN", rows, SegmentBias::noiseEven);
        biases(c, "NOISE_ODD", rows, SegmentBias::noiseOdd);
        biases(c, "ERR_EVEN", rows, SegmentBias::errorEven);
        biases(c, "ERR_ODD", rows, SegmentBias::errorOdd);
        whole(c, "OVERUSED", rows, r -> r.bias().used());
        whole(c, "OVERRAIL", rows, r -> r.bias().railed());
        whole(c, "OVERRING", rows, r -> r.bias().ringing());
        whole(c, "NEVENTS", rows, SegmentExposure::events);
        whole(c, "USABLE", rows, r -> r.usable() ? 1 : 0);
        whole(c, "FULL", rows, r -> r.full() ? 1 : 0);
        darks(c, rows);
        return c;
    }

    private void darks(EventChunk c, List<SegmentExposure> rows) {
        reals(c, "DARKAGE", rows, r -> r.dark().age());
        reals(c, "DARKRES", rows, r -> r.dark().residual().mean());
        reals(c, "DARKROW", rows, r -> r.dark().residual().extreme());
        whole(c, "DARKSTAL", rows, r -> r.dark().stale());
        whole(c, "DARKREJ", rows, r -> r.dark().counts().reject());
        whole(c, "DARKREPL", rows, r -> r.dark().counts().replace());
        whole(c, "DARKUPD", rows, r -> r.dark().counts().update());
        whole(c, "DARKHOT", rows, r -> r.dark().counts().hot());
        reals(c, "COMMRMS", rows, r -> r.dark().common());
        reals(c, "LEAKMEAN", rows, r -> r.dark().leak().map(LightLeak::mean).orElse(Double.NaN));
        reals(c, "LEAKMAX", rows, r -> r.dark().leak().map(LightLeak::max).orElse(Double.NaN));
        if (schema.has(LEAK)) {
            int areas = schema.column(LEAK).repeat();
            double[] none = new double[areas];
            Arrays.fill(none, Double.NaN);
            c.put(LEAK, rows.stream().flatMapToDouble(
                    r -> Arrays.stream(r.dark().leak().map(LightLeak::level).orElse(none))).toArray());
        }
    }

    private static void reals(EventChunk c, String name, List<SegmentExposure> rows,
            ToDoubleFunction<SegmentExposure> value) {
        c.put(name, rows.stream().mapToDouble(value).toArray());
    }

    /** Bias values; a frame that was not read out has none. */
    private static void biases(EventChunk c, String name, List<SegmentExposure> rows,
            ToDoubleFunction<SegmentBias> value) {
        reals(c, name, rows, r -> r.usable() ? value.applyAsDouble(r.bias()) : Double.NaN);
    }

    private static void whole(EventChunk c, String name, List<SegmentExposure> rows,
            ToIntFunction<SegmentExposure> value) {
        c.put(name, rows.stream().mapToInt(value).toArray());
    }

    private static void text(EventChunk c, String name, String value) {
        byte[] cell = Arrays.copyOf(value.getBytes(StandardCharsets.US_ASCII), TEXT_WIDTH);
        Arrays.fill(cell, Math.min(value.length(), TEXT_WIDTH), TEXT_WIDTH, (byte) ' ');
        MemorySegment from = MemorySegment.ofArray(cell);
        MemorySegment to = c.memory(name);
        for (long at = 0; at < to.byteSize(); at += TEXT_WIDTH) {
            MemorySegment.copy(from, 0, to, at, TEXT_WIDTH);
        }
    }
}
