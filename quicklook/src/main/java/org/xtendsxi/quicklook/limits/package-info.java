// SPDX-License-Identifier: Apache-2.0
/** Limits of the watch list, read from a documented file. */
package org.xtendsxi.quicklook.limits;
