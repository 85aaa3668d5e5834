// SPDX-License-Identifier: Apache-2.0
/** Where the satellite, the Earth's surface and the Sun are at a mission time. */
package org.xtendsxi.orbit.ephemeris;
