// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import java.util.Arrays;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.pixel.CcdPixel;
import org.xtendsxi.caldb.pixel.PixelMask;

/** Images of the detector plane (section 9.9): 0 good, 1 calibration source, 2 bad, -1 outside. */
public final class BadPixelImage {
    private static final long OUTSIDE =
            StatusFlag.bits(StatusFlag.OUT_OF_CCD, StatusFlag.OUT_OF_WINDOW, StatusFlag.OUT_OF_AREA);

    private BadPixelImage() {
    }

    /**
     * The bad-pixel image, DETX fastest.
     *
     * @param map flags of all pixels
     * @param mask mask of CALDB, for the map from ACT to DET
     * @param header keywords of the events: DETNAM
     * @param bad flags that make flag 1
     */
    public static int[] states(FlagMap map, PixelMask mask, Keywords header, long bad) {
        boolean[] used = ccds(header);
        int[] image = new int[Sxi.DET_SIZE * Sxi.DET_SIZE];
        Arrays.fill(image, -1);
        for (int row = 0; row < mask.rows(); row++) {
            int pixel = mask.pixel(row);
            if (mask.detector(row) < 0 || pixel < 0 || !used[pixel / CcdPixel.PER_CCD]) {
                continue;
            }
            long m = map.raw(pixel) & ~FlagMap.NEAR_USELESS;
            image[mask.detector(row)] = (m & OUTSIDE) != 0 ? -1 : (m & bad) != 0 ? 2
                    : StatusFlag.CALIBRATION_SOURCE.in(m) ? 1 : 0;
        }
        return image;
    }

    /** The fractions of the echo search in the detector plane; NaN where nothing was tested. */
    public static Image fractions(EchoSearch echo, PixelMask mask) {
        double[] f = echo.fractions();
        double[] image = new double[Sxi.DET_SIZE * Sxi.DET_SIZE];
        Arrays.fill(image, Double.NaN);
        for (int row = 0; row < mask.rows(); row++) {
            if (mask.detector(row) >= 0 && mask.pixel(row) >= 0) {
                image[mask.detector(row)] = f[mask.pixel(row)];
            }
        }
        return Image.floats(Sxi.DET_SIZE, Sxi.DET_SIZE, image);
    }

    private static boolean[] ccds(Keywords header) {
        return switch (header.needText("DETNAM").strip()) {
            case "CCD" -> new boolean[] {true, true, true, true};
            case "CCD12" -> new boolean[] {true, true, false, false};
            case "CCD34" -> new boolean[] {false, false, true, true};
            default -> throw header.at(SxiException.data("CCDs are not known"), "DETNAM")
                    .value(header.needText("DETNAM")).limit("CCD, CCD12, CCD34").todo("correct the header").build();
        };
    }

    /** World coordinates of an image of the detector plane. */
    public static Keywords coordinates(Keywords k) {
        double centre = (Sxi.DET_SIZE + 1) / 2.0;
        for (int axis = 1; axis <= 2; axis++) {
            k.set("CTYPE" + axis, axis == 1 ? "DETX" : "DETY", "detector plane").set("CUNIT" + axis, "mm", "")
                    .set("CRPIX" + axis, centre, "").set("CRVAL" + axis, 0.0, "")
                    .set("CDELT" + axis, Sxi.PIXEL_MM, "");
        }
        return k;
    }
}
