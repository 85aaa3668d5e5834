// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

/**
 * One frame to search by {@link ExtractionKernel#scanAll}.
 *
 * @param plane frame with its levels
 * @param threshold lowest pulse height wanted
 * @param rows rows to search
 * @param hits takes the candidates
 */
public record Search(PixelPlane plane, int threshold, RowBlocks rows, Hits hits) {
}
