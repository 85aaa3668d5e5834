// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;

class FitsRoundTripTest {
    private static final EventSchema SCHEMA = new EventSchema(List.of(
            Column.of("T", ColumnType.DOUBLE, 1).unit("s"),
            Column.of("E", ColumnType.FLOAT, 2),
            Column.of("B", ColumnType.BYTE, 3).nullValue(255),
            Column.of("SB", ColumnType.BYTE, 1).signFlipped(),
            Column.of("I", ColumnType.SHORT, 9).nullValue(-32768).range(-32767, 32767),
            Column.of("U", ColumnType.SHORT, 1).signFlipped(),
            Column.of("J", ColumnType.INT, 1),
            Column.of("UJ", ColumnType.INT, 1).signFlipped(),
            Column.of("K", ColumnType.LONG, 1),
            Column.of("X48", ColumnType.BITS, 48),
            Column.of("X11", ColumnType.BITS, 11)));

    @TempDir
    Path dir;

    private EventChunk sample(long first, int n) {
        EventChunk c = EventChunk.allocate(SCHEMA, first, n);
        c.put("T", IntStream.range(0, n).mapToDouble(i -> first + i + 0.5).toArray());
        c.put("E", IntStream.range(0, 2 * n).mapToDouble(i -> i * 0.25).toArray());
        c.put("B", IntStream.range(0, 3 * n).map(i -> i % 256).toArray());
        c.put("SB", IntStream.range(0, n).map(i -> i % 256 - 128).toArray());
        c.put("I", IntStream.range(0, 9 * n).map(i -> i % 65536 - 32768).toArray());
        c.put("U", IntStream.range(0, n).map(i -> i * 7919 % 65536).toArray());
        c.put("J", IntStream.range(0, n).map(i -> i * -31).toArray());
        c.put("UJ", IntStream.range(0, n).mapToLong(i -> 4294967295L - i).toArray());
        c.put("K", IntStream.range(0, n).mapToLong(i -> Long.MIN_VALUE + i).toArray());
        c.put("X48", IntStream.range(0, n).mapToLong(i -> 1L << i % 48).toArray());
        c.put("X11", IntStream.range(0, n).mapToLong(i -> i % 2048).toArray());
        return c;
    }

    private Path write(int chunks, int rows) {
        Path p = dir.resolve("t.fits");
        try (FitsWriter w = FitsWriter.create(p)) {
            w.primary(new Keywords().set("OBJECT", "a 'quoted' name", "target"));
            try (TableWriter t = w.table("EVENTS", SCHEMA, new Keywords().set("TSTART", 1.5, "[s] start"))) {
                for (int i = 0; i < chunks; i++) {
                    try (EventChunk c = sample((long) i * rows, rows)) {
                        t.accept(c);
                    }
                }
                t.keywords().set("TSTOP", 1e8 / 3, "[s] stop");
                t.finish();
            }
            w.commit();
        }
        return p;
    }

    @Test
    void everyTypeComesBack() {
        Path p = write(3, 101);
        try (FitsReader r = FitsReader.open(p); TableReader t = r.table(r.need("EVENTS"), 101)) {
            assertThat(r.primary().keywords().needText("OBJECT")).isEqualTo("a 'quoted' name");
            assertThat(r.need("EVENTS").keywords().needReal("TSTOP")).isEqualTo(1e8 / 3);
            assertThat(r.need("EVENTS").columns()).isEqualTo(SCHEMA.columns());
            for (int i = 0; i < 3; i++) {
                try (EventChunk got = t.next().orElseThrow(); EventChunk want = sample(i * 101L, 101)) {
                    assertThat(got.doubles("T")).isEqualTo(want.doubles("T"));
                    for (Column c : SCHEMA.columns()) {
                        assertThat(got.memory(c.name()).mismatch(want.memory(c.name()))).as(c.name()).isEqualTo(-1);
                    }
                }
            }
            assertThat(t.next()).isEmpty();
        }
    }

    @Test
    void checksumsAreThoseOfTheStandard() throws IOException {
        byte[] all = Files.readAllBytes(write(2, 57));
        try (FitsReader r = FitsReader.open(dir.resolve("t.fits"))) {
            int at = 0;
            for (Hdu h : r.hdus()) {
                int end = (int) (h.dataOffset() + (h.dataBytes() + 2879) / 2880 * 2880);
                DataSum s = new DataSum();
                s.add(all, at, end - at);
                assertThat(s.value()).as(h.name()).isEqualTo(0xffffffffL);
                at = end;
            }
            assertThat(at).isEqualTo(all.length);
        }
    }

    @Test
    void sumDoesNotDependOnCuts() {
        byte[] b = new byte[1003];
        IntStream.range(0, b.length).forEach(i -> b[i] = (byte) (i * 37));
        DataSum whole = new DataSum();
        whole.add(b, 0, b.length);
        DataSum cut = new DataSum();
        for (int at = 0, n = 1; at < b.length; at += n, n = n % 7 + 1) {
            cut.add(b, at, Math.min(n, b.length - at));
        }
        assertThat(cut.value()).isEqualTo(whole.value());
    }

    @Test
    void truncatedFileIsRefusedWithItsName() throws IOException {
        Path p = write(2, 500);
        byte[] all = Files.readAllBytes(p);
        Files.write(p, java.util.Arrays.copyOf(all, all.length - 2880 * 2));
        assertThatThrownBy(() -> FitsReader.open(p)).isInstanceOfSatisfying(SxiException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
            assertThat(e).hasMessageContaining("t.fits[EVENTS]: file is truncated");
        });
    }

    @Test
    void nothingIsLeftWithoutCommit() throws IOException {
        try (FitsWriter w = FitsWriter.create(dir.resolve("gone.fits"))) {
            w.primary(new Keywords());
        }
        try (var files = Files.list(dir)) {
            assertThat(files).isEmpty();
        }
    }
}
