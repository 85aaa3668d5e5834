// SPDX-License-Identifier: Apache-2.0
/** From electrons to pixel words: bias, dark level, hot pixels, noise and ADC. */
package org.xtendsxi.testdata.readout;
