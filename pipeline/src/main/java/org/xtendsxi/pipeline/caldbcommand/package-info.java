// SPDX-License-Identifier: Apache-2.0
/** {@code sxi caldb}: look into a calibration database, check it, index it, make the model. */
package org.xtendsxi.pipeline.caldbcommand;
