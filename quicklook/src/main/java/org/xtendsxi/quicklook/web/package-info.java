// SPDX-License-Identifier: Apache-2.0
/** The live page on a local address: assets, data, server-sent events, metrics. */
package org.xtendsxi.quicklook.web;
