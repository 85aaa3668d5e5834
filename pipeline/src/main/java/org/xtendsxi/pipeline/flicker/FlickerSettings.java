// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

import java.util.List;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Numbers and switches of the search (events-coords-screening section 10.1).
 *
 * @param cellSize width of the surroundings, odd; 0 for a plain cut on counts
 * @param factor how many times the mean of the CCD the first test takes as expected
 * @param logProbability1 log10 of the chance below which the first test flags; above 0 skips it
 * @param logProbability2 the same for the test against the surroundings
 * @param iterate whether the second test is repeated until nothing is found
 * @param edge whether the border of the area with counts is flagged
 * @param threshold counts needed where the surroundings are empty; with cell size 0 counts allowed
 * @param compat behaviour where the reference is at fault
 */
public record FlickerSettings(int cellSize, double factor, double logProbability1, double logProbability2,
        boolean iterate, boolean edge, int threshold, Compat compat) {
    /** Checks the cell size. */
    public FlickerSettings {
        if (cellSize != 0 && (cellSize < 3 || cellSize % 2 == 0)) {
            throw SxiException.usage("cell size is not possible").column("cellsize").value(cellSize)
                    .limit("0, or an odd number from 3").todo("give cellsize=7").build();
        }
    }

    /** Parameters with the names of the task. */
    public static List<Parameter> parameters() {
        return List.of(Parameter.integer("cellsize", "pixel", 0, 639, 7, "width of the surroundings; 0: cut on counts"),
                Parameter.real("impfac", "", 0, 1e9, 320, "expected counts of the first test, in means of the CCD"),
                Parameter.real("logprob1", "", -300, 300, -5.6, "log of the chance, test against the CCD"),
                Parameter.real("logprob2", "", -300, 300, -5.6, "log of the chance, test against the surroundings"),
                Parameter.yesNo("iterate", true, "repeat the second test until nothing is found"),
                Parameter.yesNo("flagedge", false, "flag the border of the area with counts"),
                Parameter.integer("bthresh", "", 0, Integer.MAX_VALUE, 3,
                        "counts needed where the surroundings are empty"));
    }

    /** Settings of checked parameters. */
    public static FlickerSettings of(Parameters p, Compat compat) {
        return new FlickerSettings(p.integer("cellsize"), p.real("impfac"), p.real("logprob1"), p.real("logprob2"),
                p.yes("iterate"), p.yes("flagedge"), p.integer("bthresh"), compat);
    }
}
