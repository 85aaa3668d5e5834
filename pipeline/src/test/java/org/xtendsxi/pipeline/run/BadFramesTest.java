// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.FrameWriter;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.pipeline.frames.HandFrame;

/**
 * Frame files that are damaged, unfinished or contradict themselves: one clear line and exit 3, or all that is whole.
 */
@Tag("validation")
class BadFramesTest {
    private static final FrameGeometry GEOMETRY = new FrameGeometry(2, 320, 4, 0, 16, 1);
    private static final String STEM = "xa900000001xtd_p030000010";
    private static final int CARD = 80;
    private static final int BLOCK = 2880;
    private static final double START = 257558400;

    @TempDir
    Path dir;

    /** Result of a command. */
    private record Outcome(int code, String error) {
    }

    private Outcome run(String... more) {
        PrintStream old = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            Stream<String> words = Stream.of("run", dir.resolve("900000001").toString(), "--out",
                    dir.resolve("out").toString(), "--threads", "2");
            Stream<String> last = more.length > 0 ? Arrays.stream(more)
                    : Stream.of("--exit", "events", "--set", "dark.method=none");
            int code = Main.run(Stream.concat(words, last).toArray(String[]::new));
            return new Outcome(code, err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(old);
        }
    }

    private Path file() {
        return dir.resolve("900000001/xtend/frames/" + STEM + "_fr.fits");
    }

    private Path events() {
        return dir.resolve("out/xtend/event_uf/" + STEM + "_uf.evt");
    }

    private static SegmentFrame frame(int cycle, int number, int segment) {
        return new HandFrame(GEOMETRY, 1000).add(100, 8, 500)
                .frame(1, segment, segment, FrameType.RAW, START + 4.0 * cycle, number);
    }

    /** Both segments of cycles 0, 1, 2 with an event each. */
    private static List<SegmentFrame> good() {
        return Stream.of(0, 1, 2).flatMap(c -> Stream.of(frame(c, c + 1, 0), frame(c, c + 1, 1))).toList();
    }

    private void write(List<SegmentFrame> frames, Consumer<Keywords> change) {
        MissionTime t = MissionTime.XRISM;
        Keywords k = new Keywords().set("TELESCOP", "XRISM", "").set("INSTRUME", "XTEND", "")
                .set("OBS_ID", "900000001", "")
                .set("DATACLAS", "30000010", "").set("TIMESYS", "TT", "").set("MJDREFI", t.mjdRefI(), "")
                .set("MJDREFF", t.mjdRefF(), "").set("RA_NOM", 83.6, "").set("DEC_NOM", 22.0, "").set("PA_NOM", 0.0, "")
                .set("CISTATUS", 0L, "");
        try (FrameWriter w = new FrameWriter(file(), HandFrame.header(GEOMETRY), k)) {
            change.accept(w.keywords());
            frames.forEach(w::accept);
            w.commit();
        }
    }

    /** The error is one line that names the file, and no event file is left. */
    private void refused(String... words) {
        Outcome o = run();
        assertThat(o.code()).as(o.error()).isEqualTo(3);
        List<String> errors = o.error().lines().filter(l -> l.startsWith("sxi: ") && !l.contains("warning")).toList();
        assertThat(errors).as(o.error()).hasSize(1);
        assertThat(errors.getFirst()).contains(file().getFileName().toString()).contains(words).contains("): ");
        assertThat(events().getParent()).satisfiesAnyOf(folder -> assertThat(folder).doesNotExist(),
                folder -> assertThat(folder).isEmptyDirectory());
    }

    private long eventCount() {
        try (FitsReader f = FitsReader.open(events())) {
            return f.need("EVENTS").rows();
        }
    }

    @Test
    void whatIsGoodIsTaken() {
        write(good(), k -> { });
        assertThat(run().code()).isZero();
        assertThat(eventCount()).isEqualTo(6);
    }

