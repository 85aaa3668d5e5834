// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bias;

/**
 * Level of a sample of overclock pixels.
 *
 * @param level adu
 * @param squares sum of squared distances from the level of the pixels used, adu^2; those that a trimmed mean drops
 *     count too
 * @param used pixels used: neither railed nor ringing
 * @param railed pixels at a rail
 * @param ringing pixels far from the median
 */
record SampleLevel(double level, double squares, int used, int railed, int ringing) {
}
