// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.alarm;

/**
 * An alarm or warning in the log. It stays on the page until its cause is gone and it was acknowledged.
 *
 * @param id number
 * @param quantity word of the quantity
 * @param title name of the quantity
 * @param item where
 * @param severity warning or alarm, the highest that it had
 * @param value value at its worst
 * @param unit unit of the value
 * @param threshold limits, as text
 * @param time data time at which it began, s of mission time
 * @param raised when it was raised, s since 1970
 * @param cleared when the value was back within the limits, s since 1970; null while it is not
 * @param acknowledged when it was acknowledged, s since 1970; null while it is not
 * @param by who acknowledged it
 * @param remark what was said
 */
public record Alarm(long id, String quantity, String title, String item, String severity, double value, String unit,
        String threshold, double time, double raised, Double cleared, Double acknowledged, String by, String remark) {
    /** Whether the value is beyond its limit. */
    public boolean active() {
        return cleared == null;
    }

    /** Whether an operator should look at it. */
    public boolean open() {
        return cleared == null || acknowledged == null;
    }
}
