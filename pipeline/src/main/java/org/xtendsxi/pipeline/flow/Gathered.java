// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.util.Optional;
import java.util.function.Supplier;
import org.xtendsxi.pipeline.exposure.ExposureRequest;
import org.xtendsxi.pipeline.products.Gathering;
import org.xtendsxi.pipeline.report.ProductRequest;
import org.xtendsxi.pipeline.report.ProductSet;

/** Products of cleaned events gathered while these were screened, and the exposure map that goes with them. */
final class Gathered {
    private final ProductRequest request;
    private final Gathering events;
    private final Supplier<Optional<ExposureRequest.Made>> maker;
    private Optional<ExposureRequest.Made> exposure = Optional.empty();

    /**
     * Starts with nothing.
     *
     * @param request what was asked for
     * @param events gathers it
     * @param maker makes the exposure map, if it is wanted
     */
    Gathered(ProductRequest request, Gathering events, Supplier<Optional<ExposureRequest.Made>> maker) {
        this.request = request;
        this.events = events;
        this.maker = maker;
    }

    /** Takes the cleaned events. */
    Gathering events() {
        return events;
    }

    /** Makes what needs no file of cleaned events, so that it can be done while that is synced. */
    void prepare() {
        exposure = maker.get();
    }

    /** The exposure map, if it was prepared. */
    Optional<ExposureRequest.Made> exposure() {
        return exposure;
    }

    ProductSet products() {
        return ProductSet.of(request, events.products());
    }
}
