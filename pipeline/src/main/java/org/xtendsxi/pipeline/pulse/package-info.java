// SPDX-License-Identifier: Apache-2.0
/** What the stages of the energy chain share: the batch of events, its intermediate columns, the readout's keywords. */
package org.xtendsxi.pipeline.pulse;
