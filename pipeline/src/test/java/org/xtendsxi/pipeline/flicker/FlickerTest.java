// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.golden.Golden;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/** Flickering pixels: the list of the reference tool, and images with planted pixels. */
class FlickerTest {
    private static final int SIZE = 100;

    private static FlickerSettings settings(Map<String, String> given) {
        return FlickerSettings.of(Parameters.of("flicker", FlickerSettings.parameters(), given), Compat.STRICT);
    }

    /** The search of the stage leaves out flag 1; the STATUS of the second step's input is that of the reference. */
    @ParameterizedTest
    @Tag("validation")
    @CsvSource({"heasoft-6.20, 20000", "heasoft-6.20, 500", "strict, 3000"})
    void listOfTheReference(String word, int chunkRows) {
        Compat compat = Compat.of(word).orElseThrow();
        Keywords h = Golden.header("base");
        FlickerSearch search = FlickerStage.open(
                Parameters.of("flicker", FlickerStage.SPEC.parameters(), Map.of()), compat, 0, h.needReal("TSTART"),
                h.needReal("TSTOP"));
        for (EventChunk c : Golden.events("base", chunkRows, Golden.WORK)) {
            try (c) {
                c.put("STATUS", c.longs("STATUS_IN2"));
                c.put("PROC_STATUS", new long[c.rows()]);
                search.accept(c);
            }
        }
        List<FlickerPixel> expected = new ArrayList<>();
        try (FitsReader f = FitsReader.open(Golden.file("base_flickpix")); EventChunk t = f.whole(f.need("PIXELS"))) {
            for (int i = 0; i < t.rows(); i++) {
                expected.add(new FlickerPixel(t.doubles("START")[i], t.doubles("STOP")[i], t.ints("CCD_ID")[i],
                        t.ints("ACTX")[i], t.ints("ACTY")[i], t.ints("COUNTS")[i], t.ints("PI")[i]));
            }
        }
        assertThat(expected).hasSize(31);
        assertThat(search.pixels()).containsExactlyElementsOf(expected);
    }

    private static int[] flat(double mean) {
        Random r = new Random(1);
        int[] image = new int[SIZE * SIZE];
        double floor = Math.exp(-mean);
        for (int i = 0; i < image.length; i++) {
            int n = 0;
            for (double p = r.nextDouble(); p > floor; p *= r.nextDouble()) {
                n++;
            }
            image[i] = n;
        }
        return image;
    }

    private static List<Integer> found(int[] image, Map<String, String> given) {
        boolean[] f = FlickerDetector.detect(image, SIZE, settings(given));
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < f.length; i++) {
            if (f[i]) {
                all.add(i);
            }
        }
        return all;
    }

    /** A box of one pixel is not searched, its edge neither; in the first column it is no larger (section 10.3). */
    @Test
    @Tag("validation")
    void aSinglePixelInTheFirstColumnIsNotSearched() {
        int[] image = new int[SIZE * SIZE];
        image[40] = 7;
        assertThat(found(image, Map.of("flagedge", "yes"))).isEmpty();
        image[41] = 1;
        assertThat(found(image, Map.of("flagedge", "yes"))).containsExactly(40, 41);
    }

    @Test
    void plantedPixelsAreFoundAndFewOthers() {
        int[] image = flat(2);
        List<Integer> planted = List.of(0, 50 * SIZE + 50, 50 * SIZE + 51, 99 * SIZE + 99);
        planted.forEach(i -> image[i] = 40);
        assertThat(found(image, Map.of())).containsAll(planted).hasSizeLessThan(planted.size() + 3);
        assertThat(image[0]).isEqualTo(40);
    }

    /** A faint neighbour of a bright pixel shows only when the bright one is left out of its surroundings. */
    @Test
    void iterationFindsWhatABrightPixelHides() {
        int[] image = new int[SIZE * SIZE];
        Arrays.fill(image, 1);
        image[50 * SIZE + 50] = 300;
        image[50 * SIZE + 51] = 15;
        assertThat(found(image, Map.of("iterate", "no"))).containsExactly(50 * SIZE + 50);
        assertThat(found(image, Map.of())).containsExactly(50 * SIZE + 50, 50 * SIZE + 51);
    }

    @Test
    void emptySurroundingsNeedThreeCounts() {
        int[] image = new int[SIZE * SIZE];
        image[0] = 1;
        image[SIZE * SIZE - 1] = 1;
        image[10 * SIZE + 10] = 2;
        image[30 * SIZE + 30] = 3;
        assertThat(found(image, Map.of())).containsExactly(30 * SIZE + 30);
        assertThat(found(image, Map.of("bthresh", "2"))).hasSize(2);
        assertThat(found(image, Map.of("cellsize", "0", "bthresh", "2"))).containsExactly(30 * SIZE + 30);
        assertThat(found(new int[SIZE * SIZE], Map.of())).isEmpty();
    }

    @Test
    void brightestFallToTheFirstTest() {
        int[] image = new int[SIZE * SIZE];
        Arrays.fill(image, 1);
        image[500] = 1000;
        assertThat(found(image, Map.of("logprob2", "1"))).containsExactly(500);
        assertThat(found(image, Map.of("logprob1", "1", "logprob2", "1"))).isEmpty();
    }

    @Test
    void borderOnRequest() {
        int[] image = new int[SIZE * SIZE];
        Arrays.fill(image, 1);
        assertThat(found(image, Map.of("flagedge", "yes"))).hasSize(SIZE * SIZE - 94 * 94);
    }

    @Test
    void evenCellsAndStrangeGradesAreRefused() {
        assertThatThrownBy(() -> settings(Map.of("cellsize", "6"))).isInstanceOf(SxiException.class);
        assertThat(FlickerStage.grades("0, 2,3")).isEqualTo(0b1101);
        assertThatThrownBy(() -> FlickerStage.grades("0,x")).isInstanceOf(SxiException.class);
    }
}
