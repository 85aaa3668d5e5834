// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which behaviour is wanted where the reference tools are at fault: {@code strict} mends all faults, {@code
 * heasoft-6.20} keeps all; {@code heasoft-6.20-Q15-R12} keeps all but those named, which shows what each does to data.
 *
 * @param word word on the command line
 * @param kept faults that are reproduced, one bit each in the order of {@link Fault}
 */
public record Compat(String word, long kept) {
    /** Faults of the reference are mended. */
    public static final Compat STRICT = new Compat("strict", 0);
    /** The numbered faults of HEASoft 6.20 are reproduced. */
    public static final Compat HEASOFT_6_20 = new Compat("heasoft-6.20", -1);
    /** Words, for messages. */
    public static final String WORDS = "strict, heasoft-6.20, or heasoft-6.20-FAULT such as heasoft-6.20-Q15";

    /** The two behaviours. */
    public static List<Compat> both() {
        return List.of(STRICT, HEASOFT_6_20);
    }

    /** Whether a fault is reproduced. */
    public boolean keeps(Fault fault) {
        return (kept >> fault.ordinal() & 1) != 0;
    }

    /** Behaviour of a word. */
    public static Optional<Compat> of(String word) {
        String all = HEASOFT_6_20.word + "-";
        if (!word.startsWith(all)) {
            return both().stream().filter(c -> c.word.equals(word)).findFirst();
        }
        List<Optional<Fault>> mended =
                Arrays.stream(word.substring(all.length()).split("-", -1)).map(Fault::of).toList();
        if (!mended.stream().allMatch(Optional::isPresent)) {
            return Optional.empty();
        }
        return Optional.of(new Compat(word,
                mended.stream().mapToLong(f -> ~(1L << f.orElseThrow().ordinal())).reduce(-1, (a, b) -> a & b)));
    }

    @Override
    public String toString() {
        return word;
    }
}
