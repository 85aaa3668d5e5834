// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

/**
 * The part of an image that is drawn.
 *
 * @param x first pixel along the first axis, from 1
 * @param y first pixel along the second axis, from 1
 * @param width pixels along the first axis
 * @param height pixels along the second axis
 */
public record Window(int x, int y, int width, int height) {
    /** All of an image. */
    public static Window all(int width, int height) {
        return new Window(1, 1, width, height);
    }

    /**
     * The pixels from one corner to another and a margin of 3 %, as far as they lie within the image.
     *
     * @param range least x, least y, greatest x, greatest y
     * @param width pixels of the image along the first axis
     * @param height pixels of the image along the second axis
     */
    public static Window around(double[] range, int width, int height) {
        double margin = 0.03 * Math.max(range[2] - range[0], range[3] - range[1]);
        int x = (int) Math.clamp(range[0] - margin, 1, width);
        int y = (int) Math.clamp(range[1] - margin, 1, height);
        return new Window(x, y, (int) Math.clamp(range[2] + margin, x, width) - x + 1,
                (int) Math.clamp(range[3] + margin, y, height) - y + 1);
    }
}
