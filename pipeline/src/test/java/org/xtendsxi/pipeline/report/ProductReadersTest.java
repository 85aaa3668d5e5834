// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.teldef.SkyPlane;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.pipeline.golden.Golden;
import org.xtendsxi.pipeline.golden.Outside;

/** All products of a source with background, opened by the programs of others. */
@Tag("validation")
class ProductReadersTest {
    private static final double RA = 266.5571;
    private static final double DEC = -28.8894;
    /** The source stands 9 arcmin off the pointing. */
    private static final double SOURCE_RA = 266.65;
    private static final double SOURCE_DEC = -28.77;
    private static final int EVENTS = 6000;
    private static final SkyPlane PLANE = new SkyPlane(RA, DEC, Sxi.SKY_CENTRE, Sxi.SKY_CENTRE,
            Sxi.FOCAL_LENGTH_MM / Sxi.PIXEL_MM);
    private static final Pattern CIRCLE = Pattern.compile("circle\\(([\\d.]+),([\\d.]+)");

    @TempDir
    static Path dir;
    private static Path events;
    private static Path out;

    /** Two thirds of the events are of the source, scattered by 8 pixels, in a line at 5.9 keV. */
    @BeforeAll
    static void make() throws IOException {
        events = dir.resolve("a_cl.evt");
        out = dir.resolve("products");
        Random random = new Random(5);
        SkyPlane.Position at = PLANE.position(SOURCE_RA, SOURCE_DEC);
        int[] x = new int[EVENTS];
        int[] y = new int[EVENTS];
        int[] pi = new int[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            boolean source = i % 3 > 0;
            x[i] = (int) Math.round(source ? at.x() + 8 * random.nextGaussian() : 400 + random.nextInt(1630));
            y[i] = (int) Math.round(source ? at.y() + 8 * random.nextGaussian() : 400 + random.nextInt(1630));
            pi[i] = source ? (int) Math.round(5900 / 6.0 + 10 * random.nextGaussian()) : 50 + random.nextInt(2000);
        }
        EventSchema schema = new EventSchema(List.of(EventColumns.TIME, EventColumns.DETX, EventColumns.DETY,
                wcs(EventColumns.X, "RA---TAN", RA, -1), wcs(EventColumns.Y, "DEC--TAN", DEC, 1), EventColumns.PI,
                EventColumns.GRADE, EventColumns.STATUS));
        try (FitsWriter w = FitsWriter.create(events); EventChunk c = EventChunk.allocate(schema, 0, EVENTS)) {
            c.put("TIME", IntStream.range(0, EVENTS).mapToDouble(i -> 2e7 + i * 0.1).toArray());
            c.put("DETX", Arrays.stream(x).map(v -> v - 310).toArray());
            c.put("DETY", Arrays.stream(y).map(v -> v - 310).toArray());
            c.put("X", x);
            c.put("Y", y);
            c.put("PI", pi);
            c.put("GRADE", new int[EVENTS]);
            w.primary(new Keywords());
            w.table("EVENTS", c, new Keywords().set("TELESCOP", "XRISM", "").set("INSTRUME", "XTEND", "")
                    .set("DETNAM", "CCD", "").set("DATAMODE", "WINDOW1", "").set("CISTATUS", 1L, "")
                    .set("MJDREFI", 58484L, "").set("MJDREFF", 8.0074074074e-4, "").set("TSTART", 2e7, "").set("TSTOP",
                    2e7 + 600, "")
                    .set("DATE-OBS", "2019-08-20T11:33:20", "").set("TIMESYS", "TT", "").set("RA_NOM", RA, "")
                    .set("DEC_NOM", DEC, "").set("EQUINOX", 2000.0, "").set("RADECSYS", "FK5", "")
                    .set("OBJECT", "line source", ""));
            GtiTable.write(w, "GTI", GtiList.of(List.of(new Gti(2e7, 2e7 + 280), new Gti(2e7 + 320, 2e7 + 600))),
                    new Keywords());
            w.commit();
        }
        Path source = Files.writeString(dir.resolve("s.reg"), "fk5\ncircle(%s,%s,60\")%n".formatted(SOURCE_RA,
                SOURCE_DEC));
        Path ring = Files.writeString(dir.resolve("b.reg"), "fk5\nannulus(%s,%s,80\",180\")%n".formatted(SOURCE_RA,
                SOURCE_DEC));
        assertThat(Main.run("-q", "products", events.toString(), "--out", out.toString(), "--region", source.toString(),
                "--background", ring.toString(), "--response", Golden.file("rmf_param").toString(), "--group",
                "optimal:20", "--arf", "a.arf", "--bands", "line=900:1050")).isZero();
    }

