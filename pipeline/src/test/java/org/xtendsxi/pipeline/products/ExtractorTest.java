// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
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
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;

/** Products of the golden screened list and of a real event list against the extractor and plain counting. */
@Tag("validation")
class ExtractorTest {
    private static final Path SHARED = Path.of(System.getProperty("sxi.shared",
            Path.of(System.getProperty("sxi.root", ".")).resolve("../shared").toString()));

    @BeforeEach
    void needsReferenceData() {
        assumeTrue(Files.isDirectory(SHARED.resolve("golden")), "reference data are not here: " + SHARED);
    }

    private static Products golden() {
        Path base = SHARED.resolve("golden/base");
        return Products.make(base.resolve("expected/09_screened.fits.gz"),
                Optional.of(GtiTable.read(base.resolve("input/events.fits.gz"))), EventFilter::all, 16);
    }

    private static FitsReader expected(String name) {
        return FitsReader.open(SHARED.resolve("golden/base/expected/" + name + ".fits.gz"));
    }

    @Test
    void spectrumIsTheExtractors() {
        try (FitsReader r = expected("10_spectrum"); EventChunk t = r.whole(r.need("SPECTRUM"))) {
            assertThat(golden().spectrum().counts()).isEqualTo(t.longs("COUNTS"));
            assertThat(golden().exposure()).isCloseTo(r.need("SPECTRUM").keywords().needReal("EXPOSURE"), within(1e-6));
        }
    }

    @Test
    void weightingMapIsTheExtractors(@TempDir Path dir) {
        Path out = dir.resolve("a.pha");
        Path list = withDetector(dir.resolve("screened.evt"));
        Products.make(list, Optional.of(GtiTable.read(SHARED.resolve("golden/base/input/events.fits.gz"))),
                EventFilter::all, 16).writeSpectrum(out, Links.ALONE, Optional.empty());
        try (FitsReader theirs = expected("10_spectrum"); FitsReader ours = FitsReader.open(out)) {
            assertThat(Image.read(ours, ours.primary()).values()).isEqualTo(Image.read(theirs, theirs.primary())
                    .values());
            for (String key : List.of("NAXIS1", "NAXIS2", "X-OFFSET", "Y-OFFSET", "WMREBIN", "CRPIX1", "CRVAL1",
                    "CDELT1", "LTV1", "CRVAL1P", "LTV2", "NPIXSOU", "SKYBIN", "REFXCRPX", "REFXCDLT", "TOTCTS")) {
                assertThat(ours.primary().keywords().needReal(key)).as(key)
                        .isCloseTo(theirs.primary().keywords().needReal(key), within(1e-6));
            }
        }
    }

    /**
     * The screened list holds what its products need; the detector position comes from the list before the screening.
     */
    private static Path withDetector(Path out) {
        try (FitsReader all = expected("01_coordevt"); FitsReader screened = expected("09_screened");
                EventChunk place = all.whole(all.hdus().get(1)); EventChunk t = screened.whole(screened.hdus().get(1));
                FitsWriter w = FitsWriter.create(out)) {
            Column u = EventColumns.DETX.keyword("TCRPX", 905.5).keyword("TCRVL", 0.0).keyword("TCDLT", 0.048);
            Column v = EventColumns.DETY.keyword("TCRPX", 905.5).keyword("TCRVL", 0.0).keyword("TCDLT", 0.048);
            EventSchema schema = t.schema().with(List.of(u, v));
            try (EventChunk c = t.as(schema, Set.of())) {
                int[] row = t.ints("EVENTNUMBER");
                int[] x = place.ints("DETX");
                int[] y = place.ints("DETY");
                c.put("DETX", Arrays.stream(row).map(r -> x[r]).toArray());
                c.put("DETY", Arrays.stream(row).map(r -> y[r]).toArray());
                w.primary(new Keywords());
                w.table("EVENTS", c, screened.hdus().get(1).keywords());
                w.commit();
            }
        }
        return out;
    }

    @Test
    void imageIsTheExtractors() {
        PlaneImage sky = golden().sky().orElseThrow();
        try (FitsReader r = expected("10_image")) {
            double[] v = Image.read(r, r.primary()).values();
            for (int i = 0; i < v.length; i++) {
                assertThat((double) sky.count(i % Sxi.SKY_SIZE, i / Sxi.SKY_SIZE)).as("pixel %d", i).isEqualTo(v[i]);
            }
        }
    }

    @Test
    void lightCurveIsTheExtractors() {
        var bins = golden().lightCurve().bins();
        try (FitsReader r = expected("10_lightcurve"); EventChunk t = r.whole(r.need("RATE"))) {
            double zero = r.need("RATE").keywords().needReal("TIMEZERO");
            assertThat(bins).hasSize(t.rows());
            for (int i = 0; i < t.rows(); i++) {
                assertThat(bins.get(i).centre()).isCloseTo(t.doubles("TIME")[i] + zero, within(1e-6));
                assertThat(bins.get(i).rate()).isCloseTo(t.doubles("RATE")[i], within(1e-6 * (1 + bins.get(i).rate())));
                assertThat(bins.get(i).exposed()).isCloseTo(t.doubles("FRACEXP")[i], within(1e-6));
            }
        }
    }

    @Test
    void realListGivesTheHistogramOfItsColumn() {
        Path list = SHARED.resolve("real/xa300045010rsl_calpix_cl2.evt.gz");
        assumeTrue(Files.exists(list), "the real event list is not here");
        Products p = Products.make(list, Optional.empty(), EventFilter::all, 64);
        try (FitsReader r = FitsReader.open(list)) {
            Hdu h = r.need("EVENTS");
            try (EventChunk t = r.whole(h)) {
                long[] counts = new long[60000];
                Arrays.stream(t.ints("PI")).filter(v -> v >= 0 && v < counts.length).forEach(v -> counts[v]++);
                assertThat(p.spectrum().counts()).isEqualTo(counts);
            }
            assertThat(p.exposure()).isCloseTo(GtiTable.read(list).total(), within(1e-6));
        }
    }
}
