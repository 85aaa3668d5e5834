// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.limits;

/**
 * Limits of a quantity; a state holds from its limit on. An infinite limit is switched off.
 *
 * @param warning from here on warning
 * @param alarm from here on alarm
 */
public record Limit(double warning, double alarm) {
}
