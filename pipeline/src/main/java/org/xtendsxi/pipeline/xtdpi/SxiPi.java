// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.List;

/** Task sxipi of Hitomi (energy-chain section 4.1). */
public final class SxiPi extends EnergyTask {
    @Override
    public List<String> names() {
        return List.of("sxipi");
    }

    @Override
    boolean xrism() {
        return false;
    }
}
