// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.alarm;

/**
 * The worst value of a quantity in the cycles since the last look.
 *
 * @param quantity what
 * @param item where, such as CCD2 CD even; empty for the whole camera
 * @param value value, NaN if there is nothing to judge
 * @param severity state; never STALE
 */
public record Reading(Quantity quantity, String item, double value, Severity severity) {
}
