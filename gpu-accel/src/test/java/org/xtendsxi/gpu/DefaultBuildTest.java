// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.pipeline.kernel.Kernels;

/** The build without the SDK: no TornadoVM anywhere, and a refusal that says what to do. Not in profile tornado. */
@Tag("validation")
class DefaultBuildTest {
    @Test
    void tornadoVmIsNotOnTheClassPath() {
        assertThat(getClass().getClassLoader().getResource("uk/ac/manchester/tornado/api/TaskGraph.class")).isNull();
        assertThat(System.getProperty("java.class.path")).doesNotContainIgnoringCase("tornado-api");
        assertThat(ServiceLoader.load(DeviceKernels.class)).isEmpty();
    }

    @Test
    void theKernelIsRefusedWithTheWayToHaveIt() {
        assertThatThrownBy(() -> Kernels.choose("tornado", r -> { })).isInstanceOf(SxiException.class)
                .hasMessageContaining("TORNADOVM_HOME").hasMessageContaining("docs/gpu.md")
                .hasMessageContaining("--kernel auto")
                .satisfies(e -> assertThat(((SxiException) e).exitCode()).isEqualTo(ExitCode.USAGE));
    }
}