    private static Column wcs(Column c, String type, double value, int sign) {
        return c.keyword("TCTYP", type).keyword("TCUNI", "deg").keyword("TCRPX", Sxi.SKY_CENTRE).keyword("TCRVL", value)
                .keyword("TCDLT", sign * Sxi.SKY_PIXEL_DEG);
    }

    private static List<Path> fits() throws IOException {
        try (Stream<Path> all = Files.list(out)) {
            return all.filter(f -> !f.toString().endsWith(".png")).sorted().toList();
        }
    }

    @Test
    void filesBelongTogether() throws IOException {
        assertThat(fits()).extracting(f -> f.getFileName().toString()).containsExactly("a_bgd.pha", "a_bgd.rmf",
                "a_src.img", "a_src.lc", "a_src.pha", "a_src.rmf", "a_src_det.img", "a_src_line.img");
        try (FitsReader r = FitsReader.open(out.resolve("a_src.pha")); EventChunk t = r.whole(r.need("SPECTRUM"))) {
            Keywords k = r.need("SPECTRUM").keywords();
            assertThat(List.of(k.needText("RESPFILE"), k.needText("BACKFILE"), k.needText("ANCRFILE")))
                    .containsExactly("a_src.rmf", "a_bgd.pha", "a.arf");
            assertThat(k.has("GROUPING")).as("the columns say it").isFalse();
            double circle = Math.PI * Math.pow(60 / 3600.0 / Sxi.SKY_PIXEL_DEG, 2) / Sxi.SKY_SIZE / Sxi.SKY_SIZE;
            assertThat(k.needReal("BACKSCAL")).isCloseTo(circle, within(0.01 * circle));
            assertThat(Arrays.stream(t.ints("GROUPING")).filter(g -> g == 1).count())
                    .as("bins of the line and around it").isBetween(4L, 60L);
            assertThat(r.find("REG00101")).isPresent();
        }
    }

    @Test
    void badWordsAndFilesAreRefusedWithTheirPlace() throws IOException {
        Path region = Files.writeString(dir.resolve("bad.reg"), "# mine\nfk5\npanda(1,2,3)\n");
        assertThat(products("--region", region.toString())).as("unknown shape").isEqualTo(3);
        assertThat(products("--pi", "0:5000")).as("beyond TLMAX").isEqualTo(2);
        assertThat(products("--bands", "hard=1000:5000")).as("band beyond TLMAX").isEqualTo(2);
        assertThat(products("--bands", "hard=10")).isEqualTo(2);
        assertThat(products("--group", "optimal")).as("no response").isEqualTo(2);
        assertThat(products("--exposure-map", out.resolve("a_src.lc").toString(), "--region", dir.resolve("s.reg")
                .toString()))
                .as("not a map").isEqualTo(3);
        assertThat(dir.resolve("never")).doesNotExist();
    }

    private static int products(String... more) {
        return Main.run(Stream.concat(Stream.of("-q", "products", events.toString(), "--out", dir.resolve("never")
                .toString()),
                Arrays.stream(more)).toArray(String[]::new));
    }

