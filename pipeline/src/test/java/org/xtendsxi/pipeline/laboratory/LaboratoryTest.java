// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.laboratory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.cli.Main;

/** Images written by astropy (ORIGIN.md beside them) and by hand, as frames and through the pipeline. */
@Tag("validation")
class LaboratoryTest {
    private static final List<String> FILES = List.of("first.fits.gz", "second.fits.gz", "dark.fits.gz");
    private static final String STEM = "xa900000001xtd_p030000010";

    @TempDir
    Path dir;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void images() throws IOException {
        for (String f : FILES) {
            try (InputStream in = LaboratoryTest.class.getResourceAsStream(f)) {
                Files.copy(in, dir.resolve(f));
            }
        }
    }

    private int sxi(Object... words) {
        PrintStream old = System.err;
        try {
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            return Main.run(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
        } finally {
            System.setErr(old);
        }
    }

    private int importAll(Object... more) {
        Object[] words = new Object[8 + more.length];
        System.arraycopy(new Object[] {"frames", "import", dir.resolve(FILES.get(1)), dir.resolve(FILES.get(0)),
            dir.resolve(FILES.get(2)), "--out", dir, "--ccd=1"}, 0, words, 0, 8);
        System.arraycopy(more, 0, words, 8, more.length);
        return sxi(words);
    }

    private Path frames(String suffix) {
        return dir.resolve("900000001/xtend/frames/" + STEM + "_" + suffix + ".fits");
    }

    @Test
    void imagesBecomeFramesInTheOrderOfReading() {
        assertThat(importAll("--adcbits", 12)).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("2 exposures, 2 dark ones").contains("left out");
        try (FrameReader f = FrameReader.open(frames("fr")); FrameReader d = FrameReader.open(frames("dk"))) {
            assertThat(f.rows()).isEqualTo(4);
            assertThat(d.rows()).isEqualTo(4);
            FrameGeometry g = f.header().geometry();
            assertThat(g).isEqualTo(new FrameGeometry(3, 320, 6, 0, 24, 1)).isEqualTo(d.header().geometry());
            assertThat(f.header().activeNode()).containsExactly(0, 1, 0, 0, 0, 1, 0, 1);
            assertThat(f.header().adcBits()).isEqualTo(12);
            assertThat(f.header().timing().liveTime()).isEqualTo(5);
            assertThat(f.keywords().needReal("C1S0GAIN")).isEqualTo(1.7);
            assertThat(f.keywords().needReal("C1S1RDN")).isEqualTo(5.1);
            ByteBuffer b = ByteBuffer.allocate(f.rowBytes());
            int[][] events = {{99, 10, 500}, {310, 12, 700}, {319, 10, 600}, {319, 10, 100}};
            for (int row = 0; row < 4; row++) {
                SegmentFrame s = f.read(row, b);
                assertThat(s.time()).isEqualTo(257558400.5 + (row < 2 ? 0 : 6));
                assertThat(s.number()).isEqualTo(row < 2 ? 3 : 4);
                assertThat(s.ccdId()).isEqualTo(1);
                assertThat(s.segment()).isEqualTo(row % 2);
                assertThat(s.readNode()).isZero();
                for (int y = 0; y < g.height(); y++) {
                    for (int x = 0; x < g.width(); x++) {
                        int rawX = x - g.under();
                        boolean active = rawX >= 0 && rawX < 320 && y < 24;
                        int event = rawX == events[row][0] && y == events[row][1] ? events[row][2] : 0;
                        assertThat(s.pixel(y * g.width() + x)).as("row %d, RAWX %d, RAWY %d", row, rawX, y)
                                .isEqualTo(1000 + (rawX & 1) * 10 + (active ? 7 : 0) + event);
                    }
                }
            }
            assertThat(d.readIndex(2).time()).isEqualTo(257558400 - 15);
        }
    }

    @Test
    void thePipelineReducesThem() {
        assertThat(importAll()).isZero();
        assertThat(sxi("run", dir.resolve("900000001"), "--out", dir.resolve("out"), "--exit", "calibrate")).isZero();
        try (FitsReader f = FitsReader.open(dir.resolve("out/xtend/event_uf/" + STEM + "_uf.evt"));
                EventChunk e = f.whole(f.need("EVENTS"))) {
            assertThat(f.need("EVENTS").keywords().needReal("EXPOSURE")).isEqualTo(10);
            assertThat(e.doubles("TIME")).containsExactly(257558400.5, 257558400.5, 257558406.5);
            assertThat(e.ints("ACTX")).containsExactly(100, 330, 320);
            assertThat(e.ints("ACTY")).containsExactly(11, 13, 11);
            assertThat(e.ints("GRADE")).containsExactly(0, 0, 4);
            short[] heights = e.shorts("PHAS_INNER3X3");
            assertThat(new int[] {heights[0], heights[9], heights[18], heights[18 + 5]}).as("across the border too")
                    .containsExactly(500, 700, 600, 100);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "DATASEC | [1:320,1:30]    | does not lie in the image",
        "DATASEC | [1:300,1:24]    | not the columns of a segment",
        "DATASEC | 1:320           | section cannot be read",
        "DATASEC |                 | does not tell its active pixels",
        "BIASSEC |                 | does not tell its overclock pixels",
        "BIASSEC | [320:326,1:24]  | overlaps",
        "BIASSEC | [321:326,1:20]  | lacks rows",
        "CCDSEC  | [11:330,1:24]   | not a whole segment",
        "CCDSEC  | [1:320,11:34]   | first row of the CCD",
        "CCDSEC  | [1:640,1:48]    | differ in size",
        "CCDSUM  | 2 two           | binning cannot be read",
        "CCD_ID  | 4               | no such CCD",
        "EXPTIME | 0               | not positive",
        "EXPTIME |                 | keyword is missing",
        "DATE-OBS| yesterday       | date cannot be read",
        "IMAGETYP| dark            | all images are dark"})
    void headersThatContradictTheLayoutEndWithThree(String key, String value, String message) {
        Keywords k = header();
        k.remove(key);
        if (value != null) {
            if (value.matches("\\d+")) {
                k.set(key, Long.parseLong(value), "");
            } else {
                k.set(key, value, "");
            }
        }
        refused(write("one.fits", k, 1000), message, "one.fits", key.equals("IMAGETYP") ? "" : key);
    }

    @Test
    void pixelsThatNoAdcGivesEndWithThree() {
        refused(write("one.fits", header(), 1000.5), "not a value of the ADC", "1000.5 at x 1, y 1", "0..65535");
        refused(write("one.fits", header(), -1), "not a value of the ADC");
    }

    @Test
    void imagesThatDoNotGoTogetherEndWithThree() {
        Path one = write("one.fits", header(), 1000);
        refused(write("two.fits", header(), 1000), "overlap in time", one);
        Keywords longer = header().set("DATE-OBS", "2027-03-01T00:01:00", "").set("EXPTIME", 6.0, "");
        refused(write("two.fits", longer, 1000), "exposure time differs", one);
        Keywords other = header().set("DATE-OBS", "2027-03-01T00:01:00", "").set("BIASSEC", "[322:326,1:24]", "");
        refused(write("two.fits", other, 1000), "layout differs", one);
        assertThat(sxi("frames", "import", one, "--out", dir.resolve("o"), "--adcbits", 17)).isEqualTo(2);
        assertThat(sxi("frames")).isEqualTo(2);
    }

    private static Keywords header() {
        return new Keywords().set("DATASEC", "[1:320,1:24]", "").set("BIASSEC", "[321:326,1:24]", "")
                .set("EXPTIME", 4.0, "").set("DATE-OBS", "2027-03-01T00:00:00", "");
    }

    private Path write(String name, Keywords k, double level) {
        Path p = dir.resolve(name);
        double[] values = new double[326 * 24];
        Arrays.fill(values, level);
        try (FitsWriter w = FitsWriter.create(p)) {
            w.image("", Image.floats(326, 24, values), k);
            w.commit();
        }
        return p;
    }

    private void refused(Path image, String message, Object... more) {
        err.reset();
        List<Path> others = Arrays.stream(more).filter(Path.class::isInstance).map(Path.class::cast).toList();
        int code = others.isEmpty() ? sxi("frames", "import", image, "--out", dir.resolve("o"))
                : sxi("frames", "import", others.getFirst(), image, "--out", dir.resolve("o"));
        String text = err.toString(StandardCharsets.UTF_8);
        assertThat(code).as(text).isEqualTo(3);
        assertThat(text.lines().filter(l -> !l.contains("warning"))).as(text).hasSize(1);
        assertThat(text).contains(message);
        Arrays.stream(more).filter(String.class::isInstance).forEach(m -> {
            if (!m.equals("one.fits") || !message.startsWith("all")) {
                assertThat(text).contains((String) m);
            }
        });
        assertThat(dir.resolve("o/900000001/xtend/frames/" + STEM + "_fr.fits")).doesNotExist();
    }
}
