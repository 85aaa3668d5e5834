// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.laboratory;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * A section {@code [x1:x2,y1:y2]} of an image or CCD, pixels from 1, ends included (NOAO keywords DATASEC, BIASSEC,
 * TRIMSEC, CCDSEC). A CCDSEC may run backwards where the image is a mirror image of the CCD.
 *
 * @param x1 first column
 * @param x2 last column
 * @param y1 first row
 * @param y2 last row
 */
record ImageSection(int x1, int x2, int y1, int y2) {
    private static final Pattern TEXT =
            Pattern.compile("\\[\\s*(\\d+)\\s*:\\s*(\\d+)\\s*,\\s*(\\d+)\\s*:\\s*(\\d+)\\s*\\]");

    /** Reads a keyword; empty if it is absent. */
    static Optional<ImageSection> of(Keywords k, String key) {
        return k.text(key).map(v -> {
            Matcher m = TEXT.matcher(v.strip());
            if (!m.matches()) {
                throw k.at(SxiException.data("section cannot be read"), key).value(v).limit("[x1:x2,y1:y2]")
                        .todo("repair the header").build();
            }
            return new ImageSection(number(m, 1), number(m, 2), number(m, 3), number(m, 4));
        });
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    /** Reads a keyword that must run forward and lie inside an image. */
    static Optional<ImageSection> inside(Keywords k, String key, int width, int height) {
        Optional<ImageSection> s = of(k, key);
        s.ifPresent(v -> {
            if (v.x1 < 1 || v.x2 < v.x1 || v.x2 > width || v.y1 < 1 || v.y2 < v.y1 || v.y2 > height) {
                throw k.at(SxiException.data("section does not lie in the image"), key).value(v)
                        .limit(new ImageSection(1, width, 1, height)).todo("repair the header").build();
            }
        });
        return s;
    }

    /** Columns. */
    int width() {
        return Math.abs(x2 - x1) + 1;
    }

    /** Rows. */
    int height() {
        return Math.abs(y2 - y1) + 1;
    }

    /** The same section in pixels of so many of these by so many. */
    ImageSection binned(int x, int y) {
        return new ImageSection(bin(x1, x), bin(x2, x), bin(y1, y), bin(y2, y));
    }

    private static int bin(int pixel, int size) {
        return (pixel - 1) / size + 1;
    }

    @Override
    public String toString() {
        return "[" + x1 + ":" + x2 + "," + y1 + ":" + y2 + "]";
    }
}
