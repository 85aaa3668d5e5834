// SPDX-License-Identifier: Apache-2.0
/** How commands of any module plug into the one program {@code sxi}, and how they speak to the user. */
package org.xtendsxi.caldb.command;
