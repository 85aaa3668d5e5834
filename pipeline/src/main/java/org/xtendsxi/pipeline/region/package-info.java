// SPDX-License-Identifier: Apache-2.0
/** Regions of the sky or the detector. */
package org.xtendsxi.pipeline.region;
