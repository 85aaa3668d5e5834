// SPDX-License-Identifier: Apache-2.0
/** Calibration files into a database and out again. */
package org.xtendsxi.calib.publish;
