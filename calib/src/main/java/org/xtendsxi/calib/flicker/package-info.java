// SPDX-License-Identifier: Apache-2.0
/** Statistics of flickering pixels over many observations. */
package org.xtendsxi.calib.flicker;
