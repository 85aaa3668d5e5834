// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

import java.util.List;

/** A part of the plane of two event columns, in pixels; an integer coordinate n is the centre of its pixel. */
@FunctionalInterface
public interface Region {
    /** The whole plane. */
    Region EVERYWHERE = (x, y) -> true;

    /** Whether a point belongs to the region. */
    boolean contains(double x, double y);

    /** The plane in which the region lies; SKY unless said otherwise. */
    default Plane plane() {
        return Plane.SKY;
    }

    /** The shapes in the order in which they were given; none for the whole plane. */
    default List<SignedShape> shapes() {
        return List.of();
    }
}
