// SPDX-License-Identifier: Apache-2.0
/** Bias of a segment frame from its horizontal overclock (frames-and-science section 2.3, contract section 3). */
package org.xtendsxi.pipeline.bias;
