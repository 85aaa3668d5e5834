// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

/**
 * A reading of housekeeping.
 *
 * @param time s of mission time
 * @param name name of the series in the limits file, such as ccd1
 * @param value in the unit of the column, deg C for temperatures
 */
public record HousekeepingRow(double time, String name, double value) {
}
