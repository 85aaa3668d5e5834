// SPDX-License-Identifier: Apache-2.0
/** Dark level, noise and hot pixels from dark frames of any number of observations. */
package org.xtendsxi.calib.dark;
