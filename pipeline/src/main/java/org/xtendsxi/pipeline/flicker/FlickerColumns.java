// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flicker;

/**
 * Columns that the search reads.
 *
 * @param time event time
 * @param chip CCD
 * @param x first coordinate
 * @param y second coordinate
 * @param channel energy channel
 * @param grade event shape
 */
public record FlickerColumns(String time, String chip, String x, String y, String channel, String grade) {
    /** Columns of the event file. */
    public static final FlickerColumns DEFAULT =
            new FlickerColumns("TIME", "CCD_ID", "ACTX", "ACTY", "PI", "GRADE");
}
