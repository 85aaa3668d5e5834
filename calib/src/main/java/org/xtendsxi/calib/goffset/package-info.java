// SPDX-License-Identifier: Apache-2.0
/** Grade offsets: the charge that each grade leaves below the split threshold. */
package org.xtendsxi.calib.goffset;
