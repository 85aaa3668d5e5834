// SPDX-License-Identifier: Apache-2.0
/**
 * Calibration tables of the energy chain as immutable arrays: read, validated, one time block each (energy-chain
 * section 11).
 */
package org.xtendsxi.caldb.table;