    @Test
    void theStageThatEndsAPassNamesIt() {
        write(good(), k -> { });
        assertThat(run("--exit", "extraction", "--set", "dark.method=none").code()).isZero();
        assertThat(eventCount()).isEqualTo(6);
        assertThat(run("--exit", "dark").error()).contains("--exit names no pass (dark, limit events");
    }

    @ParameterizedTest
    @CsvSource({"HOCLEGTH", "HUCLEGTH", "VUCHEGHT", "IMGHEGHT", "VOCHEGHT", "EVENTTHR", "ADCBITS", "POLARITY",
            "DATAMODE"})
    void missingKeyword(String key) {
        write(good(), k -> k.remove(key));
        refused("[FRAMES]", key);
    }

    @Test
    void noOverclock() {
        FrameGeometry g = new FrameGeometry(2, 320, 0, 0, 16, 1);
        MissionTime t = MissionTime.XRISM;
        Keywords k = new Keywords().set("TELESCOP", "XRISM", "").set("INSTRUME", "XTEND", "")
                .set("DATACLAS", "30000010", "")
                .set("MJDREFI", t.mjdRefI(), "").set("MJDREFF", t.mjdRefF(), "").set("CISTATUS", 0L, "");
        try (FrameWriter w = new FrameWriter(file(), HandFrame.header(g), k)) {
            w.accept(new HandFrame(g, 1000).frame(1, 0, 0));
            w.commit();
        }
        refused("[FRAMES] (column HOCLEGTH)", "overclock", "bias.split=no");
    }

    @Test
    void segmentsOfDifferentGeometry() {
        write(good(), k -> k.set("VUCHEGHT", "(0,0,0,0,4,0,0,0)", ""));
        refused("[FRAMES]", "VUCHEGHT", "differs between segments");
    }

    @Test
    void cycleOutOfOrder() {
        write(List.of(frame(0, 1, 0), frame(2, 3, 0), frame(1, 2, 0)), k -> { });
        refused("[FRAMES] (row 3, column TIME)", "order of time");
    }

    @Test
    void rowsOfACycleApart() {
        write(List.of(frame(0, 1, 0), frame(1, 2, 0), frame(0, 1, 1)), k -> { });
        refused("(row 3, column TIME)", "order of time");
    }

    @Test
    void cycleNumberComesAgain() {
        write(List.of(frame(0, 1, 0), frame(1, 2, 0), frame(2, 1, 0)), k -> { });
        refused("(row 3, column FRAMENUM)", "comes again");
    }

    @Test
    void sameNumberForTwoTimes() {
        write(List.of(frame(0, 1, 0), frame(1, 1, 0)), k -> { });
        refused("(row 2, column TIME)", "different times");
    }

    @Test
    void sameTimeForTwoNumbers() {
        write(List.of(frame(0, 1, 0), frame(0, 2, 0)), k -> { });
        refused("(row 2, column FRAMENUM)", "same time");
    }

    @Test
    void segmentTwice() {
        write(List.of(frame(0, 1, 0), frame(0, 1, 1), frame(0, 1, 0)), k -> { });
        refused("(row 3, column SEGMENT)", "twice");
    }

    @ParameterizedTest
    @CsvSource({"2, 5, 1, 1, CCD_ID", "2, 1, 7, 1, CCD_ID", "2, 1, 1, 9, FRAMETYPE"})
    void rowsThatMakeNoSense(int row, int ccd, int segment, int type, String column) throws IOException {
        write(good(), k -> { });
        patch(row, 12, ccd, segment, segment, type);
        refused("(row " + row + ", column " + column + ")");
    }

    @Test
    void rowShorterThanItsShape() throws IOException {
        write(good(), k -> { });
        int pixels = GEOMETRY.pixels();
        card("TFORM7", pixels + "I", (pixels - 1) + "I");
        card("NAXIS1", String.valueOf(16 + 2 * pixels), String.valueOf(14 + 2 * pixels));
        refused("[FRAMES] (column TDIM7)", "(326,17)", (pixels - 1) + "I");
    }

