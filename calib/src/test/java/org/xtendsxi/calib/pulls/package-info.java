// SPDX-License-Identifier: Apache-2.0
/**
 * Every calibration task against truths known by construction: event lists with charge shared among pixels and one
 * known fault of the camera each, (found - true) / uncertainty over hundreds of them. {@code *PullStudy} classes are
 * not part of the ordinary tests, see docs/calibration-validation.md.
 */
package org.xtendsxi.calib.pulls;
