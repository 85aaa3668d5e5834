// SPDX-License-Identifier: Apache-2.0
/** The command {@code sxi ehk}. */
package org.xtendsxi.orbit.command;
