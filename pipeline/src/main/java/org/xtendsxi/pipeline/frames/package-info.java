// SPDX-License-Identifier: Apache-2.0
/**
 * The frame stages put together: bias, dark and extraction of a CCD in a cycle, and the bookkeeping of exposures.
 *
 * <p>The unit of work is a {@link org.xtendsxi.pipeline.frames.CcdCycle}; its result depends on its frames, the fixed
 * dark and the settings alone, so units may be worked on in any order by any number of threads.
 */
package org.xtendsxi.pipeline.frames;
