// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.region.Plane;
import org.xtendsxi.pipeline.region.Region;

/**
 * The products of one selection of events, made in one pass.
 *
 * @param spectrum counts per channel
 * @param sky SKY image, if the file has X and Y
 * @param det DET image, if the file has DETX and DETY
 * @param lightCurve rate against time
 * @param gti good time used
 * @param standard keywords common to all products
 * @param piLow lowest PI used
 * @param piHigh highest PI used
 * @param backscal fraction of its plane that the region covers, 1 without region
 */
public record Products(Spectrum spectrum, Optional<PlaneImage> sky, Optional<PlaneImage> det, LightCurve lightCurve,
        GtiList gti, Keywords standard, int piLow, int piHigh, double backscal) {

    /**
     * Makes the products of an event file.
     *
     * @param events event file
     * @param gti good time, empty for that of the file
     * @param selection what to keep of it, given the good time
     * @param binSize light-curve bin, s
     */
    public static Products make(Path events, Optional<GtiList> gti,
            Function<GtiList, EventFilter> selection, double binSize) {
        try (EventList list = EventList.open(events)) {
            GtiList good = gti.orElseGet(list::goodTime);
            EventFilter filter = selection.apply(good);
            int[] pi = list.piRange(filter);
            Spectrum spectrum = Spectrum.of(list.schema().column("PI"));
            boolean hasSky = list.schema().has("X") && list.schema().has("Y");
            boolean hasDet = list.schema().has("DETX") && list.schema().has("DETY");
            Optional<PlaneImage> sky = hasSky ? Optional.of(PlaneImage.sky(list.schema())) : Optional.empty();
            Optional<PlaneImage> det = hasDet ? Optional.of(PlaneImage.det(list.schema())) : Optional.empty();
            LightCurve curve = new LightCurve(binSize, good);
            double shift = list.timeShift();
            list.forEach(chunk -> {
                boolean[] keep = filter.judge(chunk, shift);
                spectrum.add(chunk, keep);
                sky.ifPresent(i -> i.add(chunk, keep));
                det.ifPresent(i -> i.add(chunk, keep));
                curve.add(chunk, keep, shift);
            });
            Keywords standard = list.standard(good, Software.creator(), RunClock.fitsDate());
            return new Products(spectrum, sky, det, curve, good, standard, pi[0], pi[1],
                    covered(filter.region().plane() == Plane.SKY ? sky : det, filter.region()));
        }
    }

    /** The whole field has 1 even without coordinates; a region that holds no pixel has no area to scale a background. */
    private static double covered(Optional<PlaneImage> plane, Region region) {
        if (region == Region.EVERYWHERE) {
            return 1;
        }
        double share = plane.orElseThrow(() -> SxiException.data("region needs columns that the events lack")
                .column(region.plane().x()).todo("give events with coordinates").build()).covered(region);
        if (share == 0) {
            throw SxiException.data("region holds no pixel of the field").limit(region.plane().x() + ", "
                    + region.plane().y()).todo("check its coordinate system and position").build();
        }
        return share;
    }

    /**
     * Writes the spectrum file.
     *
     * @param path target
     * @param background name of the background spectrum for BACKFILE, or none
     */
    public void writeSpectrum(Path path, String background) {
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(standard);
            spectrum.write(w, standard, backscal, background);
            GtiTable.write(w, "GTI", gti, standard);
            w.commit();
        }
    }

    /** Writes the light-curve file. */
    public void writeLightCurve(Path path) {
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(standard);
            lightCurve.write(w, standard, piLow, piHigh);
            GtiTable.write(w, "GTI", gti, standard);
            w.commit();
        }
    }

    /** Writes an image file. */
    public void writeImage(PlaneImage image, Path path) {
        try (FitsWriter w = FitsWriter.create(path)) {
            image.write(w, standard.copy().set("CHANMIN", piLow, "lowest channel")
                    .set("CHANMAX", piHigh, "highest channel").set("CHANTYPE", "PI", ""));
            GtiTable.write(w, "GTI", gti, standard);
            w.commit();
        }
    }

    /** Total exposure, s. */
    public double exposure() {
        return gti.total();
    }

    /** All counts, if the spectrum has any. */
    public OptionalLong counts() {
        return spectrum.total() == 0 ? OptionalLong.empty() : OptionalLong.of(spectrum.total());
    }
}
