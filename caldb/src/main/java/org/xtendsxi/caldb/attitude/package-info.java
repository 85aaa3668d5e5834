// SPDX-License-Identifier: Apache-2.0
/** Where the telescope points: quaternions, attitude tables with interpolation, and a fixed pointing. */
package org.xtendsxi.caldb.attitude;
