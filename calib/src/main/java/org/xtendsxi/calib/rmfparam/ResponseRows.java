// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
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
 * The table of RMF_PARAMETERS (energy-chain section 12.3) with one region, the whole detector plane: widths by the law,
 * other terms as measured at the lines, linear between them and constant beyond.
 *
 * @param law width of the main peak
 * @param lines lines, ascending in energy
 * @param escape part of a line that escapes, by line
 * @param fluorescence part that comes back as Si fluorescence, of lines above the Si K edge
 */
record ResponseRows(WidthLaw law, List<ShapeFit> lines, double[] escape, double fluorescence) {
    /** Si K alpha, eV. */
    static final double SILICON = 1740;
    /** Si K edge, eV. */
    static final double EDGE = 1839;
    private static final double KEV = 1e-3;
    private static final double[] GRID = {0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 1.838, 1.84, 2.2, 2.6, 3, 3.5, 4, 4.5, 5,
            5.5, 6,
        6.5, 7, 8, 9, 10, 12, 15, 20, 24.6};

    /** Writes the extension. */
    void write(FitsWriter file, Keywords keywords, String name, double time) {
        Keywords k = keywords.set("NSUBREG", 1, "regions");
        List<Column> columns = new ArrayList<>(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s")
                .text("valid from"),
                Column.of("CORNER_DETX", ColumnType.SHORT, ResponseTable.CORNERS).unit("pixel"),
                Column.of("CORNER_DETY", ColumnType.SHORT, ResponseTable.CORNERS).unit("pixel"),
                Column.of("ENERGY", ColumnType.DOUBLE, GRID.length).unit("keV")));
        for (Term t : Term.values()) {
            Column c = Column.of(t.name(), ColumnType.DOUBLE, GRID.length);
            columns.add(t.name().endsWith("AMP") ? c : c.unit("keV"));
        }
        try (EventChunk rows = EventChunk.allocate(new EventSchema(columns), 0, 1)) {
            rows.put("TIME", new double[] {time});
            rows.put("CORNER_DETX", new short[] {1, Sxi.DET_SIZE, Sxi.DET_SIZE, 1});
            rows.put("CORNER_DETY", new short[] {1, 1, Sxi.DET_SIZE, Sxi.DET_SIZE});
            rows.put("ENERGY", GRID.clone());
            terms().forEach((t, v) -> rows.put(t.name(), v));
            file.table(name, rows, k);
        }
    }

    /** Values by term on the energies of the table. */
    private Map<Term, double[]> terms() {
        Map<Term, double[]> out = new EnumMap<>(Term.class);
        List<ShapeFit> second = lines.stream().filter(ShapeFit::second).toList();
        for (Term t : Term.values()) {
            out.put(t, Arrays.stream(GRID).map(kev -> value(t, kev / KEV, second)).toArray());
        }
        return out;
    }

    private double value(Term t, double energy, List<ShapeFit> second) {
        double main = law.fwhm(energy) * KEV;
        return switch (t) {
            case PRIMARY_FWHM, SECONDARY_FWHM -> t == Term.SECONDARY_FWHM && !second.isEmpty()
                    ? at(second, f -> f.values()[6], energy) * KEV : main;
            case SECONDARY_OFFSET -> second.isEmpty() ? 0 : Math.min(energy, at(second, f -> f.values()[5],
                    energy)) * KEV;
            case SECONDARY_AMP -> second.isEmpty() ? 0 : at(second, f -> f.values()[4], energy);
            case ESCAPE_OFFSET -> SILICON * KEV;
            case ESCAPE_AMP -> energy < EDGE ? 0 : at(lines, f -> escape[lines.indexOf(f)], energy);
            case ESCAPE_FWHM -> law.fwhm(Math.max(0, energy - SILICON)) * KEV;
            case FLUOR_OFFSET -> (energy - SILICON) * KEV;
            case FLUOR_AMP -> energy < EDGE ? 0 : fluorescence;
            case FLUOR_FWHM -> law.fwhm(SILICON) * KEV;
            case CONST_AMP -> 0;
        };
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
