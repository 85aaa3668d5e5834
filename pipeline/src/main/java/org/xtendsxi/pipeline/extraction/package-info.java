// SPDX-License-Identifier: Apache-2.0
/** Events out of frames: threshold, maximum, 5x5 pulse heights (frames-and-science section 2, contract section 3). */
package org.xtendsxi.pipeline.extraction;
