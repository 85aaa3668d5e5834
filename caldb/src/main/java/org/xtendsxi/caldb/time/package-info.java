// SPDX-License-Identifier: Apache-2.0
/** Mission time and the algebra of good time intervals. */
package org.xtendsxi.caldb.time;
