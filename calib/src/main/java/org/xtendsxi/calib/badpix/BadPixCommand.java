// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.badpix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.PixelEntry;
import org.xtendsxi.caldb.pixel.PixelList;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.pipeline.plot.PointPlot;
import org.xtendsxi.pipeline.pulse.Readout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib badpix}: bad pixels and columns. */
@Command(name = "badpix", description = "Bad pixels and columns from where events fall and, with --dark, from dark "
        + "levels and noise; --min-counts counts events of all CCDs here.")
public final class BadPixCommand implements SxiCommand {
    private static final long INJECTED = StatusFlag.bits(StatusFlag.CI_ROW, StatusFlag.CI_TRAILING,
            StatusFlag.CI_PRECEDING, StatusFlag.OUT_OF_CCD, StatusFlag.OUT_OF_WINDOW);
    private static final EventSchema SCHEMA = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s")
            .text("valid from"), Column.of("CCD_ID", ColumnType.BYTE, 1), pixel("ACTX"), pixel("ACTY"),
            pixel("YEXTEND")));

    @Mixin
    CalibrationOptions options;
    @Option(names = "--dark", paramLabel = "FILE", description = "Dark file of sxi calib dark.")
    Optional<Path> dark = Optional.empty();
    @Option(names = "--hot", defaultValue = "100", paramLabel = "ADU",
            description = "Dark level above which a pixel is bad (default: ${DEFAULT-VALUE}).")
    double hot;
    @Option(names = "--noisy", defaultValue = "3", paramLabel = "X",
            description = "Noise above which a pixel is bad, in medians of its segment (default: ${DEFAULT-VALUE}).")
    double noisy;
    @Option(names = "--log-chance", defaultValue = "-9", paramLabel = "X",
            description = "log10 of the chance below which the events of a pixel or column are called impossible "
            + "(default: ${DEFAULT-VALUE}).")
    double logChance;
    @Option(names = "--column-pixels", defaultValue = "20", paramLabel = "N",
            description = "Bad pixels from which on a column is listed as one (default: ${DEFAULT-VALUE}).")
    int columnPixels;
    @Option(names = "--keep", description = "Also keeps the pixels of the list in force.")
    boolean keep;

    @Override
    public void run(Console console) {
        if (logChance >= 0 || noisy <= 1 || columnPixels < 2) {
            throw SxiException.usage("option out of range").value("--log-chance " + logChance + ", --noisy " + noisy
                    + ", --column-pixels " + columnPixels).limit("below 0, above 1, from 2").todo("correct it").build();
        }
        CalibrationData data = options.data();
        CalibrationWriter writer = options.writer(data);
        Path target = writer.target(CaldbKind.BADPIX, data);
        EventMap map = new EventMap();
        data.read(console, (file, c) -> take(c, map));
        if (map.total() < options.minCounts()) {
            throw SxiException.data("too few events for a map").value(map.total())
                    .limit("at least " + options.minCounts())
                    .todo("give more observations, or lower --min-counts").build();
        }
        BadPixels bad = new BadPixels();
        int[] found = new int[5];
        for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
            BitSet bright = map.bright(ccd, logChance);
            bad.add(ccd, bright);
            found[0] += bright.cardinality();
            BitSet[] dead = map.dead(ccd, logChance, y -> !injected(data.readout(), y + 1));
            bad.dead(ccd, dead);
            found[1] += Arrays.stream(dead).mapToInt(BitSet::cardinality).sum();
        }
        dark.ifPresent(p -> darks(p, data.readout(), bad, found));
        double time = Math.min(data.epoch().ofCalendar(writer.validFrom()), data.start());
        List<PixelEntry> list = new ArrayList<>(bad.list(time, columnPixels));
        if (keep) {
            PixelList.bad(data.source(CaldbKind.BADPIX).path()).validAt(data.start()).stream()
                    .filter(e -> e.extent() > 1 || !bad.has(e.ccd(), e.actX(), e.actY()))
                    .map(e -> new PixelEntry(time, e.ccd(), e.actX(), e.actY(), e.extent())).forEach(list::add);
        }
        if (list.isEmpty()) {
            throw SxiException.data("no bad pixel was found").value(map.total() + " events")
                    .limit("a list has one at least")
                    .todo("give --keep, or leave the list in force as it is").build();
        }
        List<Finding> findings = findings(list, map.total());
        List<String> notes = new ArrayList<>(List.of(map.total() + " events, chance 10^" + logChance, found[0]
                + " bright pixels, " + found[1] + " dead stretches of " + EventMap.STRETCH + " rows",
                found[2] + " at a rail, "
                + found[3] + " hot, " + found[4] + " noisy in dark frames"));
        data.files().forEach(p -> notes.add("events " + p.getFileName()));
        dark.ifPresent(p -> notes.add("dark " + p.getFileName()));
        writer.write(target, CaldbKind.BADPIX.name(), data.header(),
                new CalibrationWriter.Notes("bad pixels and columns",
                notes, findings), (w, k) -> table(w, k, list));
        report(target, list, notes, console);
        console.result(target.toString());
    }

    private static void take(EventChunk c, EventMap map) {
        int[] ccd = c.ints("CCD_ID");
        int[] x = c.ints("ACTX");
        int[] y = c.ints("ACTY");
        long[] status = c.longs("STATUS");
        for (int i = 0; i < ccd.length; i++) {
            if ((status[i] & INJECTED) == 0 && ccd[i] < Sxi.CCDS) {
                map.add(ccd[i], x[i], y[i]);
            }
        }
    }

    private static boolean injected(Readout r, int actY) {
        Readout.Injection ci = r.injection();
        int d = ci.status() == 1 ? Math.floorMod(actY - ci.first() - ci.offset(), ci.period()) : 10;
        return d <= 2 || d == ci.period() - 1;
    }

    private void darks(Path path, Readout readout, BadPixels bad, int[] found) {
        try (FitsReader f = FitsReader.open(path)) {
            int segments = 0;
            for (Hdu h : f.hdus()) {
                if (h.name().startsWith("LEVEL_")) {
                    Image level = Image.read(f, h);
                    Image noise = Image.read(f, f.need(h.name().replace("LEVEL", "NOISE")));
                    Keywords k = h.keywords();
                    segment(k.needInteger("CCD_ID"), k.needInteger("SEGMENT"), k.needInteger("READNODE"), readout,
                            new double[][] {level.values(), noise.values()}, bad, found);
                    segments++;
                }
            }
            if (segments == 0) {
                throw SxiException.data("file has no dark levels").in(path).hdu("LEVEL_csn")
                        .todo("give a file of sxi calib dark").build();
            }
        }
    }

    private void segment(int ccd, int segment, int node, Readout readout, double[][] levelAndNoise, BadPixels bad,
            int[] found) {
        double[] sorted = levelAndNoise[1].clone();
        Arrays.sort(sorted);
        double limit = noisy * sorted[sorted.length / 2];
        for (int i = 0; i < sorted.length; i++) {
            int y = i / Sxi.RAW_COLUMNS + 1;
            boolean stuck = Double.isNaN(levelAndNoise[0][i]);
            boolean charged = injected(readout, y);
            boolean isHot = !charged && levelAndNoise[0][i] > hot;
            boolean isNoisy = !charged && levelAndNoise[1][i] > limit;
            if (stuck || isHot || isNoisy) {
                found[stuck ? 2 : isHot ? 3 : 4]++;
                bad.add(ccd, ReadNode.actX(segment, node, i % Sxi.RAW_COLUMNS), y);
            }
        }
    }

    private static List<Finding> findings(List<PixelEntry> list, long events) {
        List<Finding> out = new ArrayList<>();
        for (int s = 0; s < Sxi.ALL_SEGMENTS; s++) {
            int number = s;
            long pixels = list.stream().filter(e -> e.ccd() == number / 2
                    && (e.actX() > Sxi.RAW_COLUMNS ? 1 : 0) == number % 2).mapToLong(PixelEntry::extent).sum();
            out.add(new Finding(SegmentRow.of(s / 2, s % 2, 0), -1, "BAD_PIXELS", "pixel", pixels, Math.sqrt(pixels), 0,
                    0, events));
        }
        return out;
    }

    private static void table(FitsWriter w, Keywords k, List<PixelEntry> list) {
        try (EventChunk t = EventChunk.allocate(SCHEMA, 0, list.size())) {
            t.put("TIME", list.stream().mapToDouble(PixelEntry::time).toArray());
            t.put("CCD_ID", ints(list, PixelEntry::ccd));
            t.put("ACTX", ints(list, PixelEntry::actX));
            t.put("ACTY", ints(list, PixelEntry::actY));
            t.put("YEXTEND", ints(list, PixelEntry::extent));
            w.table(CaldbKind.BADPIX.name(), t, k);
        }
    }

    private static int[] ints(List<PixelEntry> list, ToIntFunction<PixelEntry> f) {
        return list.stream().mapToInt(f).toArray();
    }

    private static void report(Path file, List<PixelEntry> list, List<String> notes, Console console) {
        CalibrationReport page = new CalibrationReport(file).section("Bad pixels and columns");
        notes.forEach(page::say);
        for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
            int number = ccd;
            List<PixelEntry> mine = list.stream().filter(e -> e.ccd() == number).toList();
            if (!mine.isEmpty()) {
                double[] half = mine.stream().mapToDouble(e -> (e.extent() - 1) / 2.0).toArray();
                double[] y = mine.stream().mapToDouble(e -> e.actY() + (e.extent() - 1) / 2.0).toArray();
                page.plot(mine.size() + " entries of CCD_ID " + ccd,
                        new PointPlot.Labels("CCD_ID " + ccd, "ACTX (pixel)",
                        "ACTY (pixel)"), List.of(new PointPlot.Series("bad", mine.stream().mapToDouble(PixelEntry::actX)
                                .toArray(), y, half)));
            }
        }
        console.say(list.size() + " entries; report " + page.write());
    }

    private static Column pixel(String name) {
        return Column.of(name, ColumnType.SHORT, 1).unit("pixel");
    }
}
