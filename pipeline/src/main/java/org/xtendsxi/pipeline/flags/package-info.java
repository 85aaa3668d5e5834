// SPDX-License-Identifier: Apache-2.0
/** STATUS flags of events from the state of their pixel: mask, window, charge injection, pixel lists, echo. */
package org.xtendsxi.pipeline.flags;
