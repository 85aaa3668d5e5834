// SPDX-License-Identifier: Apache-2.0
/** The camera as it is built and read out: segments, nodes, pixel numbering, timing, STATUS flags, grades. */
package org.xtendsxi.caldb.instrument;
