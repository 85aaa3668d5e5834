// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.products.LightCurve;

/** Rate against time with error bars; good time is shaded. */
public final class LightCurvePlot {
    private static final int MAX_SHADES = 200;
    private static final int MAX_POINTS = 250;

    private LightCurvePlot() {
    }

    /**
     * Draws a light curve; bins are joined until at most 250 points are left.
     *
     * @param path PNG to write
     * @param title heading
     * @param curve the light curve
     * @param gti good time; gaps shorter than a bin are not shown, and more than 200 intervals
     *        are not shaded
     * @param startDate calendar date of the start, for the axis
     */
    public static void write(Path path, String title, LightCurve curve, GtiList gti, String startDate) {
        double zero = gti.start();
        XYIntervalSeries s = new XYIntervalSeries("rate");
        double top = 0;
        List<LightCurve.Bin> bins = curve.bins();
        int join = (bins.size() + MAX_POINTS - 1) / MAX_POINTS;
        for (int i = 0; i < bins.size(); i += join) {
            List<LightCurve.Bin> group = bins.subList(i, Math.min(bins.size(), i + join));
            double good = group.stream().mapToDouble(LightCurve.Bin::exposed).sum() * curve.binSize();
            double counts = group.stream().mapToDouble(b -> b.rate() * b.exposed()).sum() * curve.binSize();
            double rate = counts / good;
            double error = Math.sqrt(counts) / good;
            double half = curve.binSize() / 2;
            double from = group.getFirst().centre() - half - zero;
            double to = group.getLast().centre() + half - zero;
            s.add((from + to) / 2, from, to, rate, rate - error, rate + error);
            top = Math.max(top, rate + error);
        }
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(s);
        NumberAxis x = new NumberAxis("Time since " + startDate + " (s)");
        x.setRange(0, Math.max(1, gti.stop() - zero));
        NumberAxis y = new NumberAxis("Counts s⁻¹");
        y.setRange(0, top == 0 ? 1 : top * 1.1);
        XYErrorRenderer r = new XYErrorRenderer();
        r.setSeriesPaint(0, Style.DATA);
        r.setDefaultShapesVisible(false);
        r.setCapLength(0);
        r.setErrorStroke(Style.LINE);
        XYPlot plot = new XYPlot(data, x, y, r);
        GtiList shades = GtiList.joined(gti.intervals(), curve.binSize());
        if (shades.intervals().size() <= MAX_SHADES) {
            shades.intervals().forEach(g -> plot.addDomainMarker(
                    new IntervalMarker(g.start() - zero, g.stop() - zero, Style.GOOD), Layer.BACKGROUND));
        }
        Style.save(Style.chart(title, plot).createBufferedImage(Style.WIDTH, Style.HEIGHT), path);
    }
}
