// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu;

import java.util.Optional;
import java.util.ServiceLoader;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.KernelProvider;

/** Offers the search on a GPU or another OpenCL device; only when asked for, since it may lose against SIMD. */
public final class TornadoProvider implements KernelProvider {
    /** What the SDK's argument file sets, and nothing else. */
    private static final String RUNTIME = "tornado.load.runtime.implementation";

    private final Optional<DeviceKernels> devices;

    /** The provider of this build. */
    public TornadoProvider() {
        this(ServiceLoader.load(DeviceKernels.class).findFirst());
    }

    TornadoProvider(Optional<DeviceKernels> devices) {
        this.devices = devices;
    }

    @Override
    public String id() {
        return "tornado";
    }

    @Override
    public int preference() {
        return -1;
    }

    @Override
    public ExtractionKernel create() throws KernelUnavailableException {
        DeviceKernels found = devices.orElseThrow(() -> new KernelUnavailableException(
                "this build has no device code; set TORNADOVM_HOME to a TornadoVM SDK and build again (docs/gpu.md)"));
        if (System.getProperty(RUNTIME) == null) {
            throw new KernelUnavailableException("Java was started without TornadoVM; set TORNADOVM_HOME to its "
                    + "SDK and "
                    + "give --kernel tornado to ./sxi");
        }
        return found.open();
    }
}
