// SPDX-License-Identifier: Apache-2.0
/**
 * Pixels of a segment frame with their levels, and the search for pixels above the event threshold.
 *
 * <p>A kernel works on the words of the file as they lie there and gives a conservative superset of the pixels wanted;
 * the exact test in double precision is done on these few by the caller, so every kernel leads to the same events.
 */
package org.xtendsxi.pipeline.kernel;
