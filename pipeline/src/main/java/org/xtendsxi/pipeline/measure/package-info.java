// SPDX-License-Identifier: Apache-2.0
/** Numbers that an astronomer reads off a spectrum or an event list: line centroid and width, branching ratios. */
package org.xtendsxi.pipeline.measure;
