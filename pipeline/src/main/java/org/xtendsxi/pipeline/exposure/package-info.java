// SPDX-License-Identifier: Apache-2.0
/** How long each pixel of the sky was seen: attitude, good time, bad and flickering pixels, vignetting. */
package org.xtendsxi.pipeline.exposure;
