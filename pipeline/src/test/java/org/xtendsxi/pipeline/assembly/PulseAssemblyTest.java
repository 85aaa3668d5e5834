// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.stage.Parameters;

/** The four cases of energy-chain section 2. */
class PulseAssemblyTest {
    private static final short NONE = -32768;
    private final short[] phas = new short[9];
    private final short[] all = new short[25];
    private final long[] status = {1};

    private void assemble(short inner, short outer, long procStatus) {
        short[] in = new short[9];
        short[] out = new short[16];
        Arrays.fill(in, inner);
        Arrays.fill(out, outer);
        if (inner != NONE) {
            in[8] = NONE;
        }
        PulseAssembly.assemble(in, out, new long[] {procStatus}, status, new PulseAssembly.Nulls(NONE, NONE, -999),
                phas, all);
    }

    @Test
    void partlyNullVectorIsPresentAndCopiedAsStored() {
        assemble((short) 7, (short) 3, 0);
        assertThat(phas).containsExactly(7, 7, 7, 7, 7, 7, 7, 7, NONE);
        assertThat(all[8]).isEqualTo(NONE);
        assertThat(all[24]).isEqualTo((short) 3);
        assertThat(status[0]).isEqualTo(1);
    }

    @Test
    void missingOuterRingIsFlagged() {
        assemble((short) 7, NONE, 0);
        assertThat(all[0]).isEqualTo((short) 7);
        assertThat(Arrays.copyOfRange(all, 9, 25)).containsOnly(-999);
        assertThat(status[0]).isEqualTo(1 | StatusFlag.NO_OUTER.bit());
    }

    @Test
    void missingInnerPixelsAreFlagged() {
        assemble(NONE, (short) 3, 0);
        assertThat(phas).containsOnly(-999);
        assertThat(all).containsOnly(-999);
        assertThat(status[0]).isEqualTo(1 | StatusFlag.NO_INNER.bit());
    }

    @Test
    void badRowIsNullWithoutFlag() {
        for (int bit : new int[] {1, 16}) {
            assemble((short) 7, (short) 3, 1L << bit);
            assertThat(phas).containsOnly(-999);
        }
        assemble((short) 7, (short) 3, 1);
        assertThat(phas[0]).as("bit 0 is not looked at").isEqualTo((short) 7);
        assertThat(status[0]).isEqualTo(1);
    }

    @Test
    void limitsOfColumnsAreGivenByColbound() {
        Parameters p = Parameters.of("phas", List.of(AssemblyStage.COLBOUND), Map.of("colbound", "-30000,,100"));
        assertThat(AssemblyStage.columns(p)).allSatisfy(c -> {
            assertThat(c.nullValue()).hasValue(-30000);
            assertThat(c.min()).hasValue(-32767);
            assertThat(c.max()).hasValue(100);
        });
        Parameters bad = Parameters.of("phas", List.of(AssemblyStage.COLBOUND), Map.of("colbound", "40000"));
        assertThatThrownBy(() -> AssemblyStage.columns(bad)).isInstanceOf(SxiException.class)
                .hasMessageContaining("40000");
    }
}