    @Test
    void rowLengthThatIsNotThatOfItsColumns() throws IOException {
        write(good(), k -> { });
        card("NAXIS1", String.valueOf(16 + 2 * GEOMETRY.pixels()), String.valueOf(14 + 2 * GEOMETRY.pixels()));
        refused("[FRAMES] (column NAXIS1)", "row length");
    }

    @Test
    void growingFileGivesItsCompleteRowsAndIsReadAgain() throws IOException {
        write(good(), k -> k.set("INCOMPLT", true, "still growing"));
        byte[] all = Files.readAllBytes(file());
        long data = dataOffset();
        int row = 16 + 2 * GEOMETRY.pixels();
        cut(data + 3L * row + 1000);
        Outcome o = run();
        assertThat(o.code()).as(o.error()).isZero();
        assertThat(o.error()).contains("still growing", "3 complete rows");
        // the second cycle lacks a segment: its event is kept, its time does not count
        assertThat(eventCount()).isEqualTo(3);
        assertThat(exposure()).isEqualTo(3.963136);
        assertThat(Files.readString(dir.resolve("out/log/run.json"))).contains("still growing")
                .containsPattern("\"incomplete\" *: *1");
        Files.write(file(), all);
        cut(data + 6L * row);
        assertThat(run().code()).isZero();
        assertThat(eventCount()).as("rows that came since, under the same checksum").isEqualTo(6);
    }

    @Test
    void fileCutInItsLastRow() throws IOException {
        write(good(), k -> { });
        cut(dataOffset() + 6L * (16 + 2 * GEOMETRY.pixels()) - 1);
        refused("[FRAMES]", "truncated", "at least");
    }

    @Test
    void fileCutInThePaddingOfItsLastBlockIsComplete() throws IOException {
        write(good(), k -> { });
        cut(dataOffset() + 6L * (16 + 2 * GEOMETRY.pixels()) + 10);
        Outcome o = run();
        assertThat(o.code()).as(o.error()).isZero();
        assertThat(o.error()).contains("only fill the block");
        assertThat(eventCount()).isEqualTo(6);
        assertThat(Files.readString(dir.resolve("out/log/run.json"))).contains("only fill the block");
    }

    @Test
    void fileCutInItsHeader() throws IOException {
        write(good(), k -> { });
        cut(2 * BLOCK + 100);
        refused("truncated");
    }

    @Test
    void truncatedGzip() throws IOException {
        write(good(), k -> { });
        byte[] all = Files.readAllBytes(file());
        Path gz = file().resolveSibling(file().getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
            out.write(all);
        }
        Files.delete(file());
        assertThat(run().code()).isZero();
        assertThat(eventCount()).isEqualTo(6);
        try (Stream<Path> written = Files.list(events().getParent())) {
            for (Path p : written.toList()) {
                Files.delete(p);
            }
        }
        byte[] packed = Files.readAllBytes(gz);
        Files.write(gz, Arrays.copyOf(packed, packed.length - packed.length / 3));
        refused("compressed file is damaged");
    }

    @Test
    void segmentThatWasNotReadOutCostsItsTimeOnly() throws IOException {
        SegmentFrame dead = new HandFrame(GEOMETRY, 4095).frame(1, 1, 1, FrameType.RAW, START + 4, 2);
        write(List.of(frame(0, 1, 0), frame(0, 1, 1), frame(1, 2, 0), dead), k -> { });
        assertThat(run().code()).isZero();
        assertThat(eventCount()).isEqualTo(3);
        assertThat(exposure()).isEqualTo(3.963136);
        assertThat(Files.readString(dir.resolve("out/log/run.json"))).containsPattern("\"unusable\" *: *1");
        try (FitsReader f = FitsReader.open(dir.resolve("out/xtend/event_uf/xa900000001xtd_a0exp.fits"));
                EventChunk c = f.whole(f.need("EXPOSURE"))) {
            assertThat(c.ints("USABLE")).containsExactly(1, 1, 1, 0);
        }
    }

