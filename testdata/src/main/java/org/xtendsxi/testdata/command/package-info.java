// SPDX-License-Identifier: Apache-2.0
/** The command {@code simulate}. */
package org.xtendsxi.testdata.command;
