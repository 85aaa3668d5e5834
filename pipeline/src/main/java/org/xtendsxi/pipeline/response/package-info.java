// SPDX-License-Identifier: Apache-2.0
/** The redistribution matrix of a spectrum (task xtdrmf, energy-chain section 12). */
package org.xtendsxi.pipeline.response;
