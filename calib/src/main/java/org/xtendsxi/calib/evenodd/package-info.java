// SPDX-License-Identifier: Apache-2.0
/** Gain of even and odd columns and its dependence on the temperature of the video boards. */
package org.xtendsxi.calib.evenodd;
