// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.table.ResponseTable;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.Parameters;

/** Makes the redistribution matrix of a spectrum from its weighting map and the table of line shapes. */
public final class ResponseMaker {
    private static final double KEV = 0.001;
    private static final int MODE = 7;

    private final Parameters grid;
    private final Compat compat;

    /**
     * Fixes the grids.
     *
     * @param grid parameters of the task: eminin, dein, nchanin, eminout, deout, nchanout, rmfthresh
     * @param compat whether the faults of the reference are reproduced
     */
    ResponseMaker(Parameters grid, Compat compat) {
        this.grid = grid;
        this.compat = compat;
    }

    /** With the grids that the task has by default. */
    public static ResponseMaker standard(Compat compat) {
        return new ResponseMaker(Parameters.of("xtdrmf", ResponseTask.GRID, Map.of()), compat);
    }

    /**
     * Makes a matrix.
     *
     * @param spectrum spectrum with a weighting map in DET coordinates
     * @param out response file
     * @param shapes table of line shapes and the choice of its block, from the header of the map
     * @param history line for HISTORY, may be empty
     * @param words takes what was done, line by line
     */
    void make(Path spectrum, Path out, Function<Keywords, ResponseTable> shapes, String history,
            Consumer<String> words) {
        EnergyGrid energies = EnergyGrid.parse(grid.real("eminin"), grid.text("dein"), grid.text("nchanin"));
        Channels channels = new Channels(grid.real("eminout") * KEV, grid.real("deout") * KEV,
                grid.integer("nchanout"));
        Wmap map;
        try (FitsReader in = FitsReader.open(spectrum)) {
            map = Wmap.read(in);
        }
        ResponseTable table = shapes.apply(map.keywords());
        double[] weights = RegionWeights.of(map, table, compat.keeps(Fault.RESPONSE_MAP));
        for (int i = 0; i < weights.length; i++) {
            words.accept("region " + (i + 1) + " has weight " + weights[i]);
        }
        try (FitsWriter w = FitsWriter.create(out)) {
            new ResponseFile(channels, grid.real("rmfthresh"), map.keywords())
                    .write(w, energies, new Response(table, weights, channels, compat.keeps(Fault.RESPONSE_SHAPE)),
                            history);
            w.commit();
        }
    }

    /**
     * Makes a matrix from a table of calibration.
     *
     * @param spectrum spectrum with a weighting map in DET coordinates
     * @param out response file
     * @param source file and extension of the table of line shapes
     */
    public void make(Path spectrum, Path out, TableSource source) {
        make(spectrum, out, k -> ResponseTable.load(source, choice(k, false)), "xtdrmf rmfparam=" + source.path()
                .getFileName(), word -> { });
    }

    /**
     * Which block of the table fits an observation: that of the middle of its time.
     *
     * @param header keywords of the weighting map
     * @param byPosition as in {@link TableChoice}
     */
    static TableChoice choice(Keywords header, boolean byPosition) {
        String mode = header.needText("DATAMODE").strip();
        return new TableChoice(mode.substring(0, Math.min(mode.length(), MODE)), header.needInteger("CISTATUS"),
                0.5 * (header.needReal("TSTART") + header.needReal("TSTOP")), byPosition);
    }
}
