// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.pixel;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * The mask of CALDB: boundaries, calibration source, and the map from ACT to DET (events-coords-screening
 * section 9.4).
 */
public final class PixelMask {
    /** VALUE outside the field of view. */
    public static final int OUTSIDE = -1;
    private static final int CHUNK = 1 << 16;

    private final int[] pixel;
    private final int[] detector;
    private final byte[] value;

    private PixelMask(int rows) {
        pixel = new int[rows];
        detector = new int[rows];
        value = new byte[rows];
    }

    /** Reads extension MASK. */
    public static PixelMask load(Path file) {
        return SxiException.asCalibration(() -> read(file));
    }

    private static PixelMask read(Path file) {
        try (FitsReader f = FitsReader.open(file)) {
            Hdu h = f.find("MASK").orElseThrow(() -> SxiException.calibration("extension is missing").in(file)
                    .hdu("MASK").todo("give a mask file").build());
            PixelMask m = new PixelMask(Math.toIntExact(h.rows()));
            try (TableReader r = f.table(h, CHUNK)) {
                for (Optional<EventChunk> c = r.next(); c.isPresent(); c = r.next()) {
                    try (EventChunk t = c.get()) {
                        m.fill(t, file);
                    }
                }
            }
            return m;
        }
    }

    /**
     * A mask from arrays, one element per row.
     *
     * @param pixel index in the camera, see {@link CcdPixel}
     * @param detector index in the detector plane: (DETY - 1) * 1810 + DETX - 1, or -1
     * @param value VALUE
     */
    public static PixelMask of(int[] pixel, int[] detector, byte[] value) {
        PixelMask m = new PixelMask(pixel.length);
        System.arraycopy(pixel, 0, m.pixel, 0, pixel.length);
        System.arraycopy(detector, 0, m.detector, 0, pixel.length);
        System.arraycopy(value, 0, m.value, 0, pixel.length);
        return m;
    }

    private void fill(EventChunk t, Path file) {
        int[] ccd = t.ints("CCD_ID");
        int[] x = t.ints("ACTX");
        int[] y = t.ints("ACTY");
        int[] dx = t.ints("DETX");
        int[] dy = t.ints("DETY");
        int[] v = t.ints("VALUE");
        int at = Math.toIntExact(t.firstRow());
        for (int i = 0; i < ccd.length; i++) {
            boolean off = x[i] < 1 || y[i] < 1;
            if (ccd[i] < 0 || ccd[i] >= Sxi.CCDS || x[i] > Sxi.ACT_SIZE || y[i] > Sxi.ACT_SIZE || dx[i] > Sxi.DET_SIZE
                    || dy[i] > Sxi.DET_SIZE || v[i] < OUTSIDE || v[i] > 5) {
                throw SxiException.calibration("mask has an impossible row").in(file).hdu("MASK").row(at + i + 1L)
                        .value(Arrays.toString(new int[] {ccd[i], x[i], y[i], dx[i], dy[i], v[i]}))
                        .limit("CCD_ID 0..3, ACT up to 640, DET up to 1810, VALUE -1..5")
                        .todo("give another mask file").build();
            }
            pixel[at + i] = off ? -1 : CcdPixel.index(ccd[i], x[i] - 1, y[i] - 1);
            detector[at + i] = dx[i] < 1 || dy[i] < 1 ? -1 : (dy[i] - 1) * Sxi.DET_SIZE + dx[i] - 1;
            value[at + i] = (byte) v[i];
        }
    }

    /** Number of rows. */
    public int rows() {
        return pixel.length;
    }

    /** Pixel of a row in the camera, see {@link CcdPixel}; -1 off the CCDs. */
    public int pixel(int row) {
        return pixel[row];
    }

    /** Pixel of a row in the detector plane, (DETY - 1) * 1810 + DETX - 1; -1 if it has none. */
    public int detector(int row) {
        return detector[row];
    }

    /**
     * VALUE of a row: -1 outside, 0 good, 1 source, 2 CCD boundary, 3 segment boundary, 4 source and boundary,
     * 5 gap.
     */
    public int value(int row) {
        return value[row];
    }
}
