// SPDX-License-Identifier: Apache-2.0
/** Gain and grade offsets from lines of known energy. */
package org.xtendsxi.calib.gain;
