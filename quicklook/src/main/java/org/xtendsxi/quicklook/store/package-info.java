// SPDX-License-Identifier: Apache-2.0
/** Trend store: an embedded analytical database with a row per cycle, segment frame and event, and the journal. */
package org.xtendsxi.quicklook.store;
