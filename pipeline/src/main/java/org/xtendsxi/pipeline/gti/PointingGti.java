// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.gti;

import java.nio.file.Path;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.time.GtiList;

/** Good time from the attitude: where the telescope looked at the target. */
public final class PointingGti {
    private static final int CHUNK_ROWS = 8192;
    private static final double ARCMIN = 60;
    private static final int QUATERNION = 4;

    private PointingGti() {
    }

    /**
     * Makes the intervals in which the attitude is known and not far from the nominal one; a row holds until the next.
     *
     * @param path attitude file, extension ATTITUDE with TIME and QPARAM
     * @param alignment of the telescope on the spacecraft, from the TelDef
     * @param rightAscension nominal, deg
     * @param declination nominal, deg
     * @param limit greatest distance of the telescope axis, arcmin
     */
    public static GtiList make(Path path, Quaternion alignment, double rightAscension, double declination,
            double limit) {
        double a = Math.toRadians(rightAscension);
        double d = Math.toRadians(declination);
        double[] nominal = {Math.cos(d) * Math.cos(a), Math.cos(d) * Math.sin(a), Math.sin(d)};
        double least = Math.cos(Math.toRadians(limit / ARCMIN));
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.need(AttitudeTable.Layout.DEFAULT.extension());
            try (EventSource rows = f.table(h, CHUNK_ROWS)) {
                return GtiMaker.make(rows, chunk -> near(chunk, alignment.inverse(), nominal, least), 0, 1);
            }
        }
    }

    private static boolean[] near(EventChunk chunk, Quaternion fromAlignment, double[] nominal, double least) {
        double[] q = chunk.doubles(AttitudeTable.Layout.DEFAULT.column());
        boolean[] good = new boolean[chunk.rows()];
        for (int i = 0; i < good.length; i++) {
            int at = QUATERNION * i;
            // the third row of the direction cosines is the telescope axis; an unknown attitude gives NaN, which is far
            double[] axis = Quaternion.normal(q[at], q[at + 1], q[at + 2], q[at + 3]).then(fromAlignment).matrix()[2];
            good[i] = axis[0] * nominal[0] + axis[1] * nominal[1] + axis[2] * nominal[2] >= least;
        }
        return good;
    }
}
