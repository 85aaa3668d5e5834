// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu;

import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.KernelProvider.KernelUnavailableException;

/** The device code, found by ServiceLoader in builds that have it. */
public interface DeviceKernels {
    /**
     * Makes the kernel on the first device that passes the self-test.
     *
     * @throws KernelUnavailableException with the reason of every device, if none does
     */
    ExtractionKernel open() throws KernelUnavailableException;
}
