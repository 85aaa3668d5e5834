// SPDX-License-Identifier: Apache-2.0
/** Assembly of the working pulse heights PHAS (3x3) and PHASALL (5x5) from the raw ones. */
package org.xtendsxi.pipeline.assembly;
