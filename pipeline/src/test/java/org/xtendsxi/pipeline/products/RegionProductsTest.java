// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.region.Region;
import org.xtendsxi.pipeline.region.RegionFile;

/** Weighting map and region table of a spectrum with a region, from a grid of events whose planes are turned and mirrored. */
class RegionProductsTest {
    private static final int SIDE = 40;
    private static final GtiList GOOD = GtiList.of(List.of(new Gti(0, 100)));

    @TempDir
    Path dir;
    private Path events;

    /** DET on a grid of 10 pixels; the sky is turned by 90 degrees and mirrored: X = DETY + 300, Y = DETX + 200. */
    @BeforeEach
    void grid() {
        events = dir.resolve("a_cl.evt");
        int n = SIDE * SIDE;
        EventSchema schema = new EventSchema(List.of(EventColumns.TIME, EventColumns.DETX, EventColumns.DETY,
                wcs(EventColumns.X, "RA---TAN", -1), wcs(EventColumns.Y, "DEC--TAN", 1), EventColumns.PI));
        try (FitsWriter w = FitsWriter.create(events); EventChunk c = EventChunk.allocate(schema, 0, n)) {
            int[] u = IntStream.range(0, n).map(i -> 700 + 10 * (i % SIDE)).toArray();
            int[] v = IntStream.range(0, n).map(i -> 800 + 10 * (i / SIDE)).toArray();
            c.put("TIME", IntStream.range(0, n).mapToDouble(i -> i * 0.05).toArray());
            c.put("DETX", u);
            c.put("DETY", v);
            c.put("X", Arrays.stream(v).map(y -> y + 300).toArray());
            c.put("Y", Arrays.stream(u).map(x -> x + 200).toArray());
            c.put("PI", IntStream.range(0, n).map(i -> i % 100).toArray());
            w.primary(new Keywords());
            w.table("EVENTS", c, new Keywords().set("TELESCOP", "XRISM", "").set("INSTRUME", "XTEND", "")
                    .set("RA_NOM", 83.633, "").set("DEC_NOM", 22.0145, ""));
            GtiTable.write(w, "GTI", GOOD, new Keywords());
            w.commit();
        }
    }

    private static Column wcs(Column c, String type, int sign) {
        return c.keyword("TCTYP", type).keyword("TCUNI", "deg").keyword("TCRPX", 1215.5).keyword("TCRVL", 83.633)
                .keyword("TCDLT", sign * Sxi.SKY_PIXEL_DEG);
    }

    private FitsReader spectrum(String region) throws IOException {
        Path file = dir.resolve("r.reg");
        Files.writeString(file, region);
        Region r;
        try (FitsReader in = FitsReader.open(events)) {
            r = RegionFile.read(file, in.need("EVENTS"));
        }
        Path out = dir.resolve("r.pha");
        Products.make(events, Optional.empty(), g -> EventFilter.all(g).region(r), 16)
                .writeSpectrum(out, Links.ALONE.background("b.pha").response("r.rmf"), Optional.empty());
        return FitsReader.open(out);
    }

    @Test
    void skyRegionIsMarkedInTheDetectorPlaneByTheMeanMap() throws IOException {
        // a box of the sky, X 1150..1250 and Y 1000..1040, is DETY 850..950 and DETX 800..840
        try (FitsReader r = spectrum("box(1200,1020,100,40,0)\n-circle(1200,1020,3)")) {
            Keywords k = r.primary().keywords();
            assertThat(k.needInteger("X-OFFSET")).isEqualTo(800);
            assertThat(k.needInteger("Y-OFFSET")).isEqualTo(850);
            assertThat(r.primary().axes()).containsExactly(41, 101);
            double[] v = Image.read(r, r.primary()).values();
            assertThat(Arrays.stream(v).filter(x -> x > 0).sum()).isEqualTo(5 * 11 - 1);
            assertThat(Arrays.stream(v).filter(x -> x < 0).count()).as("hole of 29 pixels").isEqualTo(29);
            assertThat(k.isTrue("WMAPFIX")).isTrue();
        }
    }

    @Test
    void backscalIsTheShareOfThePlaneAndLinksStandInTheHeader() throws IOException {
        try (FitsReader r = spectrum("detector\nbox(900,900,101,101,0)")) {
            Keywords k = r.need("SPECTRUM").keywords();
            assertThat(k.needReal("BACKSCAL")).isCloseTo(101.0 * 101 / 1810 / 1810, within(1e-12));
            assertThat(k.needText("BACKFILE")).isEqualTo("b.pha");
            assertThat(k.needText("RESPFILE")).isEqualTo("r.rmf");
            assertThat(k.needText("ANCRFILE")).isEqualTo("none");
            assertThat(r.primary().axes()).containsExactly(101, 101);
        }
    }

    @Test
    void regionTableHoldsEveryShapeWithTheHolesCutOutOfIt() throws IOException {
        try (FitsReader r = spectrum("ellipse(1200,1020,60,20,30)\npolygon(1100,950,1150,950,1125,990,1110,980)\n"
                + "-circle(1200,1020,5)"); EventChunk t = r.whole(r.need("REG00101"))) {
            assertThat(t.texts("SHAPE")).containsExactly("ELLIPSE", "!CIRCLE", "POLYGON", "!CIRCLE");
            assertThat(t.ints("COMPONENT")).containsExactly(1, 1, 2, 2);
            assertThat(Arrays.copyOfRange(t.doubles("X"), 8, 12)).containsExactly(1100, 1150, 1125, 1110);
            assertThat(t.doubles("R")).startsWith(60, 20, 5, 0);
            assertThat(t.doubles("ROTANG")).startsWith(30);
        }
    }
}
