// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.frame;

/**
 * Layout of the pixels of one segment frame, in readout order, row by row away from the frame store.
 *
 * <pre>
 * column:  0 .. under-1 | under .. under+320-1 | then over columns     (HUCLEGTH, active, HOCLEGTH)
 * row:     0 .. vUnder-1 | vUnder .. vUnder+640-1 | then vOver rows    (VUCHEGHT, IMGHEGHT, VOCHEGHT)
 * </pre>
 *
 * @param under HUCLEGTH, horizontal underclock pixels of a row
 * @param active active pixels of a row, RAWX 0..active-1
 * @param over HOCLEGTH, horizontal overclock pixels of a row
 * @param vUnder VUCHEGHT, vertical underclock rows
 * @param rows imaging rows, RAWY 0..rows-1
 * @param vOver VOCHEGHT, vertical overclock rows
 */
public record FrameGeometry(int under, int active, int over, int vUnder, int rows, int vOver) {
    /** Columns of a frame: nx of TDIM. */
    public int width() {
        return under + active + over;
    }

    /** Rows of a frame: ny of TDIM. */
    public int height() {
        return vUnder + rows + vOver;
    }

    /** Pixels of a frame. */
    public int pixels() {
        return width() * height();
    }

    /** Position in the frame of active pixel (rawX, rawY). */
    public int index(int rawX, int rawY) {
        return (vUnder + rawY) * width() + under + rawX;
    }

    /** First column of the horizontal overclock. */
    public int overStart() {
        return under + active;
    }
}
