// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

/** Offers the vector kernel where the JVM was started with the incubating vector module. */
public final class SimdProvider implements KernelProvider {
    private static final String MODULE = "jdk.incubator.vector";
    private static final int PREFERENCE = 10;

    @Override
    public String id() {
        return "simd";
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public ExtractionKernel create() throws KernelUnavailableException {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            throw new KernelUnavailableException("the JVM runs without --add-modules=" + MODULE);
        }
        try {
            return new SimdKernel();
        } catch (LinkageError e) {
            throw new KernelUnavailableException("module " + MODULE + " cannot be used", e);
        }
    }
}
