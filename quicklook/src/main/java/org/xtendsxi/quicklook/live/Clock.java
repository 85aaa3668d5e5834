// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.live;

import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.caldb.provenance.RunClock;

/** Seconds since 1970 that never run backwards while the program runs. */
final class Clock {
    private final double begin = RunClock.now().getEpochSecond();
    private final double zero = Host.seconds();

    double now() {
        return begin + Host.seconds() - zero;
    }
}
