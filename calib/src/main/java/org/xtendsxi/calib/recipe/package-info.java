// SPDX-License-Identifier: Apache-2.0
/** Recipes: one file says how a whole calibration database is made of observations. */
package org.xtendsxi.calib.recipe;