    @Test
    void groupingAgainChangesTheBinsOnly() {
        Path grouped = dir.resolve("g.pha");
        assertThat(Main.run("-q", "group", out.resolve("a_src.pha").toString(), "--out", grouped.toString(), "--group",
                "min:25", "--pi", "83:1667")).isZero();
        try (FitsReader a = FitsReader.open(out.resolve("a_src.pha")); FitsReader b = FitsReader.open(grouped);
                EventChunk s = a.whole(a.need("SPECTRUM")); EventChunk t = b.whole(b.need("SPECTRUM"))) {
            assertThat(t.ints("COUNTS")).isEqualTo(s.ints("COUNTS"));
            assertThat(t.ints("QUALITY")[82]).isEqualTo(5);
            assertThat(t.ints("QUALITY")[83]).isZero();
            assertThat(b.need("SPECTRUM").keywords().needText("RESPFILE")).isEqualTo("a_src.rmf");
            assertThat(b.hdus()).hasSameSizeAs(a.hdus());
        }
        assertThat(Main.run("-q", "group", out.resolve("a_src.pha").toString(), "--out", dir.resolve("h.pha")
                .toString(), "--group", "optimal")).as("response found by RESPFILE").isZero();
    }

    @Test
    void fitsverifyFindsNothing() throws IOException {
        Outside.needs("fitsverify");
        for (Path f : fits()) {
            assertThat(Outside.run("fitsverify", "-q", f.toString()).text()).as("%s", f).contains("verification OK");
        }
    }

    @Test
    void stiltsReadsTheTables() {
        Outside.needs("stilts");
        String all = Stream.of("a_src.pha#SPECTRUM", "a_src.pha#GTI", "a_src.pha#REG00101", "a_src.lc#RATE",
                "a_src.rmf#EBOUNDS",
                "a_src.rmf#MATRIX").map(t -> "ifmt" + "=fits in=" + out.resolve(t)).reduce("", (a, b) -> a + b + "\n");
        for (String words : all.strip().split("\n")) {
            String[] w = words.split(" ");
            Outside.Said said = Outside.run("stilts", "tpipe", w[0], w[1], "omode=count");
            assertThat(said.text()).as(words).contains("rows:");
            assertThat(said.status()).as(words).isZero();
        }
    }

