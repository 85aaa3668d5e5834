// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.pipeline.kernel.KernelProvider;
import org.xtendsxi.pipeline.kernel.KernelProvider.KernelUnavailableException;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.pipeline.kernel.ScalarKernel;

/** The provider in front of the device code. */
@Tag("validation")
class TornadoProviderTest {
    private static final String RUNTIME = "tornado.load.runtime.implementation";
    private final Optional<String> before = Optional.ofNullable(System.getProperty(RUNTIME));

    @BeforeEach
    void withoutRuntime() {
        System.clearProperty(RUNTIME);
    }

    @AfterEach
    void asItWas() {
        before.ifPresentOrElse(v -> System.setProperty(RUNTIME, v), () -> System.clearProperty(RUNTIME));
    }

    @Test
    void isFoundByNameAndNeverTakenByAuto() {
        assertThat(Kernels.providers()).extracting(KernelProvider::id).contains("tornado");
        List<String> refusals = new ArrayList<>();
        assertThat(Kernels.choose("auto", refusals::add).id()).isEqualTo("simd");
        assertThat(refusals).isEmpty();
    }

    @Test
    void deviceCodeIsNotTouchedInAJvmWithoutTheRuntime() {
        TornadoProvider p = new TornadoProvider(Optional.of(() -> {
            throw new AssertionError("opened");
        }));
        assertThatThrownBy(p::create).isInstanceOf(KernelUnavailableException.class)
                .hasMessageContaining("TORNADOVM_HOME").hasMessageContaining("--kernel tornado");
    }

    @Test
    void theReasonOfTheDeviceCodeIsPassedOn() {
        System.setProperty(RUNTIME, "there");
        TornadoProvider p = new TornadoProvider(Optional.of(() -> {
            throw new KernelUnavailableException("no device");
        }));
        List<String> refusals = new ArrayList<>();
        assertThat(p.tryCreate(refusals::add)).isEmpty();
        assertThat(refusals).singleElement().asString().contains("tornado").contains("no device");
    }

    @Test
    void aDeviceThatWorksIsGiven() throws KernelUnavailableException {
        System.setProperty(RUNTIME, "there");
        assertThat(new TornadoProvider(Optional.of(ScalarKernel::new)).create()).isInstanceOf(ScalarKernel.class);
    }
}
