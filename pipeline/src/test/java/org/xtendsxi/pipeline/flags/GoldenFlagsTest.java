// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.PixelList;
import org.xtendsxi.caldb.pixel.PixelMask;
import org.xtendsxi.pipeline.golden.Golden;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/** The flags of the reference tool, event by event, and what the mended behaviour changes. */
class GoldenFlagsTest {
    private static PixelMask mask;

    @BeforeAll
    static void readMask() {
        mask = Golden.mask();
    }

    private record Run(FlagMap map, List<EventChunk> chunks) {
    }

    private static Run run(String name, int chunkRows, Compat compat, boolean second) {
        Keywords header = Golden.header(name);
        Parameters p = Parameters.of("flags", FlagStage.SPEC.parameters(), Map.of("resetflags", second ? "no" : "yes"));
        List<EventChunk> chunks = Golden.events(name, chunkRows, Golden.WORK);
        Optional<EchoSearch> echo = FlagStage.echo(header, p, compat, Optional.empty());
        for (EventChunk c : chunks) {
            c.put("PHAS", c.shorts("PHAS_INNER3X3"));
            c.put("STATUS", c.longs(second ? "STATUS_IN2" : "STATUS_IN"));
            if (second) {
                c.put("PHAS_MASK", c.ints("MASK_OUT"));
            }
            echo.orElseThrow().accept(c);
        }
        FlagInputs inputs = new FlagInputs(Optional.of(mask), Optional.of(PixelList.bad(Golden.file("badpix"))),
                Optional.of(PixelList.hot(Golden.file(name + "_hotpix"))),
                second ? Optional.of(PixelList.flickering(Golden.file(name + "_flickpix"))) : Optional.empty());
        FlagMap map = FlagStage.map(inputs, header, p, compat, echo);
        chunks.forEach(FlagStage.open(map, p, compat)::process);
        return new Run(map, chunks);
    }

    @ParameterizedTest
    @Tag("validation")
    @CsvSource({"base, 20000, false", "base, 1111, false", "base, 20000, true", "window, 4096, false"})
    void everyFlagIsTheSame(String name, int chunkRows, boolean second) {
        Run run = run(name, chunkRows, Compat.HEASOFT_6_20, second);
        String suffix = second ? "2" : "";
        int seen = 0;
        for (EventChunk c : run.chunks()) {
            try (c) {
                same(c.longs("STATUS"), c.longs("STATUS_OUT" + suffix));
                same(c.ints("PHAS_MASK"), c.ints("MASK_OUT" + suffix));
                seen += c.rows();
            }
        }
        assertThat(seen).isEqualTo(name.equals("base") ? 20000 : 10000);
    }

    @ParameterizedTest
    @Tag("validation")
    @CsvSource({"base", "window"})
    void imageIsTheSame(String name) {
        Run run = run(name, 20000, Compat.HEASOFT_6_20, false);
        int[] image = BadPixelImage.states(run.map(), mask, Golden.header(name), BadStatus.parse(BadStatus.DEFAULT));
        try (FitsReader f = FitsReader.open(Golden.file(name + "_image"))) {
            assertThat(Arrays.mismatch(image, Arrays.stream(Image.read(f, f.primary()).values()).mapToInt(v -> (int) v)
                    .toArray())).isEqualTo(-1);
        }
        run.chunks().forEach(EventChunk::close);
    }

    /** First place where they differ: a message of 20000 numbers helps nobody. */
    private static void same(long[] ours, long[] theirs) {
        assertThat(Arrays.mismatch(ours, theirs)).isEqualTo(-1);
    }

    private static void same(int[] ours, int[] theirs) {
        assertThat(Arrays.mismatch(ours, theirs)).isEqualTo(-1);
    }

    private static List<long[]> status(Run run) {
        List<long[]> all = new ArrayList<>();
        run.chunks().forEach(c -> all.add(c.longs("STATUS")));
        return all;
    }

