// SPDX-License-Identifier: Apache-2.0
/** What shines on the camera: emitters, spectra and radial profiles give photons on CCDs. */
package org.xtendsxi.testdata.scene;
