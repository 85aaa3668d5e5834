// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.config;

/**
 * What shines, with rates as detected in all of the time (live or not).
 *
 * @param kind the scene
 * @param calibrationRate 55Fe photons per CCD, 1/s
 * @param pointRate photons of the point source, 1/s
 * @param clusterRate photons of the cluster, 1/s
 * @param groundRate photons of the ground calibration in the whole camera, 1/s; 400 is one in 1,000 pixels and cycle
 * @param backgroundRate background photons of the whole camera, 1/s
 * @param photonIndex photon index of the point source
 * @param temperature temperature of the cluster, keV
 * @param halfPowerDiameter of the mirror, arcmin (frames-and-science section 4.1, P6)
 * @param coreRadius of the cluster, arcmin (beta model)
 * @param beta slope of the beta model
 */
public record SceneModel(SceneKind kind, double calibrationRate, double pointRate, double clusterRate,
        double groundRate, double backgroundRate, double photonIndex, double temperature, double halfPowerDiameter,
        double coreRadius, double beta) {

    /** Default rates and shapes of a scene. */
    public static SceneModel of(SceneKind kind) {
        return new SceneModel(kind, 7, 1, 4, 400, 0.4, 1.8, 5, 1.47, 2, 0.6);
    }

    /** The same scene with other rates. */
    public SceneModel withRates(double calibration, double point, double background) {
        return new SceneModel(kind, calibration, point, clusterRate, groundRate, background, photonIndex,
                temperature, halfPowerDiameter, coreRadius, beta);
    }

    /** The same scene with another rate of the ground calibration. */
    public SceneModel withGroundRate(double ground) {
        return new SceneModel(kind, calibrationRate, pointRate, clusterRate, ground, backgroundRate, photonIndex,
                temperature, halfPowerDiameter, coreRadius, beta);
    }
}
