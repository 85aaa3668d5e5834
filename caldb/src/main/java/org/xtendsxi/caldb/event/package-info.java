// SPDX-License-Identifier: Apache-2.0
/** Events on their way between stages: bounded chunks of columns, as Arrow on request. */
package org.xtendsxi.caldb.event;
