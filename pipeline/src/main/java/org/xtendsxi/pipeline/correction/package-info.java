// SPDX-License-Identifier: Apache-2.0
/** Corrections of pulse heights: even and odd columns with the video temperature, charge trail, CTI. */
package org.xtendsxi.pipeline.correction;
