// SPDX-License-Identifier: Apache-2.0
/** Coordinates of events: RAW to ACT, DET, FOC and SKY by the TelDef file and the attitude. */
package org.xtendsxi.pipeline.coordinates;
