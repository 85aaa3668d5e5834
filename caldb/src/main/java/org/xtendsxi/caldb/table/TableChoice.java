// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.table;

/**
 * What of an observation selects the extension and the time block of a table (energy-chain sections 11.1 and 11.2).
 *
 * @param mode calibration class of DATAMODE: WINDOW1 or WINDOW2
 * @param ciStatus CISTATUS, 0 or 1
 * @param start TSTART, mission time in seconds
 * @param byPosition the rule of HEASoft 6.20: HDU 2 for WINDOW1 and HDU 3 for WINDOW2 (primary = 1) whatever the
 *     extension says; otherwise a named extension, else the one whose keywords match
 */
public record TableChoice(String mode, int ciStatus, double start, boolean byPosition) {
}
