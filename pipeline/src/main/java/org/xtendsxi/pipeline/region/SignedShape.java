// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

/**
 * A shape with its sign.
 *
 * @param include false cuts a hole
 * @param shape the shape
 */
public record SignedShape(boolean include, Shape shape) {
}
