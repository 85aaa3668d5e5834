// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.coordinates;

import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.CoordinateSystem;
import org.xtendsxi.caldb.teldef.SkyPlane;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;

/** Keywords of pointing and optical axis that every HDU carries (events-coords-screening sections 7.8 and 7.9). */
public final class PointingKeywords {
    private PointingKeywords() {
    }

    /**
     * Attitude that points the telescope at the nominal direction for ever: used where there is no attitude file.
     *
     * @param teldef telescope; its alignment is taken out, so that the centre of FOC falls on the nominal direction
     * @param centre nominal direction
     * @param roll PA_NOM, roll of the telescope, deg
     */
    public static Attitude nominal(TelDef teldef, SkyCentre centre, double roll) {
        Quaternion q = teldef.toSky().roll().attitude(centre.ra(), centre.dec(), roll);
        return Attitude.fixed(q.then(teldef.toSky().alignment()));
    }

    /**
     * Sets RA_NOM, DEC_NOM, PA_NOM, OPTDETX to OPTSKYY, RA_PNT and DEC_PNT. Keywords of the optical axis are left out
     * where the TelDef does not give it.
     *
     * @param k header to complete
     * @param teldef telescope
     * @param centre nominal direction, centre of the sky system
     * @param roll PA_NOM, roll of the nominal attitude, deg
     */
    public static void write(Keywords k, TelDef teldef, SkyCentre centre, double roll) {
        k.set("RA_NOM", centre.ra(), "[deg] nominal right ascension, centre of X, Y");
        k.set("DEC_NOM", centre.dec(), "[deg] nominal declination, centre of X, Y");
        k.set("PA_NOM", roll, "[deg] nominal roll");
        k.set("EQUINOX", 2000.0, "equinox of the coordinates").set("RADECSYS", "FK5", "system of the coordinates");
        teldef.axis().ifPresent(axis -> axis(k, teldef, axis, centre, roll));
    }

    private static void axis(Keywords k, TelDef teldef, TelDef.OpticalAxis axis, SkyCentre centre, double roll) {
        double x = axis.x();
        double y = axis.y();
        for (int level = axis.system(); level <= teldef.skyIndex(); level++) {
            CoordinateSystem s = teldef.systems().get(level);
            k.set("OPT" + s.name() + "X", x, "optical axis in " + s.name());
            k.set("OPT" + s.name() + "Y", y, "optical axis in " + s.name());
            if (level < teldef.skyIndex()) {
                Affine m = map(teldef, level, centre, roll);
                double u = m.x(x, y);
                y = m.y(x, y);
                x = u;
            }
        }
        SkyPlane.Direction d = new SkyProjection(teldef, centre, Aberration.NONE).plane().direction(x, y);
        k.set("RA_PNT", d.ra(), "[deg] right ascension of the optical axis");
        k.set("DEC_PNT", d.dec(), "[deg] declination of the optical axis");
    }

    private static Affine map(TelDef teldef, int level, SkyCentre centre, double roll) {
        return switch (teldef.transformations().get(level)) {
            case Transformation.Basic b -> b.map();
            case Transformation.SkyAttitude s -> new SkyProjection(teldef, centre, Aberration.NONE)
                    .at(nominal(teldef, centre, roll).at(0), 0);
            default -> throw new IllegalArgumentException("optical axis below DET");
        };
    }
}
