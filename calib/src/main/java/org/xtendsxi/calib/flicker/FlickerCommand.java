// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.flicker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationReport;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.pipeline.flicker.FlickerSearch;
import org.xtendsxi.pipeline.flicker.FlickerStage;
import org.xtendsxi.pipeline.plot.PointPlot;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib flicker}: statistics of flickering pixels. */
@Command(name = "flicker", description = "How often, how bright and since when each pixel flickers, over many "
        + "observations; --min-counts counts events of an observation here.")
public final class FlickerCommand implements SxiCommand {
    private static final String WORD = "flickpix";

    @Mixin
    CalibrationOptions options;
    @Option(names = "--set", paramLabel = "NAME=VALUE",
            description = "A parameter of searchflickpix, such as logprob2=-6.")
    Map<String, String> set = Map.of();

    @Override
    public void run(Console console) {
        CalibrationData data = options.data();
        CalibrationWriter writer = options.writer(data);
        Path target = writer.target(WORD, List.of());
        Parameters p = Parameters.of("flicker", FlickerStage.SPEC.parameters(), set);
        FlickerStatistics all = new FlickerStatistics();
        for (int i = 0; i < data.files().size(); i++) {
            observation(i, data, p, all, console);
        }
        if (all.observations() == 0) {
            throw SxiException.data("too few events for a search")
                    .value(data.rows() + " events in " + data.files().size()
                    + " files").limit("at least " + options.minCounts() + " in a file")
                    .todo("give longer observations, or lower --min-counts").build();
        }
        List<Finding> findings = findings(all);
        List<String> notes = new ArrayList<>(List.of(all.observations() + " observations, " + all.pixels().size()
                + " pixels"));
        data.files().forEach(f -> notes.add("events " + f.getFileName()));
        writer.write(target, "FLICKPIX", data.header(), new CalibrationWriter.Notes("statistics of flickering pixels",
                notes,
                findings), (w, k) -> table(w, k, all));
        report(target, all, console);
        console.result(target.toString());
    }

    private void observation(int file, CalibrationData data, Parameters p, FlickerStatistics all, Console console) {
        CalibrationData one = options.data(List.of(data.files().get(file)));
        if (one.rows() < options.minCounts()) {
            console.warn(data.files().get(file).getFileName() + ": left out, " + one.rows() + " events are fewer than "
                    + options.minCounts());
            return;
        }
        double[] times = data.times(file);
        FlickerSearch search = FlickerStage.open(p, Compat.STRICT, 0, times[0], times[1]);
        one.read(console, (i, c) -> search.accept(c));
        all.add(search.pixels(), times[0], one.header().real("EXPOSURE").orElse(times[1] - times[0]));
    }

    private static List<Finding> findings(FlickerStatistics all) {
        List<Finding> out = new ArrayList<>();
        for (int s = 0; s < Sxi.ALL_SEGMENTS; s++) {
            int number = s;
            List<FlickerStatistics.Pixel> mine = all.pixels().stream().filter(p -> p.ccd() == number / 2
                    && (p.actX() > Sxi.RAW_COLUMNS ? 1 : 0) == number % 2).toList();
            double mean = mine.stream().mapToInt(FlickerStatistics.Pixel::observations).sum()
                    / (double) all.observations();
            long counts = mine.stream().mapToLong(FlickerStatistics.Pixel::counts).sum();
            out.add(new Finding(SegmentRow.of(s / 2, s % 2, 0), -1, "FLICKERING", "pixel", mean,
                    Math.sqrt(mean / all.observations()), 0, all.observations() - 1, counts));
        }
        return out;
    }

    private static void table(FitsWriter w, Keywords k, FlickerStatistics all) {
        EventSchema schema = new EventSchema(List.of(Column.of("CCD_ID", ColumnType.BYTE, 1),
                Column.of("ACTX", ColumnType.SHORT, 1).unit("pixel"),
                Column.of("ACTY", ColumnType.SHORT, 1).unit("pixel"),
                Column.of("NFLICKER", ColumnType.INT, 1).text("observations in which it flickers"),
                Column.of("FRACTION", ColumnType.DOUBLE, 1).text("of the observations searched"),
                Column.of("FRAC_ERR", ColumnType.DOUBLE, 1).text("1 sigma, binomial"),
                Column.of("COUNTS", ColumnType.LONG, 1).text("events in these"),
                Column.of("RATE", ColumnType.DOUBLE, 1).unit("count/s").text("while it flickers"),
                Column.of("PI_MEAN", ColumnType.DOUBLE, 1).unit("chan"),
                Column.of("FIRST", ColumnType.DOUBLE, 1).unit("s").text("start of the first of these"),
                Column.of("LAST", ColumnType.DOUBLE, 1).unit("s").text("end of the last of these")));
        List<FlickerStatistics.Pixel> p = all.pixels();
        double n = all.observations();
        try (EventChunk t = EventChunk.allocate(schema, 0, p.size())) {
            t.put("CCD_ID", p.stream().mapToInt(FlickerStatistics.Pixel::ccd).toArray());
            t.put("ACTX", p.stream().mapToInt(FlickerStatistics.Pixel::actX).toArray());
            t.put("ACTY", p.stream().mapToInt(FlickerStatistics.Pixel::actY).toArray());
            t.put("NFLICKER", p.stream().mapToInt(FlickerStatistics.Pixel::observations).toArray());
            double[] fraction = p.stream().mapToDouble(x -> x.observations() / n).toArray();
            t.put("FRACTION", fraction);
            // of a binomial with one more of each, so that it is not zero for always and never
            t.put("FRAC_ERR", p.stream().mapToDouble(x -> Math.sqrt((x.observations() + 1) * (n - x.observations() + 1)
                    / (n + 3)) / (n + 2)).toArray());
            t.put("COUNTS", p.stream().mapToLong(FlickerStatistics.Pixel::counts).toArray());
            t.put("RATE", p.stream().mapToDouble(FlickerStatistics.Pixel::rate).toArray());
            t.put("PI_MEAN", p.stream().mapToDouble(FlickerStatistics.Pixel::meanChannel).toArray());
            t.put("FIRST", p.stream().mapToDouble(FlickerStatistics.Pixel::first).toArray());
            t.put("LAST", p.stream().mapToDouble(FlickerStatistics.Pixel::last).toArray());
            w.table("FLICKPIX", t, k.copy().set("NOBS", all.observations(), "observations searched"));
        }
    }

    private static void report(Path file, FlickerStatistics all, Console console) {
        CalibrationReport page = new CalibrationReport(file).section("Flickering pixels").findings(findings(all));
        double[] count = all.perObservation();
        page.plot("Flickering pixels of each observation", new PointPlot.Labels("Flickering pixels", "Mission time (s)",
                "Pixels"), List.of(new PointPlot.Series("observations", all.starts(), count,
                        Arrays.stream(count).map(Math::sqrt).toArray())));
        List<FlickerStatistics.Pixel> p = all.pixels();
        if (!p.isEmpty()) {
            page.plot("Rate against mean PI", new PointPlot.Labels("Flickering pixels", "Mean PI (chan)",
                    "Rate while flickering (count/s)"), List.of(new PointPlot.Series("pixels",
                            p.stream().mapToDouble(FlickerStatistics.Pixel::meanChannel).toArray(),
                            p.stream().mapToDouble(FlickerStatistics.Pixel::rate).toArray(),
                            p.stream().mapToDouble(x -> Math.sqrt(x.counts()) / x.seconds()).toArray())));
        }
        console.say(p.size() + " pixels in " + all.observations() + " observations; report " + page.write());
    }
}
