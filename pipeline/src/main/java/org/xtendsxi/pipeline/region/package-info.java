// SPDX-License-Identifier: Apache-2.0
/** Regions of the sky or the detector, and the region files of ds9 that describe them. */
package org.xtendsxi.pipeline.region;
