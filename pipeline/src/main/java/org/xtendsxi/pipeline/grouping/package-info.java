// SPDX-License-Identifier: Apache-2.0
/** Channels of spectra joined into bins: by counts, or as fine as the resolution and the counts deserve. */
package org.xtendsxi.pipeline.grouping;
