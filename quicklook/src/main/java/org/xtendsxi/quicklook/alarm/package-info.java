// SPDX-License-Identifier: Apache-2.0
/** The watch list: quantities read from the trend store, their states, and the log of alarms. */
package org.xtendsxi.quicklook.alarm;