    /**
     * Rows whose STATUS or PHAS_MASK change when one fault is mended and no other: the counts of docs/differences.md,
     * as {@code target/differences-flags.txt} lists them.
     */
    @ParameterizedTest
    @Tag("validation")
    @CsvSource({"base, 1, 2316, 2582", "base, 2, 247, 247", "base, 3, 97, 97", "base, 4, 14, 3060", "base, 5, 21, 21",
        "base, 11, 0, 0", "base, 13, 0, 0", "base, R1, 0, 0", "base, R6, 0, 0", "base, area, 0, 0",
        "base, 1-2-3-4-5-11-13-R1-R6-area, 2450, 5561", "window, 11, 817, -1", "window, R1, 177, -1",
        "window, 1-2-3-4-5-11-13-R1-R6-area, 1240, -1"})
    void oneFaultMended(String name, String fault, int first, int second) throws IOException {
        Compat compat = Compat.of("heasoft-6.20-" + fault).orElseThrow();
        int[] rows = {changed(name, compat, false), second < 0 ? -1 : changed(name, compat, true)};
        Files.writeString(Path.of("target/differences-flags.txt"), name + " " + fault + ": " + rows[0] + " / " + rows[1]
                + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertThat(rows).containsExactly(first, second);
    }

    private static int changed(String name, Compat compat, boolean second) {
        String suffix = second ? "2" : "";
        int rows = 0;
        for (EventChunk c : run(name, 20000, compat, second).chunks()) {
            try (c) {
                long[] status = c.longs("STATUS");
                long[] reference = c.longs("STATUS_OUT" + suffix);
                int[] mask = c.ints("PHAS_MASK");
                int[] referenceMask = c.ints("MASK_OUT" + suffix);
                for (int i = 0; i < status.length; i++) {
                    int at = i * EventPixels.INNER;
                    rows += status[i] != reference[i] || !Arrays.equals(mask, at, at + EventPixels.INNER, referenceMask,
                            at, at + EventPixels.INNER) ? 1 : 0;
                }
            }
        }
        return rows;
    }

    /** The flags that a mended fault can change are few; all others must be as in the reference. */
    @Test
    void mendedFaultsTouchTheirFlagsOnly() {
        Run strict = run("base", 20000, Compat.STRICT, false);
        long[] mended = status(strict).getFirst();
        long[] reference = strict.chunks().getFirst().longs("STATUS_OUT");
        long may = StatusFlag.bits(StatusFlag.ANY_BAD, StatusFlag.BAD_PIXEL, StatusFlag.BAD_COLUMN,
                StatusFlag.BAD_3X3, StatusFlag.BAD_COLUMN_LINE, StatusFlag.NEAR_BAD, StatusFlag.NEAR_BAD_COLUMN_LINE,
                StatusFlag.NEAR_SEGMENT_BOUNDARY, StatusFlag.COSMIC_RAY_ECHO);
        long changed = 0;
        for (int i = 0; i < mended.length; i++) {
            changed |= mended[i] ^ reference[i];
        }
        assertThat(changed & ~may).isZero();
        assertThat(changed & StatusFlag.NEAR_BAD.bit()).isNotZero();
        assertThat(changed & StatusFlag.NEAR_SEGMENT_BOUNDARY.bit()).isNotZero();
        strict.chunks().forEach(EventChunk::close);
    }

    /** Built from the definition, pixel by pixel, not by the code under test. */
    @Test
    void mendedMaskMarksTheRightPixels() {
        Run strict = run("base", 20000, Compat.STRICT, false);
        EventChunk c = strict.chunks().getFirst();
        int[] mask3x3 = c.ints("PHAS_MASK");
        int[] ccd = c.ints("CCD_ID");
        int[] segment = c.ints("SEGMENT");
        int[] node = c.ints("READNODE");
        int[] x = c.ints("RAWX");
        int[] y = c.ints("RAWY");
        int[] expected = new int[mask3x3.length];
        long[] processing = c.longs("PROC_STATUS");
        for (int i = 0; i < ccd.length; i++) {
            if (EventFlags.unusable(processing[i])) {
                continue;
            }
            for (int k = 0; k < EventPixels.INNER; k++) {
                int actX = ReadNode.actX(segment[i], node[i], x[i] + EventPixels.dx(k)) - 1;
                int actY = y[i] + EventPixels.dy(k);
                boolean on = actX >= 0 && actX < Sxi.ACT_SIZE && actY >= 0 && actY < Sxi.ACT_SIZE;
                boolean bad = on && (strict.map().at(ccd[i], actX, actY) & FlagMap.USELESS) != 0;
                expected[EventPixels.INNER * i + k] = bad ? 1 : 0;
            }
        }
        same(mask3x3, expected);
        assertThat(Arrays.stream(expected).sum()).isGreaterThan(1000);
        c.close();
    }

    @Test
    void mendedFlag1FollowsEventFlags() {
        Run strict = run("base", 20000, Compat.STRICT, true);
        long bad = BadStatus.parse(BadStatus.DEFAULT);
        long[] s = status(strict).getFirst();
        assertThat(Arrays.stream(s)).allMatch(v -> StatusFlag.ANY_BAD.in(v) == ((v & bad) != 0));
        assertThat(Arrays.stream(s).filter(StatusFlag.TEMPERATURE_RANGE::in).count()).isPositive();
        strict.chunks().forEach(EventChunk::close);
    }

    @Test
    void cutIntoChunksDoesNotMatter() {
        Run whole = run("base", 20000, Compat.STRICT, false);
        Run parts = run("base", 333, Compat.STRICT, false);
        long[] joined = status(parts).stream().flatMapToLong(Arrays::stream).toArray();
        same(joined, status(whole).getFirst());
        same(parts.chunks().stream().flatMapToInt(c -> Arrays.stream(c.ints("PHAS_MASK"))).toArray(),
                whole.chunks().getFirst().ints("PHAS_MASK"));
        whole.chunks().forEach(EventChunk::close);
        parts.chunks().forEach(EventChunk::close);
    }
}
