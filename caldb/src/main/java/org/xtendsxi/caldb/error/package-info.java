// SPDX-License-Identifier: Apache-2.0
/** The one exception that users see, and the exit codes. */
package org.xtendsxi.caldb.error;
