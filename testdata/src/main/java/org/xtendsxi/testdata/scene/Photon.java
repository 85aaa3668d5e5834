// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.scene;

/**
 * A photon that is absorbed in a CCD.
 *
 * @param time after the start of the cycle, s
 * @param ccdId 0..3
 * @param actX column, pixel n reaching from n-0.5 to n+0.5, 0.5..640.5
 * @param actY row, 0.5..640.5
 * @param energy eV
 * @param source where it comes from
 */
public record Photon(double time, int ccdId, double actX, double actY, double energy, Source source) {
}
