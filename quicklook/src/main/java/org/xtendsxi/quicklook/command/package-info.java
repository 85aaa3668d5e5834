// SPDX-License-Identifier: Apache-2.0
/** The command {@code sxi quicklook}. */
package org.xtendsxi.quicklook.command;
