// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import static java.nio.ByteOrder.BIG_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.xtendsxi.caldb.frame.SegmentFrame;

/** The running update with vectors, straight from the big-endian words; an even number of lanes, so parity repeats. */
final class VectorRowUpdate implements RowUpdate {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

    @Override
    public void row(Terms terms, Row row, LevelBuffer from, LevelBuffer to, float[] variance, int[] counts) {
        DarkRule rule = terms.rule();
        boolean inverted = rule.adc().inverted();
        float weight = terms.weight();
        float keep = 1 - weight;
        float high = rule.high();
        float low = -rule.low();
        float hot = rule.hot();
        boolean withNoise = row.noise();
        int top = rule.topWord();
        IntVector whole = IntVector.fromArray(INTS, repeat(row.whole()), 0);
        FloatVector rest = FloatVector.fromArray(FLOATS, repeat(row.rest()), 0);
        float[] old = from.level();
        float[] level = to.level();
        short[] floors = to.floors();
        int rejects = 0;
        int replaces = 0;
        int hots = 0;
        int end = FLOATS.loopBound(row.columns());
        for (int x = 0; x < end; x += LANES) {
            int i = row.first() + x;
            IntVector words = (IntVector) ShortVector.fromMemorySegment(SHORTS, row.pixels(), row.at() + 2L * x,
                    BIG_ENDIAN).convertShape(VectorOperators.S2I, INTS, 0);
            FloatVector value = ((FloatVector) (inverted ? whole.sub(words) : words.add(whole))
                    .convert(VectorOperators.I2F, 0)).add(rest);
            FloatVector before = FloatVector.fromArray(FLOATS, old, i);
            FloatVector diff = value.sub(before);
            VectorMask<Float> reject = diff.compare(VectorOperators.GT, high)
                    .or(words.compare(VectorOperators.GE, top)
                            .or(words.compare(VectorOperators.LE, -SegmentFrame.ZERO)).cast(FLOATS));
            VectorMask<Float> replace = diff.compare(VectorOperators.LT, low).andNot(reject);
            FloatVector after = before.add(diff.mul(weight)).blend(value, replace).blend(before, reject)
                    .max(DarkRule.LOWEST);
            after.intoArray(level, i);
            if (withNoise) {
                FloatVector noise = FloatVector.fromArray(FLOATS, variance, i);
                noise.add(diff.mul(diff).mul(weight)).mul(keep).blend(noise, reject.or(replace)).intoArray(variance, i);
            }
            IntVector cut = (IntVector) after.convert(VectorOperators.F2I, 0);
            VectorMask<Float> above = ((FloatVector) cut.convert(VectorOperators.I2F, 0))
                    .compare(VectorOperators.GT, after);
            ((ShortVector) cut.sub(1, above.cast(INTS)).min(Short.MAX_VALUE)
                    .convertShape(VectorOperators.I2S, SHORTS, 0)).intoArray(floors, i);
            rejects += reject.trueCount();
            replaces += replace.trueCount();
            hots += after.compare(VectorOperators.GT, hot).trueCount();
        }
        counts[0] += rejects;
        counts[1] += replaces;
        counts[2] += hots;
        ScalarRowUpdate.from(end, terms, row, from, to, variance, counts);
    }

    private static int[] repeat(int[] pair) {
        int[] line = new int[LANES];
        for (int i = 0; i < LANES; i++) {
            line[i] = pair[i & 1];
        }
        return line;
    }

    private static float[] repeat(float[] pair) {
        float[] line = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            line[i] = pair[i & 1];
        }
        return line;
    }
}
