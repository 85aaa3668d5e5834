// SPDX-License-Identifier: Apache-2.0
/**
 * Charge trail: what a pixel leaves to the pixels read out after it, from the asymmetry of events along the transfer.
 */
package org.xtendsxi.calib.trail;
