// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bias;

/**
 * Level of a sample of overclock pixels.
 *
 * @param level adu
 * @param squares sum of squared distances of the pixels used from the level, adu^2
 * @param used pixels used
 * @param railed pixels at a rail
 * @param ringing pixels far from the median
 */
record SampleLevel(double level, double squares, int used, int railed, int ringing) {
}
