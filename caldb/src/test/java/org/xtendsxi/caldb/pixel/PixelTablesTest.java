// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;

/** Reading of pixel lists and masks. */
class PixelTablesTest {
    @TempDir
    Path dir;

    private Path write(String extension, String names, int[]... rows) {
        List<Column> columns = new ArrayList<>();
        for (String n : names.split(" ")) {
            columns.add(Column.of(n, ColumnType.INT, 1));
        }
        Path file = dir.resolve("t.fits");
        try (FitsWriter w = FitsWriter.create(file);
                EventChunk c = EventChunk.allocate(new EventSchema(columns), 0, rows.length)) {
            for (int k = 0; k < columns.size(); k++) {
                int[] v = new int[rows.length];
                for (int i = 0; i < v.length; i++) {
                    v[i] = rows[i][k];
                }
                c.put(columns.get(k).name(), v);
            }
            w.primary(new Keywords());
            w.table(extension, c, new Keywords());
            w.commit();
        }
        return file;
    }

    @Test
    void listsAreReadInOrder() {
        PixelList bad = PixelList.bad(write("BADPIX", "TIME CCD_ID ACTX ACTY YEXTEND", new int[] {100, 0, 5, 6, 1},
                new int[] {200, 3, 640, 1, 640}));
        assertThat(bad.entries()).containsExactly(new PixelEntry(100, 0, 5, 6, 1),
                new PixelEntry(200, 3, 640, 1, 640));
        PixelList hot = PixelList.hot(write("HOTPIX", "TIME CCD_ID ACTX ACTY", new int[] {100, 0, 5, 6},
                new int[] {200_000, 1, 1, 1}));
        assertThat(hot.near(86_400, 86_500)).hasSize(1);
        assertThat(hot.near(86_501, 86_502)).isEmpty();
        assertThat(hot.near(113_600, 113_600)).extracting(PixelEntry::ccd).containsExactly(1);
    }

    @Test
    void pixelsOffTheCcdAreErrors() {
        for (int[] wrong : new int[][] {{0, 4, 1, 1, 1}, {0, 0, 0, 1, 1}, {0, 0, 1, 641, 1}, {0, 0, 1, 2, 640},
            {0, 0, 1, 1, 0}}) {
            Path file = write("BADPIX", "TIME CCD_ID ACTX ACTY YEXTEND", new int[] {0, 0, 1, 1, 1}, wrong);
            assertThatThrownBy(() -> PixelList.bad(file)).isInstanceOf(SxiException.class)
                    .hasMessageContaining("row 2");
        }
    }

    @Test
    void maskRows() {
        PixelMask m = PixelMask.load(write("MASK", "CCD_ID ACTX ACTY DETX DETY VALUE", new int[] {1, 3, 4, 10, 20, 4},
                new int[] {0, 0, 1, -1, 5, -1}));
        assertThat(m.rows()).isEqualTo(2);
        assertThat(m.pixel(0)).isEqualTo(409600 + 2 * 640 + 3);
        assertThat(m.detector(0)).isEqualTo(19 * 1810 + 9);
        assertThat(m.value(0)).isEqualTo(4);
        assertThat(m.pixel(1)).isEqualTo(-1);
        assertThat(m.detector(1)).isEqualTo(-1);
        Path wrong = write("MASK", "CCD_ID ACTX ACTY DETX DETY VALUE", new int[] {1, 3, 4, 10, 20, 6});
        assertThatThrownBy(() -> PixelMask.load(wrong)).isInstanceOf(SxiException.class).hasMessageContaining("row 1");
    }
}
