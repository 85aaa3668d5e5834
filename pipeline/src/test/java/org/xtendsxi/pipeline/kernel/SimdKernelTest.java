// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

/** The contract of kernels, kept by the simd one. */
class SimdKernelTest extends KernelContract {
    @Override
    protected ExtractionKernel kernel() {
        return new SimdKernel();
    }
}
