// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.xtendsxi.pipeline.products.PlaneImage;

/**
 * An image on a logarithmic scale, blocked to fit the page. SKY images carry a grid of offsets in arcminutes from the
 * reference point, with north up and east left; others show pixels.
 */
public final class ImagePlot {
    private static final int SIZE = 810;
    private static final int LEFT = 84;
    private static final int TOP = 56;
    private static final int BOTTOM = 66;
    private static final int BAR = 96;
    private static final int[] COLOURS = {0x000004, 0x1b0c41, 0x4a0c6b, 0x781c6d, 0xa52c60, 0xcf4446, 0xed6925,
            0xfb9b06,
        0xf7d13d, 0xfcffa4};

    private ImagePlot() {
    }

    /**
     * Draws an image.
     *
     * @param path PNG to write
     * @param title heading
     * @param image the image
     * @param arcminPerPixel scale of a SKY image, arcmin; 0 shows pixels
     */
    public static void write(Path path, String title, PlaneImage image, double arcminPerPixel) {
        Style.save(draw(title, image.width(), image.height(), image::count, arcminPerPixel), path);
    }

    /** Counts of a pixel. */
    @FunctionalInterface
    public interface Counts {
        /** Counts of pixel (u, v), from 0. */
        int at(int u, int v);
    }

    /**
     * The same drawing, for other forms of output.
     *
     * @param title heading
     * @param width pixels along the first axis
     * @param height pixels along the second axis
     * @param image the image
     * @param arcminPerPixel as for {@link #write}
     */
    public static BufferedImage draw(String title, int width, int height, Counts image, double arcminPerPixel) {
        int block = (Math.max(width, height) + SIZE - 1) / SIZE;
        int w = (width + block - 1) / block;
        int h = (height + block - 1) / block;
        int[] sums = new int[w * h];
        int most = 1;
        for (int v = 0; v < height; v++) {
            for (int u = 0; u < width; u++) {
                int at = (h - 1 - v / block) * w + u / block;
                sums[at] += image.at(u, v);
                most = Math.max(most, sums[at]);
            }
        }
        BufferedImage page = new BufferedImage(LEFT + w + BAR, TOP + h + BOTTOM, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                page.setRGB(LEFT + x, TOP + y, 0);
            }
        }
        Graphics2D g = page.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, page.getWidth(), page.getHeight());
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                page.setRGB(LEFT + x, TOP + y, colour(Math.log1p(sums[y * w + x]) / Math.log1p(most)));
            }
        }
        g.setColor(Style.INK);
        g.setFont(Style.TITLE);
        g.drawString(title, LEFT, TOP - 22);
        g.setFont(Style.TEXT);
        g.drawRect(LEFT - 1, TOP - 1, w + 1, h + 1);
        axes(g, w, h, block, arcminPerPixel);
        bar(g, page, w, h, most, block);
        g.dispose();
        return page;
    }

    private static void axes(Graphics2D g, int w, int h, int block, double arcmin) {
        boolean sky = arcmin > 0;
        double scale = sky ? arcmin * block : block;
        double step = sky ? 10 : 500;
        for (double v = sky ? -Math.floor(w / 2.0 * scale / step) * step : 0; v <= w * scale; v += step) {
            int x = sky ? (int) Math.round(w / 2.0 - v / scale) : (int) Math.round(v / scale);
            int y = sky ? (int) Math.round(h / 2.0 - v / scale) : (int) Math.round(h - v / scale);
            String label = sky ? String.format("%+.0f′", v).replace("+0′", "0") : String.format("%.0f", v);
            if (x >= 0 && x <= w) {
                tick(g, x, w, h, sky, true);
                g.setColor(Style.INK);
                g.drawString(label, LEFT + x - g.getFontMetrics().stringWidth(label) / 2, TOP + h + 20);
            }
            if (y >= 0 && y <= h) {
                tick(g, y, w, h, sky, false);
                g.setColor(Style.INK);
                g.drawString(label, LEFT - 10 - g.getFontMetrics().stringWidth(label), TOP + y + 5);
            }
        }
        g.setColor(Style.INK);
        String x = sky ? "offset to the east from RA_NOM (arcmin)" : "DETX (pixel)";
        g.drawString(x, LEFT + (w - g.getFontMetrics().stringWidth(x)) / 2, TOP + h + 48);
        String y = sky ? "offset to the north from DEC_NOM (arcmin)" : "DETY (pixel)";
        Graphics2D turned = (Graphics2D) g.create();
        turned.rotate(-Math.PI / 2, 24, TOP + h / 2.0);
        turned.drawString(y, 24 - turned.getFontMetrics().stringWidth(y) / 2, TOP + h / 2);
        turned.dispose();
    }

    private static void tick(Graphics2D g, int at, int w, int h, boolean grid, boolean vertical) {
        g.setColor(new Color(255, 255, 255, grid ? 60 : 130));
        int length = grid ? (vertical ? h : w) : 8;
        if (vertical) {
            g.drawLine(LEFT + at, TOP + h - length, LEFT + at, TOP + h - 1);
        } else {
            g.drawLine(LEFT, TOP + at, LEFT + length - 1, TOP + at);
        }
    }

    private static void bar(Graphics2D g, BufferedImage page, int w, int h, int most, int block) {
        int x = LEFT + w + 16;
        for (int y = 0; y < h; y++) {
            int rgb = colour(1 - y / (double) (h - 1));
            for (int k = 0; k < 16; k++) {
                page.setRGB(x + k, TOP + y, rgb);
            }
        }
        g.setColor(Style.INK);
        g.drawRect(x - 1, TOP - 1, 17, h + 1);
        for (long v = 0; v <= most; v = v == 0 ? 1 : next(v)) {
            int y = TOP + (int) Math.round((h - 1) * (1 - Math.log1p(v) / Math.log1p(most)));
            g.drawString(Long.toString(v), x + 22, y + 5);
        }
        String unit = block == 1 ? "counts" : "counts / " + block + "×" + block;
        g.drawString(unit, x + 17 - g.getFontMetrics().stringWidth(unit) / 2 - 10, TOP - 22);
    }

    /** 1, 3, 10, 30, ... */
    private static long next(long v) {
        return Long.toString(v).startsWith("1") ? v * 3 : v / 3 * 10;
    }

    private static int colour(double fraction) {
        double at = Math.clamp(fraction, 0.0, 1.0) * (COLOURS.length - 1);
        int i = Math.min((int) at, COLOURS.length - 2);
        double f = at - i;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = COLOURS[i] >> shift & 0xff;
            int b = COLOURS[i + 1] >> shift & 0xff;
            rgb |= (int) Math.round(a + f * (b - a)) << shift;
        }
        return rgb;
    }
}
