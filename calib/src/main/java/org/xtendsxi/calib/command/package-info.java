// SPDX-License-Identifier: Apache-2.0
/** The command {@code sxi calib} and its tasks. */
package org.xtendsxi.calib.command;
