// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import java.util.List;
import java.util.Map;
import org.xtendsxi.pipeline.grade.Grader;

/**
 * All about one event. Pixels are numbered as in {@link org.xtendsxi.caldb.instrument.EventPixels}.
 *
 * @param file event file
 * @param row row of EVENTS, from 1
 * @param event time and addresses by column, in the order in which to show them
 * @param raw raw pulse heights of the 25 pixels, channels; -32768 is null
 * @param outer outer pixels at the split threshold by P_OUTER_MOST
 * @param masked pixels of the 3x3 with PHAS_MASK 1
 * @param calibration calibration used
 * @param steps pulse heights of the 3x3 after each step
 * @param energy why there is no energy, or that there is
 * @param thresholds how the event was graded, one for each iteration of the last pass
 * @param values results in the file and recomputed
 * @param flags STATUS flags that are set
 * @param kept whether the screening keeps the event
 * @param why why not; empty if it does
 * @param notes what the reader should know about this explanation
 */
record Explanation(String file, long row, Map<String, Object> event, int[] raw, List<Integer> outer,
        List<Integer> masked, List<Calibration> calibration, List<Step> steps, String energy,
        List<Threshold> thresholds, List<Value> values, List<Flag> flags, boolean kept, List<String> why,
        List<String> notes) {
    /** Word for a null value. */
    static final String NULL = "null";

    /**
     * A calibration file.
     *
     * @param kind code name
     * @param file its name
     * @param extension number of the HDU
     * @param indexRow row of the index, from 1
     * @param tableRow row within the time block for the segment of the event, from 1; 0 if that is not one row
     */
    record Calibration(String kind, String file, int extension, int indexRow, int tableRow) {
    }

    /**
     * Pulse heights after a step.
     *
     * @param name the step
     * @param pulses nine pulse heights, channels
     */
    record Step(String name, double[] pulses) {
    }

    /**
     * Grade at a threshold.
     *
     * @param step numbers
     * @param pixels pixels at or above the threshold
     * @param rule the rule that decided
     */
    record Threshold(Grader.Step step, List<Integer> pixels, String rule) {
    }

    /**
     * A result.
     *
     * @param name column
     * @param file value in the file
     * @param here value computed now
     * @param same whether they agree
     */
    record Value(String name, String file, String here, boolean same) {
    }

    /**
     * A flag.
     *
     * @param number number, from 1
     * @param meaning what it says
     */
    record Flag(int number, String meaning) {
    }
}
