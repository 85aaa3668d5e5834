// SPDX-License-Identifier: Apache-2.0
/**
 * What all calibration tasks share: event lists of any number of observations as one stream of corrected pulse heights,
 * selections, line peaks, findings with their uncertainties, the revised CALDB file and the report page.
 */
package org.xtendsxi.calib.common;
