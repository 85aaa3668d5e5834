// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.bench.EventMaker;
import org.xtendsxi.pipeline.cli.Main;

/** The products of a run with regions: links, areas by exposure, bins, bands, the page. */
class ProductsFlowTest {
    private static final String STEM = "xa900000004xtd_p030000010";

    @TempDir
    Path dir;
    private Path observation;
    private Path out;
    private Path region;

    @BeforeEach
    void events() throws IOException {
        observation = dir.resolve("900000004");
        out = dir.resolve("out");
        Path file = observation.resolve("xtend/event_uf/" + STEM + "_uf.evt");
        Path hk = observation.resolve("xtend/hk/xa900000004xtd_a0.hk");
        Files.createDirectories(file.getParent());
        Files.createDirectories(hk.getParent());
        Files.move(EventMaker.write(file, 2500), hk, StandardCopyOption.REPLACE_EXISTING);
        region = Files.writeString(dir.resolve("s.reg"), "physical\ncircle(1215,1215,200)\n");
    }

    private int run(String... more) {
        return Main.run(Stream.concat(Stream.of("-q", "run", observation.toString(), "--out", out.toString()),
                Arrays.stream(more).flatMap(m -> Stream.of("--set", "products." + m))).toArray(String[]::new));
    }

    private Path product(String suffix) {
        return out.resolve("xtend/products/" + STEM + suffix);
    }

    private Keywords spectrum(String suffix) {
        try (FitsReader r = FitsReader.open(product(suffix))) {
            return r.need("SPECTRUM").keywords();
        }
    }

    @Test
    void regionsGoIntoEveryProductAndTheAreasFollowTheExposure() throws IOException {
        Path ring = Files.writeString(dir.resolve("b.reg"), "physical\nannulus(1215,1215,250,500)\n");
        assertThat(run("region=" + region, "background=" + ring, "backscal=expmap", "group=min:5",
                "bands=soft=0:500")).isZero();
        assertThat(spectrum("_src.pha").needText("BACKFILE")).isEqualTo(STEM + "_bgd.pha");
        double plain = Math.PI * 200 * 200 / 2430 / 2430;
        assertThat(spectrum("_src.pha").needReal("BACKSCAL")).as("the gap between the CCDs is not exposed")
                .isLessThan(0.97 * plain).isGreaterThan(0.5 * plain);
        try (FitsReader r = FitsReader.open(product("_src.pha")); EventChunk t = r.whole(r.need("SPECTRUM"));
                FitsReader i = FitsReader.open(product("_src.img")); FitsReader e = FitsReader.open(product(".expo"))) {
            assertThat(t.has("GROUPING")).isTrue();
            double[] image = Image.read(i, i.primary()).values();
            double[] seconds = Image.read(e, e.primary()).values();
            assertThat(Arrays.stream(t.longs("COUNTS")).sum()).isEqualTo((long) Arrays.stream(image).sum())
                    .isPositive();
            for (int p = 0; p < image.length; p++) {
                if (image[p] > 0 && Math.hypot(1 + p % 2430 - 1215, 1 + p / 2430 - 1215) > 200) {
                    throw new AssertionError("event outside the region at " + p);
                }
            }
            assertThat(Arrays.stream(seconds).max().orElseThrow())
                    .isCloseTo(r.need("SPECTRUM").keywords().needReal("EXPOSURE"), within(0.01));
        }
        assertThat(product("_src_soft.img")).exists();
        assertThat(Files.readString(out.resolve("report.html"))).contains("the source region").contains("band soft")
                .contains("STATUS flags of all events").contains("products.group = min:5").contains("GTI");
        FileStamp before = FileStamp.of(product("_src.pha"));
        Files.writeString(region, "physical\ncircle(1215,1215,100)\n");
        assertThat(run("region=" + region)).isZero();
        assertThat(FileStamp.of(product("_src.pha"))).as("another region, another spectrum").isNotEqualTo(before);
    }

    @Test
    void badWishesAreRefused() {
        assertThat(run("backscal=expmap", "expmap=no")).isEqualTo(2);
        assertThat(run("group=fine")).isEqualTo(2);
        assertThat(run("bands=hard=0:9000")).isEqualTo(2);
    }

    /** What tells two versions of a file apart. */
    private record FileStamp(String sum) {
        static FileStamp of(Path file) {
            try (FitsReader r = FitsReader.open(file)) {
                return new FileStamp(r.need("SPECTRUM").keywords().needText("DATASUM"));
            }
        }
    }
}
