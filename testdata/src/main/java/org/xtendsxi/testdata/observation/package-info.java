// SPDX-License-Identifier: Apache-2.0
/** Observation directories with simulated data. */
package org.xtendsxi.testdata.observation;
