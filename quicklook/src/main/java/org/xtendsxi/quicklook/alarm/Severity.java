// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.alarm;

import java.util.Locale;
import org.xtendsxi.quicklook.limits.Limit;

/** States in the order of what an operator must see first. */
public enum Severity {
    /** Within the limits. */
    OK,
    /** Beyond the warning limit. */
    WARNING,
    /** No new data: nothing is known. */
    STALE,
    /** Beyond the alarm limit. */
    ALARM;

    /** State of a value; NaN is within the limits, as there is nothing to judge. */
    public static Severity of(double value, Limit limit) {
        double size = Math.abs(value);
        return size >= limit.alarm() ? ALARM : size >= limit.warning() ? WARNING : OK;
    }

    /** Name in JSON and in the log. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
