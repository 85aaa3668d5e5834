// SPDX-License-Identifier: Apache-2.0
/** The EHK file: its columns, row by row, and the passages that its times count from. */
package org.xtendsxi.orbit.housekeeping;
