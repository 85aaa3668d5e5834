// SPDX-License-Identifier: Apache-2.0
/** Dark level of every pixel from dark frames or from the first raw frames (frames-and-science section 2.3). */
package org.xtendsxi.pipeline.dark;
