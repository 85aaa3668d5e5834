// SPDX-License-Identifier: Apache-2.0
/** Files that are whole or not there. */
package org.xtendsxi.caldb.file;
