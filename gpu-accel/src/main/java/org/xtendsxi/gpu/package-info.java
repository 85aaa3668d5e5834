// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel named tornado, as every build has it: it says why it cannot be had, or hands over to the device code,
 * which is compiled only where the TornadoVM SDK is (profile {@code tornado}; docs/gpu.md).
 */
package org.xtendsxi.gpu;
