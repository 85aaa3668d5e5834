// SPDX-License-Identifier: Apache-2.0
/** What the page shows, as records that the live page, the static page and other programs share. */
package org.xtendsxi.quicklook.view;
