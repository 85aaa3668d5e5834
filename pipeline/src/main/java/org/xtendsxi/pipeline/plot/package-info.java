// SPDX-License-Identifier: Apache-2.0
/** Plots of products as PNG, to be looked at beside the FITS files that hold the numbers. */
package org.xtendsxi.pipeline.plot;
