// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.grouping.Grouping;
import org.xtendsxi.pipeline.region.Region;
import org.xtendsxi.pipeline.region.RegionTable;

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
 * @param region where the events lie
 * @param backscal fraction of its plane that the region covers, 1 without region
 * @param toSky mean map from DET to SKY, if the file has both and its events are spread
 */
public record Products(Spectrum spectrum, Optional<PlaneImage> sky, Optional<PlaneImage> det, LightCurve lightCurve,
        GtiList gti, Keywords standard, int piLow, int piHigh, Region region, double backscal, Optional<Affine> toSky) {

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
        return make(events, gti, List.of(selection), binSize).getFirst();
    }

    /**
     * Makes the products of several selections in one reading.
     *
     * @param events event file
     * @param gti good time, empty for that of the file
     * @param selections what to keep for each set of products, given the good time
     * @param binSize light-curve bin, s
     */
    public static List<Products> make(Path events, Optional<GtiList> gti,
            List<Function<GtiList, EventFilter>> selections, double binSize) {
        try (EventList list = EventList.open(events)) {
            EventHeader header = list.header();
            Gathering all = new Gathering(header, gti.orElseGet(list::goodTime), selections, binSize);
            list.forEach(all::add);
            return all.products();
        }
    }

    /**
     * The whole field has 1 even without coordinates; a region that holds no pixel has no area to scale a background.
     */
    static double covered(Optional<PlaneImage> plane, Region region) {
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
     * Writes the spectrum file: weighting map, spectrum, good time, region.
     *
     * @param path target
     * @param links files that belong to the spectrum
     * @param groups bins of its channels, if any
     */
    public void writeSpectrum(Path path, Links links, Optional<Grouping> groups) {
        try (FitsWriter w = FitsWriter.create(path)) {
            if (sky.isPresent() && det.isPresent()) {
                new WeightMap(det.get(), region, toSky).write(w, standard, sky.get(), backscal);
            } else {
                w.primary(standard);
            }
            spectrum.write(w, standard, backscal, links, groups);
            finish(w);
        }
    }

    private void finish(FitsWriter w) {
        GtiTable.write(w, "GTI", gti, standard);
        RegionTable.write(w, region, standard);
        w.commit();
    }

    /** Writes the light-curve file. */
    public void writeLightCurve(Path path) {
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(standard);
            lightCurve.write(w, standard, piLow, piHigh);
            finish(w);
        }
    }

    /** Writes an image file. */
    public void writeImage(PlaneImage image, Path path) {
        try (FitsWriter w = FitsWriter.create(path)) {
            image.write(w, standard.copy().set("CHANMIN", piLow, "lowest channel")
                    .set("CHANMAX", piHigh, "highest channel").set("CHANTYPE", "PI", ""));
            finish(w);
        }
    }

    /** The same products with another area of the region. */
    public Products withBackscal(double area) {
        return new Products(spectrum, sky, det, lightCurve, gti, standard, piLow, piHigh, region, area, toSky);
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
