// SPDX-License-Identifier: Apache-2.0
/** Bad pixels and columns from dark frames and from where events fall. */
package org.xtendsxi.calib.badpix;
