// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;

/** Region files: pixels held by each against the region filter of CFITSIO, and what is refused. */
class RegionFileTest {
    @TempDir
    Path dir;

    private Hdu field(double rotation) {
        Path f = dir.resolve("f" + rotation + ".fits");
        double scale = 1.7679840 / 3600;
        EventSchema s = new EventSchema(List.of(
                EventColumns.X.keyword("TCTYP", "RA---TAN").keyword("TCRPX", 1215.5).keyword("TCRVL", 83.633)
                        .keyword("TCDLT", -scale),
                EventColumns.Y.keyword("TCTYP", "DEC--TAN").keyword("TCRPX", 1215.5).keyword("TCRVL", 22.0145)
                        .keyword("TCDLT", scale).keyword("TCROT", rotation)));
        try (FitsWriter w = FitsWriter.create(f); EventChunk c = EventChunk.allocate(s, 0, 0)) {
            w.primary(new Keywords());
            w.table("EVENTS", c, new Keywords());
            w.commit();
        }
        try (FitsReader r = FitsReader.open(f)) {
            return r.need("EVENTS");
        }
    }

    private Region read(double rotation, String text) throws IOException {
        Path p = dir.resolve("r.reg");
        Files.writeString(p, text);
        return RegionFile.read(p, field(rotation));
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = RegionFileTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#"))
                    .toList();
        }
    }

    @Test
    @Tag("validation")
    void everyRegionHoldsThePixelsThatCfitsioSelects() throws IOException {
        Map<String, String> expected = new HashMap<>();
        lines("cases.csv").forEach(l -> expected.put(l.split(",")[0], l.substring(l.indexOf(',') + 1)));
        SoftAssertions all = new SoftAssertions();
        for (String line : lines("cases.txt")) {
            String[] f = line.split("\\|", 3);
            Region r = read(Double.parseDouble(f[1].strip()), f[2].strip().replace(" / ", "\n"));
            long n = 0;
            long sumX = 0;
            long sumY = 0;
            for (int y = 3; y <= 2430; y += 5) {
                for (int x = 4; x <= 2430; x += 7) {
                    if (r.contains(x, y)) {
                        n++;
                        sumX += x;
                        sumY += y;
                    }
                }
            }
            all.assertThat(n + "," + sumX + "," + sumY).as(f[0].strip()).isEqualTo(expected.get(f[0].strip()));
        }
        all.assertAll();
    }

    @Test
    void commentsGlobalsBlanksAndSeparatorsAreUnderstood() throws IOException {
        Region r = read(0, """
                # Region file format: DS9 version 4.1
                global color=green dashlist=8 3
                IMAGE; CIRCLE 10 10 2 # text={source}

                -box( 10, 10, 1, 1, 0)
                """);
        assertThat(r.contains(8, 10)).isTrue();
        assertThat(r.contains(10, 10)).isFalse();
        assertThat(r.contains(7.9, 10)).isFalse();
        assertThat(r.plane()).isEqualTo(Plane.SKY);
        assertThat(read(0, "detector\ncircle(5,5,1)").plane()).isEqualTo(Plane.DET);
    }

    @Test
    void unknownWordsNameTheirLine() {
        assertThatThrownBy(() -> read(0, "fk5\npanda(1,2,3)")).isInstanceOf(SxiException.class)
                .hasMessageContaining("line 2").hasMessageContaining("unknown shape (panda");
        assertThatThrownBy(() -> read(0, "\ngalactic\ncircle(1,2,3)")).hasMessageContaining("line 2")
                .hasMessageContaining("galactic");
        assertThatThrownBy(() -> read(0, "circle(1,2)")).hasMessageContaining("3 numbers");
        assertThatThrownBy(() -> read(0, "circle(1,2,3\")")).hasMessageContaining("pixels");
        assertThatThrownBy(() -> read(0, "fk5\ncircle(5:61:00,22,3\")")).hasMessageContaining("5:61:00");
        assertThatThrownBy(() -> read(0, "circle(1,2,3)\ndetector;circle(1,2,3)")).hasMessageContaining("two files");
        assertThatThrownBy(() -> read(0, "# nothing")).hasMessageContaining("no shape");
    }
}
