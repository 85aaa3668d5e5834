// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.teldef;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.attitude.RollConvention;

/** How the next higher coordinate system follows from one (events-coords-screening sections 7.2 to 7.5). */
public sealed interface Transformation {

    /**
     * MULTISEG: coefficients chosen by properties of the event; whole pixels only.
     *
     * @param properties names of event columns or header keywords
     * @param offsetX header keyword added to x, if any
     * @param offsetY header keyword added to y, if any
     * @param rows in order; the first whose values match counts
     */
    record MultiSegment(List<String> properties, Optional<String> offsetX, Optional<String> offsetY,
            List<Row> rows) implements Transformation {
        /** Copies the lists. */
        public MultiSegment {
            properties = List.copyOf(properties);
            rows = List.copyOf(rows);
        }
    }

    /**
     * A row of coefficients: {@code tx = (int)(x + 0.5 - xE) mod (int)xD}, likewise ty, then the linear map of tx, ty.
     *
     * @param values one value for each property
     * @param map A, B and C of both coordinates
     * @param xD modulus along x
     * @param xE shift along x
     * @param yD modulus along y
     * @param yE shift along y
     */
    record Row(List<Integer> values, Affine map, double xD, double xE, double yD, double yE) {
        /** Copies the list. */
        public Row {
            values = List.copyOf(values);
        }
    }

    /**
     * RAWTODET: a linear map for each segment.
     *
     * @param column event column that says the segment; empty if there is only one
     * @param maps map by value of that column
     */
    record Segmented(Optional<String> column, Map<Integer, Affine> maps) implements Transformation {
        /** Copies the map. */
        public Segmented {
            maps = Map.copyOf(maps);
        }
    }

    /**
     * BASIC: one linear map.
     *
     * @param map the map
     */
    record Basic(Affine map) implements Transformation {
    }

    /**
     * SKYATT: projection on the sky by the attitude.
     *
     * @param alignment telescope relative to the spacecraft
     * @param pixelsPerRadian focal length in pixels
     * @param roll convention of roll angles
     */
    record SkyAttitude(Quaternion alignment, double pixelsPerRadian, RollConvention roll) implements Transformation {
    }
}
