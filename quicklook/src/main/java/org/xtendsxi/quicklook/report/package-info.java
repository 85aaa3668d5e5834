// SPDX-License-Identifier: Apache-2.0
/** The static page with plots for a shift report. */
package org.xtendsxi.quicklook.report;
