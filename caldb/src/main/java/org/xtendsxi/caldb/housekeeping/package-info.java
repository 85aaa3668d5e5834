// SPDX-License-Identifier: Apache-2.0
/** Housekeeping of the instrument that calibration depends on. */
package org.xtendsxi.caldb.housekeeping;
