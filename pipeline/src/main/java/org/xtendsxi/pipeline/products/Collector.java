// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.util.Optional;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.region.Plane;

/** Gathers the products of one selection while the events go by. */
final class Collector {
    private final EventFilter filter;
    private final int[] pi;
    private final Spectrum spectrum;
    private final Optional<PlaneImage> sky;
    private final Optional<PlaneImage> det;
    private final Optional<PlaneFit> fit;
    private final LightCurve curve;
    private final GtiList good;
    private final double shift;

    Collector(EventHeader list, EventFilter filter, GtiList good, double binSize) {
        this.filter = filter;
        this.good = good;
        this.pi = list.piRange(filter);
        this.spectrum = Spectrum.of(list.schema().column("PI"));
        boolean hasSky = list.schema().has("X") && list.schema().has("Y");
        boolean hasDet = list.schema().has("DETX") && list.schema().has("DETY");
        this.sky = hasSky ? Optional.of(PlaneImage.sky(list.schema())) : Optional.empty();
        this.det = hasDet ? Optional.of(PlaneImage.det(list.schema())) : Optional.empty();
        this.fit = hasSky && hasDet ? Optional.of(new PlaneFit()) : Optional.empty();
        this.curve = new LightCurve(binSize, good);
        this.shift = list.timeShift();
    }

    void add(EventChunk chunk) {
        boolean[] keep = filter.judge(chunk, shift);
        spectrum.add(chunk, keep);
        sky.ifPresent(i -> i.add(chunk, keep));
        det.ifPresent(i -> i.add(chunk, keep));
        fit.ifPresent(f -> f.add(chunk, keep));
        curve.add(chunk, keep, shift);
    }

    Products products(Keywords standard) {
        Optional<Affine> map = fit.flatMap(PlaneFit::map);
        return new Products(spectrum, sky, det, curve, good, standard, pi[0], pi[1], filter.region(),
                Products.covered(filter.region().plane() == Plane.SKY ? sky : det, filter.region()), map);
    }
}
