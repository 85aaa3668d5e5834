// SPDX-License-Identifier: Apache-2.0
/** What a new calibration file does to real spectra. */
package org.xtendsxi.calib.compare;
