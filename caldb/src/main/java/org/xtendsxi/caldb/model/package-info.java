// SPDX-License-Identifier: Apache-2.0
/**
 * The model calibration database: files in the flight layout with model values, made by a program so that they can be
 * made again. Nothing here is a flight value.
 */
package org.xtendsxi.caldb.model;
