// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables over all hit patterns (energy-chain sections 8.3 to 8.5). */
class HitPatternsTest {
    private final HitPatterns patterns = new HitPatterns(SuzakuPatterns.table());

    private static int bits(int... pixels) {
        int b = 1;
        for (int p : pixels) {
            b |= 1 << p;
        }
        return b;
    }

    private List<Integer> summed(int... pixels) {
        List<Integer> out = new ArrayList<>();
        for (long rest = patterns.summed(bits(pixels)); rest != 0; rest >>>= 4) {
            out.add((int) rest & 15);
        }
        return out;
    }

    @Test
    @Tag("validation")
    void gradesOccurAsOftenAsPublished() {
        int[] counts = new int[9];
        for (int p = 1; p < 512; p += 2) {
            counts[patterns.grade(p)]++;
        }
        assertThat(counts).containsExactly(1, 15, 8, 4, 4, 32, 8, 176, 8);
    }

    @Test
    @Tag("validation")
    void squaresAreThePublishedCodes() {
        List<Integer> six = new ArrayList<>();
        for (int code = 0; code < 256; code++) {
            if (patterns.grade(code << 1 | 1) == 6) {
                six.add(code);
            }
        }
        assertThat(six).containsExactly(0x0b, 0x16, 0x36, 0x68, 0x6c, 0x8b, 0xd0, 0xd1);
    }

    @Test
    void sumsFollowTheOrderOfTheSpecification() {
        assertThat(summed()).isEmpty();
        assertThat(summed(1, 8)).isEmpty();
        assertThat(summed(2)).containsExactly(2);
        assertThat(summed(4, 1)).as("a touching corner is not added").containsExactly(4);
        assertThat(summed(2, 4)).as("the corner of an L is").containsExactly(2, 4, 1);
        assertThat(summed(5, 7, 8)).containsExactly(5, 7, 8);
        assertThat(summed(2, 7, 8)).as("grade 7: all, ascending").containsExactly(2, 7, 8);
    }

    @Test
    void outerRingIsLookedAtBesideThePattern() {
        int pixel16 = 1 << 16 - 9;
        int pixel10 = 1 << 10 - 9;
        assertThat(patterns.touches(bits(4), pixel16)).isTrue();
        assertThat(patterns.touches(bits(5), pixel16)).isFalse();
        assertThat(patterns.touches(bits(1), pixel10)).as("detached corner").isFalse();
        assertThat(patterns.touches(bits(1, 2, 4), pixel10)).isTrue();
        assertThat(patterns.touches(bits(1, 2, 4), 1 | 1 << 4 | 1 << 11 | 1 << 15)).as("corners of the ring").isFalse();
    }
}
