// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.ResponseTable;
import org.xtendsxi.caldb.table.ResponseTable.Term;

/**
 * A row of the table of RMF_PARAMETERS (energy-chain section 12.3): widths by the law, other terms as measured at the
 * lines, linear between them and constant beyond.
 *
 * @param shape what was measured of a part of the detector plane
 */
record ResponseRows(RegionShape shape) {
    /** Si K alpha, eV. */
    static final double SILICON = 1740;
    /** Si K edge, eV. */
    static final double EDGE = 1839;
    private static final double KEV = 1e-3;
    private static final double[] GRID = {0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 1.838, 1.84, 2.2, 2.6, 3, 3.5, 4, 4.5, 5,
            5.5, 6,
        6.5, 7, 8, 9, 10, 12, 15, 20, 24.6};

    /** Writes the extension, a row for each part. */
    static void write(FitsWriter file, Keywords keywords, String name, double time, List<Division.Area> areas,
            List<ResponseRows> all) {
        int n = areas.size();
        Keywords k = keywords.set("NSUBREG", n, "regions");
        List<Column> columns = new ArrayList<>(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s")
                .text("valid from"),
                Column.of("CORNER_DETX", ColumnType.SHORT, ResponseTable.CORNERS).unit("pixel"),
                Column.of("CORNER_DETY", ColumnType.SHORT, ResponseTable.CORNERS).unit("pixel"),
                Column.of("ENERGY", ColumnType.DOUBLE, GRID.length).unit("keV")));
        for (Term t : Term.values()) {
            Column c = Column.of(t.name(), ColumnType.DOUBLE, GRID.length);
            columns.add(t.name().endsWith("AMP") ? c : c.unit("keV"));
        }
        try (EventChunk rows = EventChunk.allocate(new EventSchema(columns), 0, n)) {
            short[] x = new short[n * ResponseTable.CORNERS];
            short[] y = new short[n * ResponseTable.CORNERS];
            for (int i = 0; i < n; i++) {
                System.arraycopy(areas.get(i).cornerX(), 0, x, i * ResponseTable.CORNERS, ResponseTable.CORNERS);
                System.arraycopy(areas.get(i).cornerY(), 0, y, i * ResponseTable.CORNERS, ResponseTable.CORNERS);
            }
            rows.put("TIME", DoubleStream.generate(() -> time).limit(n).toArray());
            rows.put("CORNER_DETX", x);
            rows.put("CORNER_DETY", y);
            rows.put("ENERGY", all.stream().flatMapToDouble(r -> Arrays.stream(GRID)).toArray());
            for (Term t : Term.values()) {
                rows.put(t.name(), all.stream().flatMapToDouble(r -> r.values(t)).toArray());
            }
            file.table(name, rows, k);
        }
    }

    /** Values of a term on the energies of the table. */
    DoubleStream values(Term t) {
        List<ShapeFit> all = shape.lines().stream().filter(ShapeFit::second).toList();
        // a line whose second peak is hardly known would bend the table between its neighbours
        List<ShapeFit> known = all.stream().filter(ShapeFit::known).toList();
        List<ShapeFit> second = known.isEmpty() ? all : known;
        return Arrays.stream(GRID).map(kev -> value(t, kev / KEV, second));
    }

    private double value(Term t, double energy, List<ShapeFit> second) {
        double main = shape.law().fwhm(energy) * KEV;
        return switch (t) {
            case PRIMARY_FWHM, SECONDARY_FWHM -> t == Term.SECONDARY_FWHM && !second.isEmpty()
                    ? at(second, f -> f.values()[6], energy) * KEV : main;
            case SECONDARY_OFFSET -> second.isEmpty() ? 0 : Math.min(energy, at(second, f -> f.values()[5],
                    energy)) * KEV;
            case SECONDARY_AMP -> second.isEmpty() ? 0 : at(second, f -> f.values()[4], energy);
            case ESCAPE_OFFSET -> SILICON * KEV;
            case ESCAPE_AMP -> energy < EDGE || escapes().isEmpty() ? 0 : at(escapes(), this::escape, energy);
            case ESCAPE_FWHM -> shape.law().fwhm(Math.max(0, energy - SILICON)) * KEV;
            case FLUOR_OFFSET -> (energy - SILICON) * KEV;
            case FLUOR_AMP -> energy < EDGE ? 0 : shape.fluorescence();
            case FLUOR_FWHM -> shape.law().fwhm(SILICON) * KEV;
            case CONST_AMP -> shape.constant();
        };
    }

    private double escape(ShapeFit f) {
        return shape.escape()[shape.lines().indexOf(f)];
    }

    private List<ShapeFit> escapes() {
        return shape.lines().stream().filter(f -> !Double.isNaN(escape(f))).toList();
    }

    /** A quantity of lines at an energy: linear between lines, constant beyond. */
    private static double at(List<ShapeFit> lines, ToDoubleFunction<ShapeFit> of, double energy) {
        ShapeFit below = lines.getFirst();
        ShapeFit above = lines.getLast();
        for (ShapeFit f : lines) {
            below = f.line().energy() <= energy ? f : below;
        }
        for (ShapeFit f : lines.reversed()) {
            above = f.line().energy() >= energy ? f : above;
        }
        double span = above.line().energy() - below.line().energy();
        double part = span <= 0 ? 0 : Math.clamp((energy - below.line().energy()) / span, 0, 1);
        return of.applyAsDouble(below) * (1 - part) + of.applyAsDouble(above) * part;
    }

    /** Energies of the table, eV. */
    static double[] grid() {
        return Arrays.stream(GRID).map(e -> e / KEV).toArray();
    }
}
