// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.laboratory;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.instrument.ReadNode;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Where the pixels of an image go: which segment it is, and in which order the camera read it.
 *
 * <p>The overclock follows the last active pixel of a row, so an image whose BIASSEC lies left of DATASEC was turned
 * round when it was written. CCDSEC tells the place on the CCD, and with the order of reading the node.
 *
 * @param geometry layout of the frame
 * @param data DATASEC
 * @param bias columns of BIASSEC that are used
 * @param width NAXIS1
 * @param mirrored columns were read from the highest to the lowest
 * @param flipped rows were read from the highest to the lowest
 * @param ccdId CCD_ID
 * @param segment SEGMENT
 * @param readNode READNODE
 */
record Amplifier(FrameGeometry geometry, ImageSection data, ImageSection bias, int width, boolean mirrored,
        boolean flipped, int ccdId, int segment, int readNode) {

    /**
     * Reads the keywords of an image.
     *
     * @param k keywords of the image and of the primary header
     * @param width NAXIS1
     * @param height NAXIS2
     * @param place which image of the file it is, from 0; images without CCDSEC are segments in order
     * @param firstCcd CCD_ID of the first image, where no keyword tells
     * @throws SxiException (data) if they contradict each other or the layout of a segment
     */
    static Amplifier of(Keywords k, int width, int height, int place, int firstCcd) {
        ImageSection data = ImageSection.inside(k, "DATASEC", width, height)
                .or(() -> ImageSection.inside(k, "TRIMSEC", width, height)).orElseThrow(() -> k
                        .at(SxiException.data("image does not tell its active pixels"), "DATASEC")
                        .todo("add DATASEC = '[x1:x2,y1:y2]'").build());
        ImageSection bias = ImageSection.inside(k, "BIASSEC", width, height).orElseThrow(() -> k
                .at(SxiException.data("image does not tell its overclock pixels"), "BIASSEC")
                .todo("add BIASSEC = '[x1:x2,y1:y2]': the bias is taken from them").build());
        require(k, "DATASEC", data.width() == Sxi.RAW_COLUMNS, "not the columns of a segment", data,
                Sxi.RAW_COLUMNS + " columns", "cut the image into its segments, one per extension");
        require(k, "BIASSEC", bias.x1() > data.x2() || bias.x2() < data.x1(), "overclock overlaps the active pixels",
                bias, "beside " + data, "repair the header");
        require(k, "BIASSEC", bias.y1() <= data.y1() && bias.y2() >= data.y2(), "overclock lacks rows of the image",
                bias, "rows " + data.y1() + ":" + data.y2(), "repair the header");
        boolean mirrored = bias.x2() < data.x1();
        ImageSection over = inStep(bias, data, mirrored);
        require(k, "BIASSEC", over.x2() >= over.x1(), "overclock is too narrow", bias, "two columns",
                "repair the header");
        int ccd = k.has("CCD_ID") ? k.needInteger("CCD_ID") : firstCcd + place / Sxi.SEGMENTS;
        require(k, "CCD_ID", ccd >= 0 && ccd < Sxi.CCDS, "there is no such CCD", ccd, "0..3",
                "repair the header or --ccd");
        ImageSection chip = chip(k, data, place);
        boolean flipped = chip.y2() < chip.y1();
        int segment = Math.min(chip.x1(), chip.x2()) > Sxi.RAW_COLUMNS ? 1 : 0;
        boolean along = chip.x2() > chip.x1() != mirrored;
        return new Amplifier(geometry(data, over, width, height, mirrored, flipped), data, over, width, mirrored,
                flipped, ccd, segment, ReadNode.alongActX(segment, 0) == along ? 0 : 1);
    }

    /** Even and odd columns belong to two ADCs: after an odd number of columns that are left out, one more is. */
    private static ImageSection inStep(ImageSection bias, ImageSection data, boolean mirrored) {
        int gap = mirrored ? data.x1() - bias.x2() - 1 : bias.x1() - data.x2() - 1;
        return new ImageSection(bias.x1() + (mirrored ? 0 : gap % 2), bias.x2() - (mirrored ? gap % 2 : 0), bias.y1(),
                bias.y2());
    }

    /** Place of the active pixels on the CCD, logical pixels. */
    private static ImageSection chip(Keywords k, ImageSection data, int place) {
        int[] binning = k.text("CCDSUM").map(t -> t.strip().split("[\\s,]+")).filter(t -> t.length == 2)
                .map(t -> new int[] {whole(k, t[0]), whole(k, t[1])}).orElse(new int[] {1, 1});
        int first = place % Sxi.SEGMENTS * Sxi.RAW_COLUMNS + 1;
        ImageSection chip = ImageSection.of(k, "CCDSEC").map(s -> s.binned(binning[0], binning[1]))
                .orElse(new ImageSection(first, first + Sxi.RAW_COLUMNS - 1, 1, data.height()));
        int low = Math.min(chip.x1(), chip.x2());
        require(k, "CCDSEC", chip.width() == data.width() && chip.height() == data.height(),
                "place on the CCD and active pixels differ in size", chip, data, "repair CCDSEC, DATASEC or CCDSUM");
        require(k, "CCDSEC", low == 1 || low == Sxi.RAW_COLUMNS + 1, "image is not a whole segment", chip,
                "columns 1:320 or 321:640", "read whole segments");
        require(k, "CCDSEC", Math.min(chip.y1(), chip.y2()) == 1, "image does not start at the first row of the CCD",
                chip, "row 1", "read the CCD from its first row");
        return chip;
    }

    private static int whole(Keywords k, String text) {
        require(k, "CCDSUM", text.matches("[1-9]\\d?"), "binning cannot be read", text, "1..99", "repair the header");
        return Integer.parseInt(text);
    }

    private static FrameGeometry geometry(ImageSection data, ImageSection bias, int width, int height, boolean mirrored,
            boolean flipped) {
        int left = data.x1() - 1;
        int right = width - data.x2();
        int below = data.y1() - 1;
        int above = height - data.y2();
        return new FrameGeometry(mirrored ? right : left, data.width(), bias.width(), flipped ? above : below,
                data.height(), flipped ? below : above);
    }

    private static void require(Keywords k, String key, boolean good, String what, Object value, Object limit,
            String todo) {
        if (!good) {
            throw k.at(SxiException.data(what), key).value(value).limit(limit).todo(todo).build();
        }
    }

    /**
     * Columns that belong neither to the active pixels nor to BIASSEC nor to what is before both in the order of
     * reading.
     */
    int unused() {
        return width - geometry.under() - geometry.active() - geometry.over();
    }

    /** Position in the image, from 0 and row by row, of a pixel of the frame. */
    int source(int column, int row) {
        int image = geometry.under() + geometry.active();
        int fromStart = column < image ? column : column - image
                + (mirrored ? data.x2() - bias.x2() : bias.x1() - data.x1()) + geometry.under();
        int x = mirrored ? width - 1 - fromStart : fromStart;
        int y = flipped ? geometry.height() - 1 - row : row;
        return y * width + x;
    }
}
