// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;

/** Writes the two extensions of a gain fit (energy-chain section 13.6). */
final class DriftTable {
    private final LineMesh mesh;
    private final GainFitSettings s;
    private final String split;

    /**
     * A table.
     *
     * @param mesh mesh and profile
     * @param settings settings
     * @param split name of the split column
     */
    DriftTable(LineMesh mesh, GainFitSettings settings, String split) {
        this.mesh = mesh;
        this.s = settings;
        this.split = split;
    }

    /** A column of one number and how it is had. */
    private record Scalar(String name, String unit, String text, ToDoubleFunction<DriftRow> value) {
    }

    /** A column of a vector and how it is had. */
    private record Vector(String name, int length, String text, Function<DriftRow, double[]> value) {
    }

    private static final List<Scalar> HEAD = List.of(
            new Scalar("COR_FIT", "", "true over observed energy, from the fit", DriftRow::corFit),
            new Scalar("COR_AVE", "", "true over observed energy, from the mean", DriftRow::corAve),
            new Scalar("CHISQ", "", "reduced chi-square", DriftRow::chisq),
            new Scalar("AVGUNBIN", "chan", "mean of the events", DriftRow::unbinned),
            new Scalar("AVGBIN", "chan", "mean of the histogram near the line", DriftRow::binned),
            new Scalar("AVGFIT", "chan", "mean of the fitted line", DriftRow::fitted),
            new Scalar("SHIFT", "chan", "shift of the line", DriftRow::shift),
            new Scalar("SCALE", "count", "factor of the profile", DriftRow::scale),
            new Scalar("BGRND", "count", "constant background", DriftRow::background),
            new Scalar("SLOPE", "count/chan", "slope of the background", DriftRow::slope),
            new Scalar("WIDTH", "chan", "FWHM of all broadening", DriftRow::width),
            new Scalar("TELAPSE", "s", "last minus first event", r -> r.group().elapsed()),
            new Scalar("EXPOSURE", "s", "time in good intervals", r -> r.group().exposure()));

    private static final List<Scalar> ERRORS = List.of(
            new Scalar("SIGSHLIKE", "chan", "error of SHIFT, likelihood", r -> r.shiftError().sigmaLikelihood()),
            new Scalar("SIGWDLIKE", "chan", "error of the width, likelihood", r -> r.widthError().sigmaLikelihood()),
            new Scalar("SIGSHCHI2", "chan", "error of SHIFT, chi-square", r -> r.shiftError().sigmaChi2()),
            new Scalar("SIGWDCHI2", "chan", "error of the width, chi-square", r -> r.widthError().sigmaChi2()));

    private List<Vector> curves() {
        int ns = s.errors().shifts();
        int nw = s.errors().widths();
        return List.of(new Vector("SHIFTS", ns, "shifts tried, from SHIFT", r -> r.shiftError().grid()),
                new Vector("SHLIKE", ns, "likelihood, integral 1", r -> r.shiftError().likelihood()),
                new Vector("SHCHI2", ns, "chi-square", r -> r.shiftError().chi2()),
                new Vector("WIDTHS", nw, "standard deviations tried", r -> r.widthError().grid()),
                new Vector("WDLIKE", nw, "likelihood, integral 1", r -> r.widthError().likelihood()),
                new Vector("WDCHI2", nw, "chi-square", r -> r.widthError().chi2()));
    }

    /** Writes Drift_energy. */
    void drift(FitsWriter w, List<DriftRow> rows, Keywords keywords) {
        List<Vector> vectors = new ArrayList<>(List.of(
                new Vector("SPECTRUM", mesh.x().length, "histogram of the events", DriftRow::spectrum),
                new Vector("FITPROF", mesh.x().length, "fitted model", DriftRow::profile)));
        List<Column> columns = new ArrayList<>(List.of(
                Column.of("TIME", ColumnType.DOUBLE, 1).unit("s").text("mean of first and last event"),
                Column.of(split, ColumnType.SHORT, 1)));
        HEAD.forEach(c -> columns.add(column(c)));
        boolean many = rows.stream().anyMatch(r -> r.group().energy().length > Short.MAX_VALUE);
        columns.add(Column.of("NEVENT", many ? ColumnType.INT : ColumnType.SHORT, 1).text("events of the group"));
        vectors.forEach(v -> columns.add(column(v)));
        if (s.errors().wanted()) {
            ERRORS.forEach(c -> columns.add(column(c)));
        }
        if (s.errors().curves()) {
            curves().forEach(v -> columns.add(column(v)));
            vectors.addAll(curves());
        }
        try (EventChunk t = EventChunk.allocate(new EventSchema(columns), 0, rows.size())) {
            t.put("TIME", rows.stream().mapToDouble(r -> r.group().middle()).toArray());
            t.put(split, rows.stream().mapToInt(r -> r.group().split()).toArray());
            t.put("NEVENT", rows.stream().mapToInt(r -> r.group().energy().length).toArray());
            HEAD.forEach(c -> t.put(c.name(), rows.stream().mapToDouble(c.value()).toArray()));
            if (s.errors().wanted()) {
                ERRORS.forEach(c -> t.put(c.name(), rows.stream().mapToDouble(c.value()).toArray()));
            }
            vectors.forEach(v -> t.put(v.name(), flat(rows, v)));
            w.table("Drift_energy", t, keywords);
        }
    }

    /** Writes Grid_profile. */
    void grid(FitsWriter w, Keywords keywords) {
        EventSchema schema = new EventSchema(List.of(
                Column.of("ENERGY", ColumnType.DOUBLE, 1).unit("chan").text("mesh"),
                Column.of("AMPLITUDE", ColumnType.DOUBLE, 1).text("line profile")));
        try (EventChunk t = EventChunk.allocate(schema, 0, mesh.x().length)) {
            t.put("ENERGY", mesh.x());
            t.put("AMPLITUDE", mesh.profile());
            w.table("Grid_profile", t, keywords);
        }
    }

    private static Column column(Scalar c) {
        return Column.of(c.name(), ColumnType.DOUBLE, 1).unit(c.unit()).text(c.text());
    }

    private static Column column(Vector v) {
        return Column.of(v.name(), ColumnType.DOUBLE, v.length()).text(v.text());
    }

    private static double[] flat(List<DriftRow> rows, Vector v) {
        double[] all = new double[rows.size() * v.length()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(v.value().apply(rows.get(i)), 0, all, i * v.length(), v.length());
        }
        return all;
    }
}
