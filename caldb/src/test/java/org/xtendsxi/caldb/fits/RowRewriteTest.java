// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;

/** Rows rewritten as bytes are those that a whole decoding and encoding gives. */
class RowRewriteTest {
    private static final Column TIME = Column.of("TIME", ColumnType.DOUBLE, 1);
    private static final Column NODE = Column.of("READNODE", ColumnType.BYTE, 1).nullValue(255);
    private static final Column PHAS = Column.of("PHAS", ColumnType.SHORT, 9).nullValue(-32768);
    private static final Column MAP = Column.of("P_OUTER_MOST", ColumnType.SHORT, 1).signFlipped();
    private static final Column STATUS = Column.of("STATUS", ColumnType.BITS, 48);
    private static final Column PI = Column.of("PI", ColumnType.SHORT, 1).nullValue(4096);
    private static final EventSchema IN = new EventSchema(List.of(TIME, NODE, PHAS, MAP, STATUS));
    private static final int ROWS = 5;

    @Test
    void columnsThatNobodyNamesAreNotDecoded() {
        RowRewrite r = new RowRewrite(IN, IN.with(List.of(PI)), Set.of("phas"), Set.of("PI", "STATUS", "NOWHERE"));
        assertThat(r.working().columns()).containsExactly(PHAS, STATUS, PI);
    }

    @Test
    void columnsChangeInPlace(@TempDir Path folder) {
        assertThat(rewritten(folder, IN, Set.of("READNODE"), Set.of("STATUS", "PHAS"))).isEqualTo(expected(IN));
    }

    @Test
    void columnsComeAndGo(@TempDir Path folder) {
        EventSchema out = new EventSchema(List.of(PI, NODE, TIME, PHAS, STATUS));
        assertThat(rewritten(folder, out, Set.of("READNODE"), Set.of("STATUS", "PI", "PHAS")))
                .isEqualTo(expected(out));
    }

    @Test
    void anotherFormatIsAFaultOfTheProgram() {
        EventSchema out = IN.with(List.of(Column.of("TIME", ColumnType.FLOAT, 1)));
        assertThatThrownBy(() -> new RowRewrite(IN, out, Set.of(), Set.of())).hasMessageContaining("TIME: 1D");
    }

    /** Work that raises STATUS by READNODE, adds 1 to PHAS and, where it exists, sets PI. */
    private static byte[] rewritten(Path folder, EventSchema out, Set<String> read, Set<String> written) {
        Path file = folder.resolve("in.fits");
        try (FitsWriter w = FitsWriter.create(file); EventChunk c = events(IN)) {
            w.primary(new Keywords());
            w.table("EVENTS", c, new Keywords());
            w.commit();
        }
        RowRewrite r = new RowRewrite(IN, out, read, written);
        try (FitsReader f = FitsReader.open(file); TableReader t = f.table(f.need("EVENTS"), ROWS)) {
            RawRows rows = t.nextRaw(new byte[0]).orElseThrow();
            assertThat(rows.first()).isZero();
            assertThat(rows.count()).isEqualTo(ROWS);
            assertThat(t.nextRaw(new byte[0])).isEmpty();
            try (EventChunk c = r.decode(rows)) {
                work(c);
                return r.encode(rows, c);
            }
        }
    }

    private static byte[] expected(EventSchema out) {
        try (EventChunk c = events(out)) {
            work(c);
            byte[] rows = new byte[ROWS * out.rowBytes()];
            TableCodec.encode(c, rows);
            return rows;
        }
    }

    private static void work(EventChunk c) {
        long[] status = c.longs("STATUS");
        int[] node = c.ints("READNODE");
        short[] phas = c.shorts("PHAS");
        for (int i = 0; i < ROWS; i++) {
            status[i] |= 1L << 40 + node[i];
        }
        for (int i = 0; i < phas.length; i++) {
            phas[i]++;
        }
        c.put("STATUS", status);
        c.put("PHAS", phas);
        if (c.has("PI")) {
            c.put("PI", new int[] {1, 2, 3, 4, 4096});
        }
    }

    private static EventChunk events(EventSchema schema) {
        EventChunk c = EventChunk.allocate(schema, 0, ROWS);
        short[] phas = new short[ROWS * 9];
        for (int i = 0; i < phas.length; i++) {
            phas[i] = (short) (-1000 + 37 * i);
        }
        c.put("TIME", new double[] {1.5, -2.25, 1e9, Double.NaN, 0});
        c.put("READNODE", new int[] {0, 1, 0, 1, 1});
        c.put("PHAS", phas);
        c.put("STATUS", new long[] {0, 1, 1L << 47, 5, 1L << 29});
        if (schema.has("P_OUTER_MOST")) {
            c.put("P_OUTER_MOST", new int[] {0, 65535, 32768, 1, 8192});
        }
        return c;
    }
}
