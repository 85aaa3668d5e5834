// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.List;

/** Task xtdpi, with the switches vtcor and usegoffset of XRISM (energy-chain section 11A). */
public final class XtdPi extends EnergyTask {
    @Override
    public List<String> names() {
        return List.of("xtdpi");
    }

    @Override
    boolean xrism() {
        return true;
    }
}
