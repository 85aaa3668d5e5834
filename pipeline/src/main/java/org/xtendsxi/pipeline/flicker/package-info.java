// SPDX-License-Identifier: Apache-2.0
/** Search for flickering pixels: pixels that count far more often than their CCD or their surroundings. */
package org.xtendsxi.pipeline.flicker;
