// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Counts per second and keV against energy, both logarithmic, as a step histogram. */
public final class SpectrumPlot {
    private static final double LOWEST = 0.3;
    private static final double EV_PER_KEV = 1000;
    private static final int MIN_COUNTS = 20;
    private static final double WIDEST = 0.08;
    private static final BasicStroke DASHES =
            new BasicStroke(0.9f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {5, 4}, 0);
    /** Heights of the labels of neighbouring lines, pixels from the upper edge. */
    private static final int[] LEVELS = {4, 27, 50};

    private SpectrumPlot() {
    }

    /**
     * A line to mark.
     *
     * @param name text at the mark
     * @param energy eV
     */
    public record Mark(String name, double energy) {
    }

    /**
     * Draws a spectrum; neighbouring channels are joined until a step has 20 counts or is 8 % of its energy wide.
     *
     * @param path PNG to write
     * @param title heading
     * @param counts counts per channel from channel 0
     * @param evPerChannel width of a channel, eV
     * @param exposure s
     * @param marks lines to mark
     */
    public static void write(Path path, String title, long[] counts, double evPerChannel, double exposure,
            List<Mark> marks) {
        Style.save(chart(title, counts, evPerChannel, exposure, marks).createBufferedImage(Style.WIDTH, Style.HEIGHT),
                path);
    }

    /** The same drawing, for other forms of output; parameters as for {@link #write}. */
    public static JFreeChart chart(String title, long[] counts, double evPerChannel, double exposure,
            List<Mark> marks) {
        XYSeries s = new XYSeries("spectrum", false);
        double top = 0;
        double bottom = Double.MAX_VALUE;
        int start = (int) (LOWEST * EV_PER_KEV / evPerChannel);
        long sum = 0;
        double last = 1;
        for (int c = start; c < counts.length; c++) {
            sum += counts[c];
            double low = start * evPerChannel;
            double high = (c + 1) * evPerChannel;
            if (sum >= MIN_COUNTS && high - low >= 0.002 * low || high - low > WIDEST * low) {
                double rate = sum / exposure / ((high - low) / EV_PER_KEV);
                if (rate > 0) {
                    s.add(low / EV_PER_KEV, rate);
                    top = Math.max(top, rate);
                    bottom = Math.min(bottom, rate);
                    last = high / EV_PER_KEV;
                }
                start = c + 1;
                sum = 0;
            }
        }
        DecadeAxis x = new DecadeAxis("Energy (keV)");
        DecadeAxis y = new DecadeAxis("Counts s⁻¹ keV⁻¹");
        x.setRange(LOWEST, Math.max(LOWEST * 2, Math.min(25, last)));
        y.setRange(top == 0 ? 0.1 : bottom / 1.5, top == 0 ? 10 : Math.max(top * 4, bottom * 4));
        XYPlot plot = new XYPlot(new XYSeriesCollection(s), x, y, new XYStepRenderer());
        plot.getRenderer().setSeriesPaint(0, Style.DATA);
        plot.getRenderer().setSeriesStroke(0, Style.LINE);
        int level = 0;
        for (Mark m : marks) {
            ValueMarker v = new ValueMarker(m.energy() / EV_PER_KEV, Style.MARK, DASHES);
            v.setLabel(m.name());
            v.setLabelFont(Style.TEXT);
            v.setLabelPaint(Style.MARK);
            v.setLabelBackgroundColor(Color.WHITE);
            v.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
            v.setLabelTextAnchor(TextAnchor.TOP_LEFT);
            v.setLabelOffset(new RectangleInsets(LEVELS[level++ % LEVELS.length], 4, 4, 4));
            plot.addDomainMarker(v);
        }
        return Style.chart(title, plot);
    }
}
