// SPDX-License-Identifier: Apache-2.0
/** Checks of an event list that need nothing but the list. */
package org.xtendsxi.pipeline.check;
