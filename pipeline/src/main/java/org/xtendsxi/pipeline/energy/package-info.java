// SPDX-License-Identifier: Apache-2.0
/** Both ends of the energy chain: tests and sub-channel randomisation at its start, gain to PI at its end. */
package org.xtendsxi.pipeline.energy;
