// SPDX-License-Identifier: Apache-2.0
/** Events on their way between stages: bounded chunks of Arrow columns. */
package org.xtendsxi.caldb.event;
