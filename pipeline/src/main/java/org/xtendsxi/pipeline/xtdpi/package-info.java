// SPDX-License-Identifier: Apache-2.0
/** The whole energy chain in one reading of the events, and the tasks xtdphas and xtdpi. */
package org.xtendsxi.pipeline.xtdpi;
