// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Words of the behaviours. */
@Tag("non-regression")
class CompatTest {
    @Test
    void everyFaultCanBeMendedAlone() {
        for (Fault f : Fault.values()) {
            Compat c = Compat.of("heasoft-6.20-" + f.id()).orElseThrow();
            for (Fault g : Fault.values()) {
                assertThat(c.keeps(g)).as("%s without %s", g, f).isEqualTo(f != g);
            }
            assertThat(Compat.STRICT.keeps(f)).isFalse();
            assertThat(Compat.HEASOFT_6_20.keeps(f)).isTrue();
        }
    }

    @Test
    void unknownWordsAreNone() {
        for (String word : List.of("", "heasoft", "heasoft-6.20-", "heasoft-6.20-Q99", "heasoft-6.20-Q6-",
                "strict-Q6")) {
            assertThat(Compat.of(word)).as(word).isEmpty();
        }
        assertThat(Compat.of("heasoft-6.20-Q6-R12").orElseThrow().keeps(Fault.BORDER_FACTOR)).isFalse();
    }
}
