// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

import java.util.List;

/**
 * The shapes of a region file together, as the region filter of CFITSIO joins them: a point belongs to the region when an
 * included shape holds it and no excluded shape <em>further down</em> does. Excluded shapes at the head of the file cut
 * their holes into the whole plane, which then counts as the first included shape.
 *
 * @param plane where the shapes lie
 * @param shapes shapes in the order of the file
 */
record ShapeList(Plane plane, List<SignedShape> shapes) implements Region {
    ShapeList {
        shapes = List.copyOf(shapes);
    }

    @Override
    public boolean contains(double x, double y) {
        boolean cut = false;
        for (int i = shapes.size() - 1; i >= 0; i--) {
            SignedShape s = shapes.get(i);
            if (s.include() && !cut && s.shape().contains(x, y)) {
                return true;
            }
            cut |= !s.include() && s.shape().contains(x, y);
        }
        return !shapes.getFirst().include() && !headCuts(x, y);
    }

    private boolean headCuts(double x, double y) {
        for (SignedShape s : shapes) {
            if (s.include()) {
                return false;
            }
            if (s.shape().contains(x, y)) {
                return true;
            }
        }
        return false;
    }
}
