// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

/** Offers the plain Java kernel, which runs everywhere. */
public final class ScalarProvider implements KernelProvider {
    @Override
    public String id() {
        return "scalar";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public ExtractionKernel create() {
        return new ScalarKernel();
    }
}