    /**
     * A bias at the upper rail would hide all charge, so such a frame has no live time, though its pixels look good.
     */
    @Test
    void segmentWithSaturatedOverclockCostsItsTime() throws IOException {
        write(good(), k -> { });
        int first = GEOMETRY.overStart();
        for (int y = 0; y < GEOMETRY.height(); y++) {
            for (int x = first; x < first + GEOMETRY.over(); x++) {
                // 4095 - 32768
                patch(4, 16 + 2 * (y * GEOMETRY.width() + x), 0x8f, 0xff);
            }
        }
        assertThat(run().code()).isZero();
        assertThat(eventCount()).isEqualTo(5);
        assertThat(exposure()).isEqualTo(2 * 3.963136);
        assertThat(Files.readString(dir.resolve("out/log/run.json"))).containsPattern("\"unusable\" *: *1")
                .doesNotContain("stale for");
    }

    /** Stuck at both rails in every frame, dark frames too: no events, and the neighbours are not disturbed. */
    @Test
    void stuckPixelsGiveNoEventsWithADarkThatKnowsThem() {
        List<SegmentFrame> all = Stream.of(0, 1, 2, 3, 4).map(c -> {
            HandFrame f = new HandFrame(GEOMETRY, 1000).set(50, 8, 4095).set(60, 8, 0);
            return (c == 2 ? f.add(100, 8, 500) : f).frame(1, 0, 0, FrameType.RAW, START + 4.0 * c, c + 1);
        }).toList();
        write(all, k -> { });
        assertThat(run("--exit", "events", "--set", "dark.method=median").code()).isZero();
        assertThat(eventCount()).isOne();
    }

    @Test
    void saturatedPixelsAreEventsAndSaturatedBlocksAreNot() {
        HandFrame f = new HandFrame(GEOMETRY, 1000).set(50, 8, 4095);
        for (int i = 0; i < 25; i++) {
            f.set(200 + i % 5, 5 + i / 5, 4095);
        }
        write(List.of(f.frame(1, 0, 0, FrameType.RAW, START, 1)), k -> { });
        assertThat(run().code()).isZero();
        assertThat(eventCount()).as("the single pixel; equal neighbours kill each other").isOne();
    }

    private double exposure() {
        try (FitsReader f = FitsReader.open(events())) {
            return f.need("EVENTS").keywords().needReal("EXPOSURE");
        }
    }

    private long dataOffset() {
        try (FitsReader f = FitsReader.open(file())) {
            return f.need("FRAMES").dataOffset();
        }
    }

    private void cut(long length) throws IOException {
        try (RandomAccessFile f = new RandomAccessFile(file().toFile(), "rw")) {
            f.setLength(length);
        }
    }

    /** Overwrites bytes of a row. */
    private void patch(int row, int at, int... values) throws IOException {
        try (RandomAccessFile f = new RandomAccessFile(file().toFile(), "rw")) {
            f.seek(dataOffset() + (row - 1L) * (16 + 2 * GEOMETRY.pixels()) + at);
            for (int v : values) {
                f.write(v);
            }
        }
    }

    /** Changes the value of a card of table FRAMES. */
    private void card(String key, String from, String to) throws IOException {
        byte[] all = Files.readAllBytes(file());
        int end = new String(all, StandardCharsets.ISO_8859_1).indexOf("END     ", 2 * BLOCK);
        for (int at = BLOCK; at < end; at += CARD) {
            String c = new String(all, at, CARD, StandardCharsets.US_ASCII);
            if (c.startsWith(String.format("%-8s=", key))) {
                assertThat(c).contains(from);
                byte[] changed = c.replace(from, to).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(changed, 0, all, at, CARD);
            }
        }
        Files.write(file(), all);
    }
}
