// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.geometry;

import java.nio.file.Path;
import java.util.Arrays;
import org.hipparchus.analysis.interpolation.SplineInterpolator;
import org.hipparchus.analysis.polynomials.PolynomialSplineFunction;
import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * Cut-off rigidity by place, as the calibration database of the mission has it ({@code rigidity_*.fits}): an image in
 * longitude, which goes once around, and latitude, for one distance from the centre of the Earth (keyword ALTITUDE,
 * km). Natural cubic splines run between the points, and the square of the distance scales the value.
 */
public final class RigidityMap {
    private static final double METRES = 1000;
    private static final double TURN = 360;

    private final double[] longitude;
    private final double[] latitude;
    private final PolynomialSplineFunction[] meridians;
    private final double distance;

    private RigidityMap(double[] longitude, double[] latitude, PolynomialSplineFunction[] meridians, double distance) {
        this.longitude = longitude;
        this.latitude = latitude;
        this.meridians = meridians;
        this.distance = distance;
    }

    /**
     * Reads a map.
     *
     * @throws SxiException (data) if the file is no such map
     */
    public static RigidityMap load(Path file) {
        try (FitsReader f = FitsReader.open(file)) {
            Keywords k = f.primary().keywords();
            Image image = Image.read(f, f.primary());
            int columns = image.axes().getFirst();
            int rows = image.axes().size() == 2 ? image.axes().getLast() : 0;
            double step = k.needReal("CDELT1");
            if (rows < 3 || columns < 3 || (columns - 1) * step != TURN || !(k.needReal("CDELT2") > 0)) {
                throw SxiException.data("no map of cut-off rigidity").in(file)
                        .value(columns + " x " + rows + " points, CDELT1 " + step)
                        .limit("3 or more latitudes, longitudes once around with the first repeated")
                        .todo("give a file like rigidity_20160101.fits of the calibration database").build();
            }
            double[] latitude = axis(k, "2", rows);
            PolynomialSplineFunction[] meridians = new PolynomialSplineFunction[columns];
            for (int c = 0; c < columns; c++) {
                double[] along = new double[rows];
                for (int r = 0; r < rows; r++) {
                    along[r] = image.values()[r * columns + c];
                }
                meridians[c] = new SplineInterpolator().interpolate(latitude, along);
            }
            return new RigidityMap(axis(k, "1", columns), latitude, meridians, k.needReal("ALTITUDE") * METRES);
        }
    }

    private static double[] axis(Keywords k, String number, int points) {
        double[] out = new double[points];
        Arrays.setAll(out, i -> k.needReal("CRVAL" + number)
                + k.needReal("CDELT" + number) * (i + 1 - k.needReal("CRPIX" + number)));
        return out;
    }

    /**
     * Cut-off rigidity, GV. Beyond the latitudes of the map that of its edge is taken.
     *
     * @param position in the system that turns with the Earth, m
     */
    public double cutOff(Vector3D position) {
        double lat = Math.clamp(Math.toDegrees(position.getDelta()), latitude[0], latitude[latitude.length - 1]);
        double from = longitude[0];
        double lon = from + ((Math.toDegrees(position.getAlpha()) - from) % TURN + TURN) % TURN;
        double[] around = Arrays.stream(meridians).mapToDouble(m -> m.value(lat)).toArray();
        return new SplineInterpolator().interpolate(longitude, around).value(lon) * distance * distance
                / position.getNormSq();
    }
}
