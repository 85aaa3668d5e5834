// SPDX-License-Identifier: Apache-2.0
/** Tables about single pixels: the mask of CALDB and lists of bad, hot and flickering pixels. */
package org.xtendsxi.caldb.pixel;
