// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.pulls;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** All charge in the centre. */
record Singles() implements Camera.Sharing {
    @Override
    public void share(double pulse, RandomGenerator random, double[] out) {
        Arrays.fill(out, 0);
        out[0] = pulse;
    }
}
