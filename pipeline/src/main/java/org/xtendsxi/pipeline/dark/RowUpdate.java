// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

import java.lang.foreign.MemorySegment;
import org.xtendsxi.caldb.frame.SegmentFrame;

/**
 * The running update of the pixels of one row. Implementations give the same bits: each pixel goes through the same
 * operations in single precision, in the same order.
 *
 * <pre>
 * value above level + high, or at a rail    reject    level and variance stay
 * value below level - low                   replace   level = value, variance stays
 * otherwise                                 update    level += weight*diff, variance = (1-weight)*(variance +
 * weight*diff^2)
 * </pre>
 */
interface RowUpdate {
    /**
     * The rule with its numbers.
     *
     * @param rule limits and meaning of the words
     * @param weight part of the distance from value to level that the level moves, 0..1
     */
    record Terms(DarkRule rule, float weight) {
    }

    /**
     * A row of the frame and the offsets of its words.
     *
     * @param pixels words of the file
     * @param at byte of the first active pixel of the row
     * @param first index of the same pixel in the maps
     * @param columns active pixels
     * @param noise whether the variance is updated too
     * @param whole whole part of the offset, even and odd columns
     * @param rest the rest of the offset
     */
    record Row(MemorySegment pixels, long at, int first, int columns, boolean noise, int[] whole, float[] rest) {
    }

    /**
     * Updates a row.
     *
     * @param from levels before, with floors not used
     * @param to levels after
     * @param variance squared noise, changed in place
     * @param counts reject, replace and hot pixels are added here
     */
    void row(Terms terms, Row row, LevelBuffer from, LevelBuffer to, float[] variance, int[] counts);

    /** The fastest one that this Java can run. */
    static RowUpdate best() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? new VectorRowUpdate()
                : new ScalarRowUpdate();
    }

    /** Plain Java. */
    final class ScalarRowUpdate implements RowUpdate {
        @Override
        public void row(Terms terms, Row row, LevelBuffer from, LevelBuffer to, float[] variance, int[] counts) {
            from(0, terms, row, from, to, variance, counts);
        }

        /** The columns of a row from one on. */
        static void from(int firstX, Terms terms, Row row, LevelBuffer from, LevelBuffer to, float[] variance,
                int[] counts) {
            DarkRule rule = terms.rule();
            float weight = terms.weight();
            for (int x = firstX; x < row.columns(); x++) {
                int i = row.first() + x;
                int word = row.pixels().get(SegmentFrame.WORD, row.at() + 2L * x);
                float level = from.level()[i];
                float value = rule.value(word, row.whole()[x & 1], row.rest()[x & 1]);
                float diff = value - level;
                if (diff > rule.high() || rule.rail(word)) {
                    counts[0]++;
                    to.set(i, level);
                } else if (diff < -rule.low()) {
                    counts[1]++;
                    to.set(i, value);
                } else {
                    to.set(i, level + diff * weight);
                    variance[i] = row.noise() ? (variance[i] + diff * diff * weight) * (1 - weight) : variance[i];
                }
                counts[2] += to.level()[i] > rule.hot() ? 1 : 0;
            }
        }
    }
}
