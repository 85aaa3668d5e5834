// SPDX-License-Identifier: Apache-2.0
/** The calibration database: its index, the rule that selects files, and the lock that freezes a selection. */
package org.xtendsxi.caldb.index;
