// SPDX-License-Identifier: Apache-2.0
/** Raw CCD frames: geometry, header and pixels of one segment in one cycle. */
package org.xtendsxi.caldb.frame;
