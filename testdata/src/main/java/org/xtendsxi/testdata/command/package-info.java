// SPDX-License-Identifier: Apache-2.0
/** The command {@code sxi simulate}. */
package org.xtendsxi.testdata.command;
