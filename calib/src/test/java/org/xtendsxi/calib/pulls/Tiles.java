// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Charge in one, two, three or four pixels, each part far above any split threshold, so that the grade is known; each
 * grade group loses a known part of it, which is what its grade offset gives back.
 *
 * @param offset offset of each grade group, as constant and slope of the pulse height that is left, channels
 */
record Tiles(double[][] offset) implements Camera.Sharing {
    private static final double[] CHANCE = {0.55, 0.75, 0.9};
    private static final double LEAST = 0.2;
    private static final double MOST = 0.45;
    private static final double SMALL = 0.22;
    private static final double CORNER = 0.1;
    /** Edge and edge, and the corner between them. */
    private static final int[][] CORNERS = {{2, 4, 1}, {2, 5, 3}, {4, 7, 6}, {5, 7, 8}};

    @Override
    public void share(double pulse, RandomGenerator random, double[] out) {
        Arrays.fill(out, 0);
        double u = random.nextDouble();
        int group = 0;
        while (group < CHANCE.length && u > CHANCE[group]) {
            group++;
        }
        double left = (pulse - offset[group][0]) / (1 + offset[group][1]);
        boolean first = random.nextBoolean();
        if (group == 1 || group == 2) {
            out[group == 1 ? first ? 2 : 7 : first ? 4 : 5] = left * random.nextDouble(LEAST, MOST);
        } else if (group > 0) {
            int[] c = CORNERS[random.nextInt(CORNERS.length)];
            out[c[0]] = left * SMALL;
            out[c[1]] = left * SMALL;
            out[c[2]] = first ? left * CORNER : 0;
        }
        out[0] = left - Arrays.stream(out).sum();
    }

    /** True value of a finding such as GOFFSET_A1/G2. */
    double value(String parameter) {
        return offset[parameter.charAt(parameter.length() - 1) - '0'][parameter.charAt(9) - '0'];
    }
}
