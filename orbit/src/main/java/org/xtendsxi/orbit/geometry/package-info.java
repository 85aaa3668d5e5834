// SPDX-License-Identifier: Apache-2.0
/** The Earth as the satellite sees it, and its magnetic field as particles do: pure geometry. */
package org.xtendsxi.orbit.geometry;
