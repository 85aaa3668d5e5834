// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;

/** Six events by hand: which of them count, where, and in which bin. */
class ProductsTest {
    private static final GtiList GOOD = GtiList.of(List.of(new Gti(100, 130), new Gti(140, 160)));
    private static final EventSchema SCHEMA = new EventSchema(List.of(EventColumns.TIME, EventColumns.X, EventColumns.Y,
            EventColumns.PI, EventColumns.GRADE, EventColumns.STATUS));

    @TempDir
    Path dir;
    private Path events;

    @BeforeEach
    void writeEvents() {
        events = dir.resolve("a_cl.evt");
        try (FitsWriter w = FitsWriter.create(events); EventChunk c = EventChunk.allocate(SCHEMA, 0, 6)) {
            //              in   in   gap  in   null in
            c.put("TIME", new double[] {98, 100, 133, 140, 150, 157});
            c.put("PI", new int[] {10, 10, 11, 4095, 4096, 200});
            c.put("X", new int[] {1, 1, 5, 2430, 7, -1});
            c.put("Y", new int[] {1, 2, 5, 2430, 7, -1});
            c.put("GRADE", new int[] {0, 6, 0, 7, 0, 2});
            c.put("STATUS", new long[] {0, StatusFlag.CALIBRATION_SOURCE.bit(), 0, 0, 0, 0});
            w.primary(new Keywords());
            w.table("EVENTS", c, new Keywords().set("TSTART", 100.0, "").set("TSTOP", 160.0, "").set("TIMEDEL", 4.0, "")
                    .set("TIMEPIXR", 0.0, "").set("OBJECT", "test", ""));
            GtiTable.write(w, "GTI", GOOD, new Keywords());
            w.commit();
        }
    }

    private Products make(java.util.function.Function<GtiList, EventFilter> f) {
        return Products.make(events, Optional.empty(), f, 16);
    }

    @Test
    void middleOfTheExposureDecidesAndNullsNeverCount() {
        Products p = make(EventFilter::all);
        assertThat(p.spectrum().total()).isEqualTo(4);
        assertThat(p.spectrum().counts()[10]).isEqualTo(2);
        assertThat(p.spectrum().counts()[4095]).isEqualTo(1);
        assertThat(p.spectrum().counts()[200]).isEqualTo(1);
        assertThat(p.exposure()).isEqualTo(50);
    }

    /** Events that no channel can hold stay in the image, as in the reference, and are told with the first of them. */
    @Test
    void eventsOutsideTheLegalRangeAreToldWithTheFirst() {
        assertThat(make(EventFilter::all).spectrum().warning("a_cl.evt")).isEmpty();
        EventSchema wide = new EventSchema(List.of(EventColumns.TIME, EventColumns.X, EventColumns.Y,
                EventColumns.PI.range(20, 4000)));
        Path file = dir.resolve("wide_cl.evt");
        try (FitsWriter w = FitsWriter.create(file); EventChunk c = EventChunk.allocate(wide, 0, 5)) {
            c.put("TIME", new double[] {100, 101, 102, 103, 104});
            c.put("PI", new int[] {20, 4000, 4001, 19, 4096});
            c.put("X", new int[] {1, 1, 1, 1, 1});
            c.put("Y", new int[] {1, 1, 1, 1, 1});
            w.primary(new Keywords());
            w.table("EVENTS", c, new Keywords().set("TSTART", 100.0, "").set("TSTOP", 160.0, ""));
            w.commit();
        }
        Products p = Products.make(file, Optional.empty(), EventFilter::all, 16);
        assertThat(p.spectrum().total()).isEqualTo(2);
        assertThat(p.spectrum().outside()).isEqualTo(2);
        assertThat(p.sky().orElseThrow().total()).isEqualTo(4);
        assertThat(p.spectrum().warning("wide_cl.evt").orElseThrow())
                .startsWith("wide_cl.evt[EVENTS] (row 3, column PI)")
                .contains("2 events have a PI outside the legal range (the first 4001, limit 20..4000)");
        assertThat(Products.make(file, Optional.empty(), g -> EventFilter.all(g).pi(20, 4000), 16).spectrum().outside())
                .as("a selection by PI leaves them out").isZero();
    }

