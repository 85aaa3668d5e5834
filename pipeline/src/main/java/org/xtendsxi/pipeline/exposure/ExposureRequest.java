// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.exposure;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.attitude.Attitude;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.coordinates.Aberration;
import org.xtendsxi.pipeline.coordinates.PointingKeywords;
import org.xtendsxi.pipeline.coordinates.SkyCentre;
import org.xtendsxi.pipeline.coordinates.SkyProjection;

/**
 * What an exposure map is made from.
 *
 * @param events cleaned event file: good time and nominal pointing
 * @param badPixels bad-pixel image of the detector plane
 * @param flickering list of flickering pixels, if any
 * @param attitude attitude file; without it the nominal pointing
 * @param teldef coordinate systems
 * @param vignetting file of the mirror's vignetting; without it all angles count the same
 * @param kev energy of the vignetting, keV
 * @param maskSource whether the areas of the calibration source count nothing
 * @param step longest step of time between two attitudes, s
 * @param cell side of the cells in which pointings are one, sky pixels
 */
public record ExposureRequest(Path events, Path badPixels, Optional<Path> flickering, Optional<Path> attitude,
        Path teldef, Optional<Path> vignetting, double kev, boolean maskSource, double step, double cell) {

    /** With the usual settings: no vignetting, calibration source masked, a pointing every 8 s in cells of a pixel. */
    public static ExposureRequest standard(Path events, Path badPixels, Optional<Path> flickering,
            Optional<Path> attitude, Path teldef) {
        return new ExposureRequest(events, badPixels, flickering, attitude, teldef, Optional.empty(), 1, true, 8, 1);
    }

    /**
     * Makes the map and writes it.
     *
     * @param out where it is written
     * @return the map
     */
    public ExposureMap make(Path out) {
        Keywords header;
        try (FitsReader f = FitsReader.open(events)) {
            header = f.need("EVENTS").keywords();
        }
        Made made = make(header, GtiTable.read(events));
        made.write(out);
        return made.map();
    }

    /**
     * Makes the map.
     *
     * @param header keywords of the events
     * @param gti their good time
     */
    public Made make(Keywords header, GtiList gti) {
        TelDef telescope = TelDef.load(teldef, header);
        SkyCentre centre = SkyCentre.of(header);
        Attitude pointing = attitude.<Attitude>map(a -> AttitudeTable.load(a, AttitudeTable.Layout.DEFAULT,
                AttitudeTable.Settings.DEFAULT)).orElseGet(() -> PointingKeywords.nominal(telescope, centre,
                        header.real("PA_NOM").orElse(0)));
        AttitudeHistogram pointings = AttitudeHistogram.of(pointing,
                new SkyProjection(telescope, centre, Aberration.NONE), gti, step, cell);
        DetectorWeights weights = DetectorWeights.of(badPixels, maskSource);
        if (flickering.isPresent()) {
            weights = weights.without(flickering.get(), telescope, gti);
        }
        if (vignetting.isPresent()) {
            weights = weights.times(Vignetting.load(vignetting.get(), kev), telescope);
        }
        String mirror = vignetting.map(v -> v.getFileName() + " at " + kev + " keV").orElse("off");
        return new Made(ExposureMap.of(weights, telescope, pointings), header, gti, String.format("sxi exposuremap: "
                + "%d pointings, %.1f s without attitude, vignetting %s, calibration source %s",
                pointings.bins().size(), pointings.lost(), mirror, maskSource ? "masked" : "kept"));
    }

    /**
     * A map that may be written.
     *
     * @param map the map
     * @param header keywords of the events
     * @param gti their good time
     * @param history how it was made
     */
    public record Made(ExposureMap map, Keywords header, GtiList gti, String history) {
        /** Writes the map. */
        public void write(Path out) {
            map.write(out, header, gti, history);
        }
    }
}
