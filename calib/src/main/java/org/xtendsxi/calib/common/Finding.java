// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * One measured parameter: a row of the extension FIT_RESULTS that goes with the calibration file.
 *
 * @param segmentRow {@link org.xtendsxi.caldb.table.SegmentRow}
 * @param rawX column 0..319, or -1 for the whole segment
 * @param parameter name of the column of the calibration table
 * @param unit its unit
 * @param value value
 * @param error 1-sigma uncertainty; 0 for a value held fixed
 * @param chi2 chi-squared of the fit that gave it
 * @param degrees degrees of freedom of that fit
 * @param counts events used
 */
public record Finding(int segmentRow, int rawX, String parameter, String unit, double value, double error, double chi2,
        int degrees, long counts) {
    private static final int NAME = 16;
    private static final int UNIT = 12;
    private static final double POOR = 2;
    private static final double RARE = 5;
    private static final EventSchema SCHEMA = new EventSchema(List.of(Column.of("CCD_ID", ColumnType.BYTE, 1),
            Column.of("SEGMENT", ColumnType.BYTE, 1), Column.of("READNODE", ColumnType.BYTE, 1),
            Column.of("RAWX", ColumnType.SHORT, 1).unit("pixel").text("column, -1 for the whole segment"),
            Column.of("PARAMETER", ColumnType.TEXT, NAME), Column.of("UNIT", ColumnType.TEXT, UNIT),
            Column.of("VALUE", ColumnType.DOUBLE, 1), Column.of("ERROR", ColumnType.DOUBLE, 1)
            .text("1 sigma, 0 if fixed"),
            Column.of("CHI2", ColumnType.DOUBLE, 1).text("of the fit"), Column.of("DOF", ColumnType.INT, 1),
            Column.of("COUNTS", ColumnType.LONG, 1).text("events used")));

    /**
     * Warns of fits that do not describe their data: chi-squared of more than twice its degrees, and by far more than
     * chance makes.
     */
    public static void tellPoor(List<Finding> all, Console console) {
        List<Finding> fits = all.stream().filter(f -> f.rawX < 0 && f.degrees > 0).collect(Collectors.toMap(
                f -> List.of(f.segmentRow, f.chi2, f.degrees), f -> f, (a, b) -> a, LinkedHashMap::new)).values()
                .stream().toList();
        List<Finding> poor = fits.stream().filter(f -> f.chi2 > POOR * f.degrees
                && f.chi2 - f.degrees > RARE * Math.sqrt(2.0 * f.degrees)).toList();
        Comparator<Finding> byQuality = Comparator.comparingDouble(f -> f.chi2 / f.degrees);
        poor.stream().max(byQuality).ifPresent(f -> console.warn(String.format(Locale.ROOT,
                "%d of %d fits are poor, worst that of %s (chi-squared %.4g, %d degrees of freedom): look at the "
                + "residuals in the report", poor.size(), fits.size(), f.parameter, f.chi2, f.degrees)));
    }

    /** Writes the extension. */
    static void write(FitsWriter file, List<Finding> all, Keywords keywords) {
        try (EventChunk t = EventChunk.allocate(SCHEMA, 0, all.size())) {
            t.put("CCD_ID", ints(all, f -> f.segmentRow >> 2));
            t.put("SEGMENT", ints(all, f -> f.segmentRow >> 1 & 1));
            t.put("READNODE", ints(all, f -> f.segmentRow & 1));
            t.put("RAWX", ints(all, Finding::rawX));
            text(t, "PARAMETER", NAME, all.stream().map(Finding::parameter).toList());
            text(t, "UNIT", UNIT, all.stream().map(Finding::unit).toList());
            t.put("VALUE", doubles(all, Finding::value));
            t.put("ERROR", doubles(all, Finding::error));
            t.put("CHI2", doubles(all, Finding::chi2));
            t.put("DOF", ints(all, Finding::degrees));
            t.put("COUNTS", all.stream().mapToLong(Finding::counts).toArray());
            file.table("FIT_RESULTS", t, keywords);
        }
    }

    private static int[] ints(List<Finding> all, ToIntFunction<Finding> f) {
        return all.stream().mapToInt(f).toArray();
    }

    private static double[] doubles(List<Finding> all, ToDoubleFunction<Finding> f) {
        return all.stream().mapToDouble(f).toArray();
    }

    private static void text(EventChunk t, String column, int width, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            byte[] b = String.format("%-" + width + "s", values.get(i)).substring(0, width)
                    .getBytes(StandardCharsets.US_ASCII);
            MemorySegment.copy(MemorySegment.ofArray(b), 0, t.memory(column), (long) i * width, width);
        }
    }
}
