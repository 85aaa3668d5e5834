// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.kernel;

import java.util.Arrays;

/** Growing list of pixels found, as RAWY*width + RAWX in ascending order. */
public final class Hits {
    private int[] pixels = new int[512];
    private int size;

    /** Adds a pixel. */
    public void add(int pixel) {
        if (size == pixels.length) {
            pixels = Arrays.copyOf(pixels, 2 * size);
        }
        pixels[size++] = pixel;
    }

    /** Forgets all pixels. */
    public void clear() {
        size = 0;
    }

    /** Number of pixels. */
    public int size() {
        return size;
    }

    /** Pixel i. */
    public int get(int i) {
        return pixels[i];
    }

    /** Copy of the pixels. */
    public int[] toArray() {
        return Arrays.copyOf(pixels, size);
    }
}
