// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

import java.util.List;
import java.util.function.Function;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.GtiList;

/** Products of several selections of the same events, gathered while these go by in table order. */
public final class Gathering {
    private final EventHeader header;
    private final GtiList good;
    private final List<Collector> all;

    /**
     * Starts with nothing.
     *
     * @param header what is known of the events
     * @param good good time, not empty
     * @param selections what to keep for each set of products, given the good time
     * @param binSize light-curve bin, s
     */
    public Gathering(EventHeader header, GtiList good, List<Function<GtiList, EventFilter>> selections,
            double binSize) {
        this.header = header;
        this.good = good;
        this.all = selections.stream().map(s -> new Collector(header, s.apply(good), good, binSize)).toList();
    }

    /** Takes the next events. */
    public void add(EventChunk chunk) {
        all.forEach(c -> c.add(chunk));
    }

    /** Products of all events taken, in the order of the selections. */
    public List<Products> products() {
        Keywords standard = header.standard(good, Software.creator(), RunClock.fitsDate());
        return all.stream().map(c -> c.products(standard)).toList();
    }
}
