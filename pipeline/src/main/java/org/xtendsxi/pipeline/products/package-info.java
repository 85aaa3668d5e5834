// SPDX-License-Identifier: Apache-2.0
/**
 * Spectrum, image and light curve of any event file, as the extractor of FTOOLS makes them (events-coords-screening
 * section
 * 15), in one pass and bounded memory.
 */
package org.xtendsxi.pipeline.products;
