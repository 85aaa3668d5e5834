// SPDX-License-Identifier: Apache-2.0
/** The loop that takes files into the store, judges what came, and tells those who listen. */
package org.xtendsxi.quicklook.live;
