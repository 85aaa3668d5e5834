// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

/** A device that gives wrong answers, or none. */
final class DeviceFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeviceFaultException(String what) {
        super(what);
    }

    DeviceFaultException(Throwable thrown) {
        super(TornadoKernel.words(thrown), thrown);
    }
}
