// SPDX-License-Identifier: Apache-2.0
/** The coordinate systems of the telescope and how they follow from each other, as the TelDef file says. */
package org.xtendsxi.caldb.teldef;
