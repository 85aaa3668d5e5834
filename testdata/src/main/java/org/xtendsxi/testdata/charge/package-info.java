// SPDX-License-Identifier: Apache-2.0
/** From photons to electrons in pixels: pair creation and charge clouds. */
package org.xtendsxi.testdata.charge;
