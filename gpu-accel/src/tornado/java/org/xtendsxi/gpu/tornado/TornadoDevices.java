// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.xtendsxi.gpu.DeviceKernels;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.KernelProvider.KernelUnavailableException;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** The devices of this machine, GPUs first; found by ServiceLoader. */
public final class TornadoDevices implements DeviceKernels {
    /** With the default, a search that cannot be translated would run as plain Java without an error. */
    private static final String BAIL_OUT = "tornado.recover.bailout";

    /** For ServiceLoader. */
    public TornadoDevices() {
    }

    @Override
    public ExtractionKernel open() throws KernelUnavailableException {
        System.setProperty(BAIL_OUT, "False");
        List<String> reasons = new ArrayList<>();
        for (TornadoDevice device : devices()) {
            try {
                return new TornadoKernel(device);
            } catch (DeviceFaultException e) {
                reasons.add(TornadoKernel.name(device) + ": " + e.getMessage());
            }
        }
        throw new KernelUnavailableException(reasons.isEmpty()
                ? "TornadoVM finds no device; clinfo -l lists those of OpenCL" : String.join("; ", reasons));
    }

    private static List<TornadoDevice> devices() throws KernelUnavailableException {
        try {
            return TornadoExecutionPlan.getTornadoDeviceMap().getAllBackends().stream()
                    .flatMap(b -> IntStream.range(0, b.getNumDevices()).mapToObj(b::getDevice))
                    .sorted(Comparator.comparing(d -> d.getDeviceType() != TornadoDeviceType.GPU)).toList();
        } catch (RuntimeException | LinkageError e) {
            // without a platform the runtime fails in its static initialisers
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new KernelUnavailableException("TornadoVM does not start: " + TornadoKernel.words(cause), e);
        }
    }
}
