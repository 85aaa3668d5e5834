// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.grouping.GroupRule;
import org.xtendsxi.pipeline.products.EventFilter;
import org.xtendsxi.pipeline.products.Links;
import org.xtendsxi.pipeline.region.Region;

/**
 * What is made of an event file.
 *
 * @param base which events count, whatever their region
 * @param source region of the source
 * @param background region of the background, if one is wanted
 * @param lamp which events are those of the calibration source, if its spectrum is wanted
 * @param bands energy bands with an image of their own
 * @param bin light-curve bin, s
 * @param groups how channels are joined
 * @param shapes table of line shapes; with it a response is made for each spectrum with events
 * @param links files of the user that belong to the spectrum
 * @param exposureMap exposure map that weights the areas of regions; without it their pixels count
 * @param marks lines over the plots of images
 */
public record ProductRequest(UnaryOperator<EventFilter> base, Region source, Optional<Region> background,
        Optional<UnaryOperator<EventFilter>> lamp, List<EnergyBand> bands, double bin, GroupRule groups,
        Optional<TableSource> shapes, Links links, Optional<Path> exposureMap, Optional<DetectorMarks> marks) {

    /** All events, no extras. */
    public static ProductRequest plain(double bin) {
        return new ProductRequest(f -> f, Region.EVERYWHERE, Optional.empty(), Optional.empty(), List.of(), bin,
                GroupRule.NONE, Optional.empty(), Links.ALONE, Optional.empty(), Optional.empty());
    }

    /** The selections that it takes, those that every request has first. */
    public List<Function<GtiList, EventFilter>> selections() {
        List<Function<GtiList, EventFilter>> all = new ArrayList<>(List.of(filter(source)));
        background.ifPresent(r -> all.add(filter(r)));
        lamp.ifPresent(l -> all.add(g -> l.apply(EventFilter.all(g))));
        if (fieldApart()) {
            all.add(filter(Region.EVERYWHERE));
        }
        bands.forEach(b -> all.add(g -> filter(source).apply(g).pi(b.low(), b.high())));
        return all;
    }

    /** Whether the whole field is drawn beside a region. */
    boolean fieldApart() {
        return marks.isPresent() && source != Region.EVERYWHERE;
    }

    /** The filter of a region. */
    private Function<GtiList, EventFilter> filter(Region region) {
        return gti -> base.apply(EventFilter.all(gti)).region(region);
    }
}
