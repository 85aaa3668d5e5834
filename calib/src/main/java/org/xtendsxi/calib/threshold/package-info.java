// SPDX-License-Identifier: Apache-2.0
/** Split threshold from the noise of pixels without charge. */
package org.xtendsxi.calib.threshold;
