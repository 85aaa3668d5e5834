// SPDX-License-Identifier: Apache-2.0
/**
 * The search for candidates on a device through TornadoVM.
 *
 * <p>Nothing that a device computes is trusted before {@link org.xtendsxi.gpu.tornado.SelfTest} has compared it with
 * exact pulse heights: the compiler is known to translate some plain Java wrongly (docs/gpu.md).
 */
package org.xtendsxi.gpu.tornado;
