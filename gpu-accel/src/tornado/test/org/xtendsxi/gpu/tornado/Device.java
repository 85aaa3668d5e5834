// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

import org.junit.jupiter.api.Assumptions;
import org.xtendsxi.gpu.TornadoProvider;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.KernelProvider.KernelUnavailableException;

/** The device of the tests. */
final class Device {
    private static ExtractionKernel kernel;

    private Device() {
    }

    /** The kernel; without a device the test is skipped and says why. */
    static synchronized ExtractionKernel kernel() {
        if (kernel == null) {
            try {
                kernel = new TornadoProvider().create();
            } catch (KernelUnavailableException e) {
                Assumptions.abort("no device: " + e.getMessage());
            }
        }
        return kernel;
    }
}
