// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;
import org.xtendsxi.pipeline.plot.Canvas;
import org.xtendsxi.pipeline.plot.Overlay;
import org.xtendsxi.pipeline.plot.Window;

/** Lines in the detector plane: edges of the CCDs, charge-injection rows, outlines of the calibration-source areas. */
public final class DetectorMarks {
    private static final Color CCD = new Color(255, 255, 255, 150);
    private static final Color INJECTION = new Color(0x5f, 0xd7, 0xff, 200);
    private static final Color LAMP = new Color(0x7c, 0xf2, 0x9a, 220);
    /** Length of the ticks at both ends of a charge-injection row, pixels. */
    private static final double TICK = 45;
    /** From DET to DET. */
    static final Affine SAME = new Affine(0, 1, 0, 0, 0, 1);
    private static final double LOW = 0.5;
    private static final double HIGH = Sxi.ACT_SIZE + 0.5;

    private final Path badPixels;
    private final List<Line> lines = new ArrayList<>();
    private boolean lamps;

    private DetectorMarks(Path badPixels) {
        this.badPixels = badPixels;
    }

    private record Line(double x1, double y1, double x2, double y2, Color colour) {
    }

    /**
     * Collects the lines.
     *
     * @param badPixels bad-pixel image of the events (1 is the calibration source, -1 outside), read when it is drawn
     * @param teldef the map from ACT to DET
     * @param header keywords of the events: DETNAM, CISTATUS, CIPERIOD, CIOFFSET, CIFIRST
     */
    public static DetectorMarks of(Path badPixels, TelDef teldef, Keywords header) {
        DetectorMarks m = new DetectorMarks(badPixels);
        Map<Integer, Affine> maps =
                teldef.transformations().get(teldef.index("ACT")) instanceof Transformation.Segmented s
                        ? new TreeMap<>(s.maps()) : Map.of();
        String name = header.text("DETNAM").orElse("CCD").strip();
        maps.forEach((ccd, map) -> {
            if (name.equals("CCD") || name.contains(Integer.toString(ccd + 1))) {
                m.chip(map, header);
            }
        });
        return m;
    }

    private void chip(Affine map, Keywords header) {
        add(map, LOW, LOW, HIGH, LOW, CCD);
        add(map, HIGH, LOW, HIGH, HIGH, CCD);
        add(map, HIGH, HIGH, LOW, HIGH, CCD);
        add(map, LOW, HIGH, LOW, LOW, CCD);
        long period = header.integer("CIPERIOD").orElse(0);
        if (header.integer("CISTATUS").orElse(0) != 1 || period < 1) {
            return;
        }
        injection(map, header.integer("CIFIRST").orElse(0));
        for (long y = header.integer("CIOFFSET").orElse(0); y <= Sxi.ACT_SIZE; y += period) {
            injection(map, y);
        }
    }

    private void injection(Affine map, long y) {
        if (y >= 1 && y <= Sxi.ACT_SIZE) {
            add(map, LOW, y, LOW + TICK, y, INJECTION);
            add(map, HIGH - TICK, y, HIGH, y, INJECTION);
        }
    }

    private void add(Affine m, double x1, double y1, double x2, double y2, Color colour) {
        lines.add(new Line(m.x(x1, y1), m.y(x1, y1), m.x(x2, y2), m.y(x2, y2), colour));
    }

    /** All lines, those around the calibration sources at the end. */
    private synchronized List<Line> lines() {
        if (!lamps) {
            lamps = true;
            lamps();
        }
        return lines;
    }

    /** Sides of pixels of the source against pixels that are good or outside. */
    private void lamps() {
        double[] v;
        try (FitsReader f = FitsReader.open(badPixels)) {
            v = Image.read(f, f.primary()).values();
        }
        int n = Sxi.DET_SIZE;
        for (int y = 1; y < n; y++) {
            for (int x = 1; x < n; x++) {
                if (edge(v[y * n + x], v[y * n + x - 1])) {
                    lines.add(new Line(x + LOW, y + LOW, x + LOW, y + LOW + 1, LAMP));
                }
                if (edge(v[y * n + x], v[(y - 1) * n + x])) {
                    lines.add(new Line(x + LOW, y + LOW, x + LOW + 1, y + LOW, LAMP));
                }
            }
        }
    }

    private static boolean edge(double a, double b) {
        return a != b && a != 2 && b != 2 && (a == 1 || b == 1);
    }

    /** The lines over an image of DET. */
    Overlay det() {
        return on(SAME);
    }

    /** The lines over an image of another plane. */
    Overlay on(Affine map) {
        return c -> {
            for (Line l : lines()) {
                c.line(map.x(l.x1(), l.y1()), map.y(l.x1(), l.y1()), map.x(l.x2(), l.y2()), map.y(l.x2(), l.y2()),
                        l.colour(), 1.2);
            }
            legend(c);
        };
    }

    /**
     * Part of an image that holds all lines.
     *
     * @param map from DET to the plane of the image
     * @param width pixels of the image along the first axis
     * @param height pixels of the image along the second axis
     */
    Window window(Affine map, int width, int height) {
        double[] r = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (Line l : lines()) {
            r[0] = Math.min(r[0], map.x(l.x1(), l.y1()));
            r[1] = Math.min(r[1], map.y(l.x1(), l.y1()));
            r[2] = Math.max(r[2], map.x(l.x1(), l.y1()));
            r[3] = Math.max(r[3], map.y(l.x1(), l.y1()));
        }
        return lines().isEmpty() ? Window.all(width, height) : Window.around(r, width, height);
    }

    private void legend(Canvas c) {
        c.legend("CCD", CCD);
        if (lines().stream().anyMatch(l -> l.colour() == LAMP)) {
            c.legend("calibration source", LAMP);
        }
        if (lines().stream().anyMatch(l -> l.colour() == INJECTION)) {
            c.legend("CI rows", INJECTION);
        }
    }
}
