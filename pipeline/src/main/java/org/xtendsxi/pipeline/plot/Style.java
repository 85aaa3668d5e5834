// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.xtendsxi.caldb.error.SxiException;

/** The look that all plots share: white ground, ticks inwards, no grid. */
final class Style {
    static final Color INK = new Color(0x20, 0x24, 0x2c);
    static final Color DATA = new Color(0x1f, 0x4e, 0x9c);
    static final Color MARK = new Color(0xb0, 0x3a, 0x2e);
    static final Color GOOD = new Color(0xd8, 0xec, 0xd8);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 18);
    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 19);
    static final BasicStroke LINE = new BasicStroke(1.4f);
    static final int WIDTH = 1000;
    static final int HEIGHT = 620;
    private static final float TICK = 7;

    static {
        ImageIO.setUseCache(false);
    }

    private Style() {
    }

    static JFreeChart chart(String title, XYPlot plot) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        plot.setOutlinePaint(INK);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        axis(plot.getDomainAxis());
        axis(plot.getRangeAxis());
        JFreeChart chart = new JFreeChart(null, TITLE, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(12, 12, 12, 24));
        TextTitle t = new TextTitle(title, TITLE);
        t.setPaint(INK);
        t.setHorizontalAlignment(HorizontalAlignment.LEFT);
        t.setPadding(2, 60, 10, 4);
        chart.setTitle(t);
        return chart;
    }

    static void axis(ValueAxis a) {
        a.setLabelFont(TEXT);
        a.setTickLabelFont(TEXT);
        a.setLabelPaint(INK);
        a.setTickLabelPaint(INK);
        a.setAxisLinePaint(INK);
        a.setTickMarkPaint(INK);
        a.setTickMarkOutsideLength(0);
        a.setTickMarkInsideLength(TICK);
        a.setMinorTickMarkOutsideLength(0);
        a.setMinorTickMarkInsideLength(TICK / 2);
    }

    /** Writes a PNG under a temporary name and renames it. */
    static void save(BufferedImage image, Path path) {
        Path absolute = path.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".part");
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            Files.createDirectories(absolute.getParent());
            Files.write(temporary, bytes.toByteArray());
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (UncheckedIOException | IOException e) {
            throw SxiException.output("plot cannot be written").in(path).value(e.getMessage()).cause(e)
                    .todo("check that the folder is writable").build();
        }
    }
}
