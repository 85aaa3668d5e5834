// SPDX-License-Identifier: Apache-2.0
/** Table columns as data: name, FITS type, unit, null and range, and the dictionary of the event file's columns. */
package org.xtendsxi.caldb.column;
