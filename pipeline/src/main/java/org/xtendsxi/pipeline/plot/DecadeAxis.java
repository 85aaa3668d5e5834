// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with labels at 1, 2 and 5 of every decade (or at 1 only) and small ticks between. */
final class DecadeAxis extends LogAxis {
    private static final long serialVersionUID = 1L;
    private static final double MAX_DECADES_FOR_FIVES = 2.2;

    DecadeAxis(String label) {
        super(label);
    }

    @Override
    public List<?> refreshTicks(Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
        double low = getRange().getLowerBound();
        double high = getRange().getUpperBound();
        boolean fives = Math.log10(high / low) < MAX_DECADES_FOR_FIVES;
        boolean below = RectangleEdge.isTopOrBottom(edge);
        List<NumberTick> ticks = new ArrayList<>();
        for (int decade = (int) Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade++) {
            for (int m = 1; m <= 9; m++) {
                BigDecimal value = BigDecimal.valueOf(m).scaleByPowerOfTen(decade);
                double v = value.doubleValue();
                if (v >= low && v <= high) {
                    boolean major = m == 1 || fives && (m == 2 || m == 5);
                    ticks.add(new NumberTick(major ? TickType.MAJOR : TickType.MINOR, v,
                            major ? value.toPlainString() : "", below ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT,
                            TextAnchor.CENTER, 0));
                }
            }
        }
        return ticks;
    }
}
