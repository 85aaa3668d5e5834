// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.instrument;

/**
 * Fixed numbers of the Soft X-ray Imager (frames-and-science section 1.1, events-coords-screening section 1).
 *
 * <p>RAW pixels count from 0, ACT, DET, FOC and SKY from 1; an integer coordinate n is the centre of its pixel.
 */
public final class Sxi {
    /** CCDs of the camera; CCD_ID runs over 0..3 (CCD1..CCD4). */
    public static final int CCDS = 4;
    /** Segments of a CCD; SEGMENT 0 is AB, 1 is CD. */
    public static final int SEGMENTS = 2;
    /** Columns of a segment; RAWX runs over 0..319, counted from the node in use. */
    public static final int RAW_COLUMNS = 320;
    /** Rows of a CCD; RAWY runs over 0..639. */
    public static final int RAW_ROWS = 640;
    /** Pixels of a CCD along ACTX and ACTY, 1..640. */
    public static final int ACT_SIZE = 640;
    /** Pixels of the detector plane along DETX and DETY, 1..1810. */
    public static final int DET_SIZE = 1810;
    /** Pixels of the focal plane and of the sky along each axis, 1..2430. */
    public static final int SKY_SIZE = 2430;
    /** Centre of the FOC and SKY systems, pixels. */
    public static final double SKY_CENTRE = 1215.5;
    /** Logical pixel, mm. */
    public static final double PIXEL_MM = 0.048;
    /** Focal length, mm. */
    public static final double FOCAL_LENGTH_MM = 5600.0;
    /** Sky pixel, degrees. */
    public static final double SKY_PIXEL_DEG = Math.toDegrees(PIXEL_MM / FOCAL_LENGTH_MM);
    /** Width of a PI channel, eV; the energy of a channel is {@link #energy(int)}. */
    public static final double EV_PER_CHANNEL = 6.0;
    /** Number of PHA and PI channels, 0..4095. */
    public static final int CHANNELS = 4096;
    /** TNULL of PHA and PI. */
    public static final int NULL_CHANNEL = 4096;
    /** TNULL of pulse heights. */
    public static final short NULL_PULSE_HEIGHT = -32768;
    /** Segments of the whole camera, in the order 2*CCD_ID + SEGMENT of the header tuples. */
    public static final int ALL_SEGMENTS = CCDS * SEGMENTS;

    private Sxi() {
    }

    /**
     * Energy at the middle of a PI channel.
     *
     * @param pi channel, 0..4095
     * @return energy, eV
     */
    public static double energy(int pi) {
        return EV_PER_CHANNEL * (pi + 0.5);
    }

    /** Index of a segment in 8-tuples of the header: 2*CCD_ID + SEGMENT. */
    public static int segmentIndex(int ccdId, int segment) {
        return SEGMENTS * ccdId + segment;
    }
}
