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

/** Lines in the detector plane: edges of the CCDs, charge-injection rows, outlines of the calibration-source areas. */
public final class DetectorMarks {
    private static final Color CCD = new Color(255, 255, 255, 150);
    private static final Color INJECTION = new Color(0x5f, 0xd7, 0xff, 200);
    private static final Color LAMP = new Color(0x7c, 0xf2, 0x9a, 220);
    /** Length of the ticks at both ends of a charge-injection row, pixels. */
    private static final double TICK = 45;
    private static final double LOW = 0.5;
    private static final double HIGH = Sxi.ACT_SIZE + 0.5;

    private final List<Line> lines = new ArrayList<>();

    private DetectorMarks() {
    }

    private record Line(double x1, double y1, double x2, double y2, Color colour) {
    }

    /**
     * Collects the lines.
     *
     * @param badPixels bad-pixel image of the events (1 is the calibration source, -1 outside)
     * @param teldef the map from ACT to DET
     * @param header keywords of the events: DETNAM, CISTATUS, CIPERIOD, CIOFFSET, CIFIRST
     */
    public static DetectorMarks of(Path badPixels, TelDef teldef, Keywords header) {
        DetectorMarks m = new DetectorMarks();
        Map<Integer, Affine> maps = teldef.transformations().get(teldef.index("ACT")) instanceof Transformation.Segmented s
                ? new TreeMap<>(s.maps()) : Map.of();
        String name = header.text("DETNAM").orElse("CCD").strip();
        maps.forEach((ccd, map) -> {
            if (name.equals("CCD") || name.contains(Integer.toString(ccd + 1))) {
                m.chip(map, header);
            }
        });
        m.lamps(badPixels);
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

    /** Sides of pixels of the source against pixels that are good or outside. */
    private void lamps(Path badPixels) {
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
        return on(new Affine(0, 1, 0, 0, 0, 1));
    }

    /** The lines over an image of another plane. */
    Overlay on(Affine map) {
        return c -> {
            for (Line l : lines) {
                c.line(map.x(l.x1(), l.y1()), map.y(l.x1(), l.y1()), map.x(l.x2(), l.y2()), map.y(l.x2(), l.y2()),
                        l.colour(), 1.2);
            }
            legend(c);
        };
    }

    private void legend(Canvas c) {
        double row = c.pixelsY() / 36;
        double y = c.pixelsY() - row;
        c.text(10, y, "CCD", CCD);
        if (lines.stream().anyMatch(l -> l.colour() == LAMP)) {
            y -= row;
            c.text(10, y, "calibration source", LAMP);
        }
        if (lines.stream().anyMatch(l -> l.colour() == INJECTION)) {
            c.text(10, y - row, "charge-injection rows", INJECTION);
        }
    }
}