    @Test
    void astropyFindsTheSourceAndFoldsALineThroughTheResponse() {
        Outside.Said said = Outside.python(List.of("astropy", "numpy"), """
                import numpy as np
                from astropy.io import fits
                from astropy.wcs import WCS
                d = '%s'
                # image: centroid of the source against its direction
                h = fits.open(d + '/a_src.img')
                y, x = np.nonzero(h[0].data)
                n = h[0].data[y, x]
                px, py = WCS(h[0].header).all_world2pix(%s, %s, 0)
                assert abs(np.average(x, weights=n) - px) < 0.3 and abs(np.average(y, weights=n) - py) < 0.3
                # the columns of the event list are pixels of the same plane
                t = fits.open('%s')['EVENTS']
                place = [t.columns.names.index(c) + 1 for c in ('X', 'Y')]
                px, py = WCS(t.header, keysel=['pixel'], colsel=place).all_world2pix(%s, %s, 1)
                ours = np.arange(len(t.data)) %% 3 > 0
                assert abs(t.data['X'][ours].mean() - px) < 0.3 and abs(t.data['Y'][ours].mean() - py) < 0.3
                # the spectrum is that of the events of the region, the weighting map holds the same events
                s = fits.open(d + '/a_src.pha')
                assert s['SPECTRUM'].data['COUNTS'].sum() == h[0].data.sum() == s[0].data[s[0].data > 0].sum()
                # the response by the rules of OGIP
                r = fits.open(d + '/a_src.rmf')
                m, e = r['MATRIX'], r['EBOUNDS'].data
                first = m.header['TLMIN%%d' %% (m.columns.names.index('F_CHAN') + 1)]
                assert len(e) == m.header['DETCHANS'] == s['SPECTRUM'].header['DETCHANS'] == len(s['SPECTRUM'].data)
                low, high = m.data['ENERG_LO'][::8], m.data['ENERG_HI'][::8]
                full = np.zeros((len(low), len(e)))
                for i in range(len(low)):
                    row, at = m.data[8 * i], 0
                    for f, c in zip(np.atleast_1d(row['F_CHAN']), np.atleast_1d(row['N_CHAN'])):
                        full[i, f - first:f - first + c] = row['MATRIX'][at:at + c]
                        at += c
                sums = full.sum(axis=1)
                # areas extrapolated beyond the last energy of the parameters fall a little below nil there
                assert full.min() >= 0 and sums.min() > 0.99, (full.min(), sums.min())
                assert sums[high < 20].max() < 1.00001 and sums.max() < 1.0005, sums.max()
                # a line of 5.9 keV: its peak lies where the events do
                at = np.searchsorted(low, 5.9) - 1
                line = full[at]
                kev = (e['E_MIN'] + e['E_MAX']) / 2
                main = line > line.max() / 2
                assert abs(np.average(kev[main], weights=line[main]) - (low[at] + high[at]) / 2) < 0.006
                counts = s['SPECTRUM'].data['COUNTS']
                near = (kev > 5.7) & (kev < 6.1)
                assert abs(np.average(kev[near], weights=counts[near]) - 5.9) < 0.006
                # a power law folded: no photon is made or lost beyond the threshold of the matrix
                photons = ((low + high) / 2) ** -1.7
                assert abs((photons @ full).sum() / (photons * sums).sum() - 1) < 1e-6
                """.formatted(out, SOURCE_RA, SOURCE_DEC, events, SOURCE_RA, SOURCE_DEC));
        assertThat(said.status()).as(said.text()).isZero();
    }

    /** The direction of the source, turned by ds9 into pixels of the image and columns of the event list. */
    @Test
    void ds9PutsTheDirectionOfTheSourceWhereItsEventsAre() throws IOException {
        Outside.needs("ds9", "xvfb-run");
        Path image = dir.resolve("image.reg");
        Path list = dir.resolve("list.reg");
        String circle = "fk5;circle(%s,%s,20\")".formatted(SOURCE_RA, SOURCE_DEC);
        Outside.Said said = Outside.run("xvfb-run", "-a", "ds9", out.resolve("a_src.img").toString(), "-regions",
                "command", circle, "-regions", "system", "image", "-regions", "save", image.toString(), "-frame", "new",
                events + "[EVENTS]", "-regions", "command", circle, "-regions", "system", "physical", "-regions",
                "save", list.toString(), "-exit");
        double[] centroid = centroid();
        for (Path p : List.of(image, list)) {
            assertThat(p).as(said.text()).exists();
            Matcher m = CIRCLE.matcher(Files.readString(p));
            assertThat(m.find()).as(Files.readString(p)).isTrue();
            assertThat(Double.parseDouble(m.group(1))).as(p + " x").isCloseTo(centroid[0], within(0.3));
            assertThat(Double.parseDouble(m.group(2))).as(p + " y").isCloseTo(centroid[1], within(0.3));
        }
    }

    /** Mean position of the events of the source. */
    private static double[] centroid() {
        try (FitsReader r = FitsReader.open(events); EventChunk t = r.whole(r.need("EVENTS"))) {
            int[] x = t.ints("X");
            int[] y = t.ints("Y");
            return new double[] {IntStream.range(0, EVENTS).filter(i -> i % 3 > 0).mapToDouble(i -> x[i]).average()
                    .orElseThrow(),
                IntStream.range(0, EVENTS).filter(i -> i % 3 > 0).mapToDouble(i -> y[i]).average().orElseThrow()};
        }
    }
}
