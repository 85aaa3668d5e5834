// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.table.ResponseTable.Term;

/**
 * RMF_PARAMETERS (energy-chain section 12.3): one region, the whole detector, and one Gaussian. Its width is that of
 * the charge released by a photon, Fano factor 0.115 at 3.65 eV per electron, and of 5.4 channels of noise in each of
 * 2.5 pixels, the mean of the good grades (frames-and-science section 4.3): 170 eV at 5.9 keV. The model camera has no
 * escape peak, fluorescence or tail; their areas are 0.
 */
final class ModelResponse {
    private static final int CORNERS = 4;
    private static final int DETECTOR = 1810;
    private static final double LOWEST = 0.1;
    private static final double HIGHEST = 25;
    private static final int POINTS = 25;
    private static final double FWHM = 2 * Math.sqrt(2 * Math.log(2));
    private static final double FANO = 0.115;
    private static final double PAIR = 3.65e-3;
    private static final double NOISE = 5.4 * 6.15e-3;
    private static final double PIXELS = 2.5;

    private ModelResponse() {
    }

    private static double width(double kev) {
        return FWHM * Math.sqrt(FANO * PAIR * kev + PIXELS * NOISE * NOISE);
    }

    static void write(FitsWriter file, ModelFile m) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.of("TIME", ColumnType.DOUBLE, 1).unit("s").text("valid from"),
                Column.of("CORNER_DETX", ColumnType.SHORT, CORNERS).unit("pixel"),
                Column.of("CORNER_DETY", ColumnType.SHORT, CORNERS).unit("pixel"),
                Column.of("ENERGY", ColumnType.DOUBLE, POINTS).unit("keV")));
        for (Term t : Term.values()) {
            columns.add(Column.of(t.name(), ColumnType.DOUBLE, POINTS).unit(t.name().endsWith("AMP") ? "" : "keV"));
        }
        double[] energy = new double[POINTS];
        Arrays.setAll(energy, i -> LOWEST * Math.pow(HIGHEST / LOWEST, i / (POINTS - 1.0)));
        int n = 0;
        for (ModelFile.ModeClass c : ModelFile.ModeClass.ALL) {
            Keywords k = m.extension(c.boundaries()).set("NSUBREG", 1L, "regions of the detector")
                    .set("DATAMODE", c.dataMode(), "class of data modes")
                    .set("CISTATUS", c.ciStatus(), "charge injection");
            try (EventChunk t = EventChunk.allocate(new EventSchema(columns), 0, 1)) {
                t.put("TIME", new double[1]);
                t.put("CORNER_DETX", new int[] {1, DETECTOR, DETECTOR, 1});
                t.put("CORNER_DETY", new int[] {1, 1, DETECTOR, DETECTOR});
                t.put("ENERGY", energy);
                for (Term term : Term.values()) {
                    t.put(term.name(), term.name().endsWith("FWHM")
                            ? Arrays.stream(energy).map(ModelResponse::width).toArray() : new double[POINTS]);
                }
                file.table(m.kind().name() + "_" + ++n, t, k);
            }
        }
    }
}
