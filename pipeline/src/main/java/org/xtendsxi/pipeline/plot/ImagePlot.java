// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An image on a logarithmic scale. Pixels are joined to cells that fit the page, larger ones where counts are few.
 * Overlays draw axes, grids and marks.
 */
public final class ImagePlot {
    private static final int SIZE = 810;
    private static final int LEFT = 124;
    private static final int TOP = 78;
    private static final int BOTTOM = 74;
    private static final int BAR = 96;
    /** Counts in all below which cells are two and three times as large as the page needs. */
    private static final int[] FEW = {100_000, 10_000};
    private static final int PALETTE = 1024;
    private static final int[] COLOURS = {0x000004, 0x1b0c41, 0x4a0c6b, 0x781c6d, 0xa52c60, 0xcf4446, 0xed6925,
            0xfb9b06,
        0xf7d13d, 0xfcffa4};

    private ImagePlot() {
    }

    /** Counts of a pixel. */
    @FunctionalInterface
    public interface Counts {
        /** Counts of pixel (u, v), from 0. */
        int at(int u, int v);
    }

    /**
     * Draws an image.
     *
     * @param path PNG to write
     * @param title heading
     * @param window the part of the image that is drawn
     * @param image the image
     * @param overlays what is drawn over it, in order
     */
    public static void write(Path path, String title, Window window, Counts image, List<Overlay> overlays) {
        Style.save(draw(title, window, image, overlays), path);
    }

    /**
     * A drawing with plain axes.
     *
     * @param title heading
     * @param width pixels along the first axis
     * @param height pixels along the second axis
     * @param image the image
     * @param arcmin scale of an image of the sky, arcmin per pixel; 0 shows pixels of DET
     */
    public static BufferedImage draw(String title, int width, int height, Counts image, double arcmin) {
        return draw(title, Window.all(width, height), image,
                List.of(arcmin > 0 ? Overlay.offsets(arcmin) : Overlay.pixels("DETX", "DETY")));
    }

    /** The same drawing, for other forms of output; parameters as for {@link #write}. */
    public static BufferedImage draw(String title, Window window, Counts image, List<Overlay> overlays) {
        int block = (Math.max(window.width(), window.height()) + SIZE - 1) / SIZE;
        int[] counts = counts(window, image);
        int zoom = zoom(counts);
        Window whole = new Window(window.x(), window.y(), ceil(window.width(), block * zoom) * block * zoom,
                ceil(window.height(), block * zoom) * block * zoom);
        Cells cells = Cells.of(window, block * zoom, counts);
        int w = cells.width() * zoom;
        int h = cells.height() * zoom;
        BufferedImage page = new BufferedImage(LEFT + w + BAR, TOP + h + BOTTOM, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = page.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, page.getWidth(), page.getHeight());
        int[] palette = palette(cells.most());
        int[] rgb = new int[w];
        for (int y = 0; y < h; y++) {
            if (y % zoom == 0) {
                cells.colours(y / zoom, zoom, palette, rgb);
            }
            page.setRGB(LEFT, TOP + y, w, 1, rgb, 0, w);
        }
        g.setColor(Style.INK);
        g.setFont(Style.TITLE);
        g.drawString(title, LEFT, TOP - 46);
        g.drawRect(LEFT - 1, TOP - 1, w + 1, h + 1);
        Canvas canvas = new Canvas(g, LEFT, TOP, whole, 1.0 / block);
        overlays.forEach(o -> o.paint(canvas));
        bar(g, page, w, h, cells.most(), block * zoom);
        g.dispose();
        return page;
    }

    private static int ceil(int a, int b) {
        return (a + b - 1) / b;
    }

    /** The part of the image that is drawn, row by row. */
    private static int[] counts(Window window, Counts image) {
        int[] counts = new int[window.width() * window.height()];
        for (int v = 0, at = 0; v < window.height(); v++) {
            for (int u = 0; u < window.width(); u++) {
                counts[at++] = image.at(window.x() - 1 + u, window.y() - 1 + v);
            }
        }
        return counts;
    }

    private static int zoom(int[] counts) {
        long total = 0;
        for (int c : counts) {
            total += c;
        }
        return total < FEW[1] ? 3 : total < FEW[0] ? 2 : 1;
    }

    /**
     * Sums of blocks, the upper row first.
     *
     * @param width cells along the first axis
     * @param height cells along the second axis
     * @param sums sums
     * @param most largest sum, at least 1
     */
    private record Cells(int width, int height, int[] sums, int most) {
        static Cells of(Window window, int block, int[] counts) {
            int w = ceil(window.width(), block);
            int h = ceil(window.height(), block);
            int[] sums = new int[w * h];
            for (int v = 0, from = 0; v < window.height(); v++) {
                int at = (h - 1 - v / block) * w;
                for (int u = 0, left = block; u < window.width(); u++, left--) {
                    if (left == 0) {
                        left = block;
                        at++;
                    }
                    sums[at] += counts[from++];
                }
            }
            return new Cells(w, h, sums, Math.max(1, Arrays.stream(sums).max().orElse(1)));
        }

        /** Colours of a row of cells, each so many times. */
        void colours(int row, int times, int[] palette, int[] rgb) {
            for (int x = 0, at = 0; x < width; x++) {
                int sum = sums[row * width + x];
                int c = sum < palette.length ? palette[sum] : colour(sum, most);
                for (int k = 0; k < times; k++) {
                    rgb[at++] = c;
                }
            }
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
        g.setFont(Style.TEXT);
        g.setColor(Style.INK);
        g.setStroke(Style.LINE);
        g.drawRect(x - 1, TOP - 1, 17, h + 1);
        for (long v = 0; v <= most; v = v == 0 ? 1 : next(v)) {
            int y = TOP + (int) Math.round((h - 1) * (1 - Math.log1p(v) / Math.log1p(most)));
            g.drawString(Long.toString(v), x + 22, y + 6);
        }
        String unit = block == 1 ? "counts" : "counts / " + block + "×" + block;
        g.drawString(unit, page.getWidth() - 8 - g.getFontMetrics().stringWidth(unit), TOP + h + 56);
    }

    /** 1, 3, 10, 30, ... */
    private static long next(long v) {
        return Long.toString(v).startsWith("1") ? v * 3 : v / 3 * 10;
    }

    /** Colours of small numbers of counts, which most cells have. */
    private static int[] palette(int most) {
        int[] all = new int[Math.min(most + 1, PALETTE)];
        Arrays.setAll(all, i -> colour(i, most));
        return all;
    }

    private static int colour(int counts, int most) {
        return colour(Math.log1p(counts) / Math.log1p(most));
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
