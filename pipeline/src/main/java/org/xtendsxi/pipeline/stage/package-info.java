// SPDX-License-Identifier: Apache-2.0
/**
 * What a stage is: a declared contract (columns, units, calibration, STATUS bits, parameters) and a step over chunks;
 * and how chunks go through steps on several threads in order.
 */
package org.xtendsxi.pipeline.stage;
