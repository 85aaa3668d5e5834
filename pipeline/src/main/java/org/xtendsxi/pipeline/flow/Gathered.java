// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import org.xtendsxi.pipeline.products.Gathering;
import org.xtendsxi.pipeline.report.ProductRequest;
import org.xtendsxi.pipeline.report.ProductSet;

/**
 * Products of cleaned events that were gathered while these were screened.
 *
 * @param request what was asked for
 * @param events what was gathered for it
 */
record Gathered(ProductRequest request, Gathering events) {
    ProductSet products() {
        return ProductSet.of(request, events.products());
    }
}
