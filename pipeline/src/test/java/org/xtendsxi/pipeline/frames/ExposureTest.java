// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.pipeline.bias.SegmentBias;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.kernel.BiasLevel;

/** Exposure rows, live intervals and lost cycles. */
class ExposureTest {
    private static final SegmentBias BIAS =
            new SegmentBias(BiasLevel.ofFrame(1000, 1010), 1000, 1010, 2, 3, 0.2, 0.3, 90, 5, 1);

    private static SegmentExposure row(double time, int number, int ccd, int segment, boolean usable) {
        return new SegmentExposure(time, number, ccd, segment, usable, BIAS, 4);
    }

    @Test
    void liveTimeIsThatOfCompleteCycles() {
        ExposureLog log = new ExposureLog(DataMode.WINDOW1.timing());
        log.accept(row(100, 1, 0, 0, true));
        log.accept(row(100, 1, 0, 1, true));
        log.accept(row(104, 2, 0, 0, true));
        log.accept(row(116, 5, 0, 0, true));
        log.accept(row(116, 5, 0, 1, false));
        log.accept(row(120, 6, 0, 0, true));
        log.accept(row(120, 6, 0, 1, true));
        assertThat(log.live().intervals()).containsExactly(new Gti(100.036864, 104), new Gti(120.036864, 124));
        assertThat(log.live(0, 0).total()).isCloseTo(4 * 3.963136, within(1e-9));
        assertThat(log.live(0, 1).total()).isCloseTo(2 * 3.963136, within(1e-9));
        assertThat(log.summary()).isEqualTo(new ExposureLog.Summary(4, 2, 2, 1, 1, 28));
    }

    @Test
    void windowModeHasEightIntervalsACycle() {
        ExposureLog log = new ExposureLog(DataMode.WINDOW2.timing());
        log.accept(row(1000, 1, 1, 0, true));
        List<Gti> g = log.live().intervals();
        assertThat(g).hasSize(8);
        // the vector of events-coords-screening section 18
        assertThat(g.getFirst().start()).isCloseTo(1000.036864, within(1e-9));
        assertThat(g.getFirst().stop()).isCloseTo(1000.4999824, within(1e-9));
        assertThat(g.getLast().start()).isCloseTo(1003.5367408, within(1e-9));
        assertThat(g.getLast().stop()).isCloseTo(1004.0, within(1e-9));
    }

    @Test
    void timeMustNotRunBackwardsNorASegmentComeTwice() {
        ExposureLog log = new ExposureLog(DataMode.WINDOW1.timing());
        log.accept(row(100, 1, 0, 0, true));
        assertThatThrownBy(() -> log.accept(row(100, 1, 0, 0, true))).isInstanceOf(SxiException.class)
                .hasMessageContaining("comes twice");
        assertThatThrownBy(() -> log.accept(row(96, 2, 0, 0, true))).isInstanceOf(SxiException.class)
                .hasMessageContaining("time order");
    }

    @Test
    void rowsBecomeATable(@TempDir Path dir) {
        FrameHeader h = HandFrame.header(HandFrame.SMALL);
        Keywords k = new Keywords().set("C1S1ARON", "(0,1,0,0,0)", "").set("C1S1AROU",
                "(0,9,0,9,0,0,0,0,0,0,0,0,0,0,0,0)", "");
        ExposureTable table = new ExposureTable("30000010", h, AreaDiscrimination.of(k, h));
        Path file = dir.resolve("exp.fits");
        try (EventChunk c = table.toChunk(List.of(row(100, 1, 1, 0, true), row(100, 1, 1, 1, false)), 0);
                FitsWriter w = FitsWriter.create(file)) {
            w.primary(new Keywords());
            w.table(ExposureTable.NAME, c, new Keywords());
            w.commit();
        }
        try (FitsReader r = FitsReader.open(file); EventChunk c = r.whole(r.need(ExposureTable.NAME))) {
            assertThat(c.ints("DATACTLM")).containsExactly(0x30000010, 0x30000010);
            assertThat(c.ints("FRAMETYPE")).containsExactly(0, 0);
            assertThat(c.ints("ADOU0ENA")).containsExactly(0, 1);
            assertThat(c.ints("SEGMENT")).containsExactly(0, 1);
            assertThat(c.doubles("BIAS_ODD")).containsExactly(1010, Double.NaN);
            assertThat(c.ints("USABLE")).containsExactly(1, 0);
            byte[] mode = c.memory("DATAMODE").toArray(ValueLayout.JAVA_BYTE);
            assertThat(new String(mode, StandardCharsets.US_ASCII)).isEqualTo("WINDOW1         ".repeat(2));
        }
        assertThatThrownBy(() -> new ExposureTable("3x", h, AreaDiscrimination.of(k, h)))
                .isInstanceOf(SxiException.class).hasMessageContaining("hexadecimal");
    }
}