    @Test
    void imageHoldsEveryPixelOfTheLegalRange() {
        PlaneImage sky = make(EventFilter::all).sky().orElseThrow();
        assertThat(sky.width()).isEqualTo(2430);
        assertThat(sky.count(0, 0)).isEqualTo(1);
        assertThat(sky.count(0, 1)).isEqualTo(1);
        assertThat(sky.count(2429, 2429)).isEqualTo(1);
        assertThat(sky.total()).isEqualTo(3);
    }

    @Test
    void lightCurveDividesByTheGoodTimeOfEachBin() {
        List<LightCurve.Bin> bins = make(EventFilter::all).lightCurve().bins();
        // bins of 16 s from 100 s: good 16, 14, 8 + 0, 12
        assertThat(bins).hasSize(4);
        assertThat(bins.get(0).rate()).isCloseTo(2 / 16.0, within(1e-12));
        assertThat(bins.get(1).exposed()).isCloseTo(14 / 16.0, within(1e-12));
        assertThat(bins.get(2).rate()).isCloseTo(1 / 8.0, within(1e-12));
        assertThat(bins.get(3).exposed()).isCloseTo(12 / 16.0, within(1e-12));
        assertThat(bins.stream().mapToDouble(b -> b.rate() * b.exposed() * 16).sum()).isCloseTo(4, within(1e-9));
    }

    @Test
    void filtersWorkTogether() {
        assertThat(make(g -> EventFilter.all(g).grades(1 | 1 << 6)).spectrum().total()).isEqualTo(2);
        assertThat(make(g -> EventFilter.all(g).pi(11, 4095)).spectrum().total()).isEqualTo(2);
        long lamp = StatusFlag.CALIBRATION_SOURCE.bit();
        assertThat(make(g -> EventFilter.all(g).status(lamp, 0)).spectrum().total()).isEqualTo(1);
        assertThat(make(g -> EventFilter.all(g).status(0, lamp)).spectrum().total()).isEqualTo(3);
        Products one = make(g -> EventFilter.all(g).region((x, y) -> x == 1));
        assertThat(one.spectrum().total()).isEqualTo(2);
        assertThat(one.backscal()).isCloseTo(1 / 2430.0, within(1e-15));
    }

    @Test
    void rangeOutsideTheColumnIsRefused() {
        assertThatThrownBy(() -> make(g -> EventFilter.all(g).pi(0, 5000))).isInstanceOf(SxiException.class)
                .hasMessageContaining("0:4095");
    }

    @Test
    void filesHoldWhatWasCounted() {
        Products p = make(EventFilter::all);
        p.writeSpectrum(dir.resolve("a.pha"), Links.ALONE, Optional.empty());
        p.writeImage(p.sky().orElseThrow(), dir.resolve("a.img"));
        p.writeLightCurve(dir.resolve("a.lc"));
        try (FitsReader r = FitsReader.open(dir.resolve("a.pha")); EventChunk t = r.whole(r.need("SPECTRUM"))) {
            assertThat(t.ints("COUNTS")[10]).isEqualTo(2);
            assertThat(r.need("SPECTRUM").keywords().needReal("EXPOSURE")).isEqualTo(50);
            assertThat(r.need("SPECTRUM").keywords().needText("HDUCLAS1")).isEqualTo("SPECTRUM");
        }
        try (FitsReader r = FitsReader.open(dir.resolve("a.img"))) {
            assertThat(Image.read(r, r.primary()).values()[2430]).isEqualTo(1);
        }
        try (FitsReader r = FitsReader.open(dir.resolve("a.lc")); EventChunk t = r.whole(r.need("RATE"))) {
            assertThat(t.doubles("TIME")).containsExactly(0, 16, 32, 48);
            assertThat(r.need("RATE").keywords().needReal("TIMEZERO")).isEqualTo(108);
        }
    }
}
