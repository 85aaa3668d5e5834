// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.util.Optional;
import java.util.function.Consumer;

/** Offers a kernel, found by ServiceLoader. */
public interface KernelProvider {
    /** Name under which users choose the kernel: scalar, simd, tornado. */
    String id();

    /** Order of preference of {@code auto}, the highest first; negative values are taken only when asked for. */
    int preference();

    /**
     * Makes the kernel.
     *
     * @throws KernelUnavailableException with the reason, if this machine or installation cannot run it
     */
    ExtractionKernel create() throws KernelUnavailableException;

    /** The reason for which a kernel cannot be had here. */
    final class KernelUnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        /** A reason in words. */
        public KernelUnavailableException(String reason) {
            super(reason);
        }

        /** A reason in words and what led to it. */
        public KernelUnavailableException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /** Makes the kernel, or tells the reason and gives nothing. */
    default Optional<ExtractionKernel> tryCreate(Consumer<String> refusals) {
        try {
            return Optional.of(create());
        } catch (KernelUnavailableException e) {
            refusals.accept("kernel " + id() + " is not available: " + e.getMessage());
            return Optional.empty();
        }
    }
}
