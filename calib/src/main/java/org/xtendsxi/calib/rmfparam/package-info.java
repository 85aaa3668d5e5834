// SPDX-License-Identifier: Apache-2.0
/** Line shape: the parameters of the response. */
package org.xtendsxi.calib.rmfparam;
