// SPDX-License-Identifier: Apache-2.0
/**
 * Gain fit: follows a calibration line in time by fitting its profile to groups of events (energy-chain section 13).
 * The numerics are pure functions over a mesh of channels; {@link org.xtendsxi.calib.gainfit.GainFitTask} reads and
 * writes.
 */
package org.xtendsxi.calib.gainfit;
