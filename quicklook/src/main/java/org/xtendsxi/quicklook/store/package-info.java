// SPDX-License-Identifier: Apache-2.0
/** Trend store: an embedded analytical database with one row per cycle, per segment frame and per event, and the journal. */
package org.xtendsxi.quicklook.store;
