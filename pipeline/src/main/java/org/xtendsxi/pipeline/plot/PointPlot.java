// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Measured points with error bars, and curves through them. */
public final class PointPlot {
    private static final Color[] COLOURS = {Style.DATA, Style.MARK, new Color(0x2e, 0x7d, 0x32),
            new Color(0x8e, 0x5a, 0x00),
        new Color(0x6a, 0x1b, 0x9a), new Color(0x00, 0x83, 0x8f), new Color(0x55, 0x5b, 0x66),
        new Color(0xad, 0x14, 0x57)};
    private static final double DOT = 4.5;

    private PointPlot() {
    }

    /**
     * What is drawn in one colour; the line {@code NAME, fit} has that of the points {@code NAME} before it.
     *
     * @param name text of the legend
     * @param x abscissae
     * @param y ordinates; NaN leaves a gap
     * @param error 1-sigma errors of points; empty draws a line
     */
    public record Series(String name, double[] x, double[] y, double[] error) {
        /** A line. */
        public static Series line(String name, double[] x, double[] y) {
            return new Series(name, x, y, new double[0]);
        }
    }

    /**
     * Labels.
     *
     * @param title heading
     * @param x abscissa with unit
     * @param y ordinate with unit
     */
    public record Labels(String title, String x, String y) {
    }

    /** Draws a PNG; a legend is shown if there is more than one series. */
    public static void write(Path path, Labels labels, List<Series> series) {
        XYIntervalSeriesCollection points = new XYIntervalSeriesCollection();
        XYSeriesCollection lines = new XYSeriesCollection();
        XYErrorRenderer dots = new XYErrorRenderer();
        XYLineAndShapeRenderer strokes = new XYLineAndShapeRenderer(true, false);
        dots.setCapLength(0);
        Map<String, Color> colours = new HashMap<>();
        for (Series s : series) {
            Color c = colours.computeIfAbsent(s.name().replaceFirst(", fit$", ""),
                    n -> COLOURS[colours.size() % COLOURS.length]);
            if (s.error().length == 0) {
                strokes.setSeriesPaint(lines.getSeriesCount(), c);
                strokes.setSeriesStroke(lines.getSeriesCount(), Style.LINE);
                lines.addSeries(line(s));
            } else {
                dots.setSeriesPaint(points.getSeriesCount(), c);
                dots.setSeriesShape(points.getSeriesCount(), new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
                points.addSeries(points(s));
            }
        }
        dots.setErrorStroke(new BasicStroke(0.9f));
        NumberAxis y = new NumberAxis(labels.y());
        y.setAutoRangeIncludesZero(false);
        NumberAxis x = new NumberAxis(labels.x());
        x.setAutoRangeIncludesZero(false);
        XYPlot plot = new XYPlot(points, x, y, dots);
        plot.setRangeZeroBaselineVisible(true);
        plot.setRangeZeroBaselinePaint(Color.LIGHT_GRAY);
        plot.setDataset(1, lines);
        plot.setRenderer(1, strokes);
        JFreeChart chart = Style.chart(labels.title(), plot);
        if (series.size() > 1) {
            LegendTitle legend = new LegendTitle(plot);
            legend.setItemFont(Style.TEXT);
            legend.setPosition(RectangleEdge.BOTTOM);
            chart.addLegend(legend);
        }
        Style.save(chart.createBufferedImage(Style.WIDTH, Style.HEIGHT), path);
    }

    private static XYIntervalSeries points(Series s) {
        XYIntervalSeries out = new XYIntervalSeries(s.name());
        for (int i = 0; i < s.x().length; i++) {
            if (!Double.isNaN(s.y()[i])) {
                out.add(s.x()[i], s.x()[i], s.x()[i], s.y()[i], s.y()[i] - s.error()[i], s.y()[i] + s.error()[i]);
            }
        }
        return out;
    }

    private static XYSeries line(Series s) {
        XYSeries out = new XYSeries(s.name(), false, true);
        for (int i = 0; i < s.x().length; i++) {
            if (Double.isNaN(s.y()[i])) {
                out.add(s.x()[i], null);
            } else {
                out.add(s.x()[i], s.y()[i]);
            }
        }
        return out;
    }
}
