// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Some quantities against time, as lines. */
public final class TrendPlot {
    /** Colours that remain apart for colour-blind readers and in print (Okabe and Ito). */
    private static final int[] COLOURS = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x4d4d4d,
            0xa6761d};
    private static final float[] DASHES = {6, 4};
    private static final int ALL = 16;

    private TrendPlot() {
    }

    /**
     * Draws trends.
     *
     * @param title heading
     * @param timeLabel label of the time axis
     * @param unit label of the other axis
     * @param time times
     * @param names names of the series
     * @param values one list per series, as long as the times; null where there is no value
     */
    public static JFreeChart chart(String title, String timeLabel, String unit, List<Double> time, List<String> names,
            List<List<Double>> values) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, time.size() < 2);
        for (int s = 0; s < Math.min(ALL, names.size()); s++) {
            XYSeries series = new XYSeries(names.get(s), false);
            for (int i = 0; i < time.size(); i++) {
                if (values.get(s).get(i) != null) {
                    series.add(time.get(i), values.get(s).get(i));
                }
            }
            data.addSeries(series);
            lines.setSeriesPaint(s, new Color(COLOURS[s % COLOURS.length]));
            lines.setSeriesStroke(s, s < COLOURS.length ? Style.LINE
                    : new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0));
        }
        NumberAxis y = new NumberAxis(unit);
        y.setAutoRangeIncludesZero(false);
        y.setAutoRangeMinimumSize(1e-3);
        XYPlot plot = new XYPlot(data, new NumberAxis(timeLabel), y, lines);
        JFreeChart chart = Style.chart(title, plot);
        if (names.size() > 1) {
            LegendTitle legend = new LegendTitle(plot);
            legend.setPosition(RectangleEdge.BOTTOM);
            legend.setItemFont(Style.TEXT);
            chart.addLegend(legend);
        }
        return chart;
    }
}
