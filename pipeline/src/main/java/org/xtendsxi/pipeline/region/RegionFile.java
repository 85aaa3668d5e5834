// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.region;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Hdu;

/**
 * Region files of ds9: circle, ellipse, box, annulus and polygon, {@code -} before a shape cuts it out (order matters,
 * see {@link ShapeList}). Systems: {@code physical} (column values, the default), {@code image} (pixels of the image,
 * the first being 1), {@code detector} (DETX, DETY), {@code fk5}, {@code j2000} and {@code icrs} (which differ by 0.02
 * arc seconds and are taken as one). A length without unit is in degrees on the sky, as in ds9. A sky length becomes
 * pixels at the place of its shape; angles count from X towards Y.
 */
public final class RegionFile {
    private final Path path;
    private final Hdu events;
    private final List<SignedShape> shapes = new ArrayList<>();
    private Optional<Plane> plane = Optional.empty();
    private String system = "physical";
    private int line;

    private RegionFile(Path path, Hdu events) {
        this.path = path;
        this.events = events;
    }

    /**
     * Reads a file.
     *
     * @param path the region file
     * @param events table whose columns X, Y (or DETX, DETY) the region selects
     * @throws SxiException (data) with the line of an unknown shape or system, or a bad number
     */
    public static Region read(Path path, Hdu events) {
        RegionFile file = new RegionFile(path, events);
        try {
            for (String text : Files.readAllLines(path, StandardCharsets.UTF_8)) {
                file.line++;
                for (String part : text.replaceFirst("#.*", "").split(";")) {
                    file.statement(part.strip());
                }
            }
        } catch (IOException e) {
            throw SxiException.data(Files.exists(path) ? "region file cannot be read" : "region file does not exist")
                    .in(path).todo("give a text file that ds9 wrote").cause(e).build();
        }
        if (file.shapes.isEmpty()) {
            throw SxiException.data("region file has no shape").in(path).todo("draw a region and save it").build();
        }
        return new ShapeList(file.plane.orElseThrow(), file.shapes);
    }

    private void statement(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || lower.equals("global") || lower.startsWith("global ")) {
            return;
        }
        if (lower.matches("[a-z]\\w*")) {
            if (!List.of("physical", "image", "detector", "fk5", "j2000", "icrs").contains(lower)) {
                throw bad("unknown coordinate system", text, "physical, image, detector, fk5, icrs",
                        "save the regions in one of these");
            }
            system = lower;
            return;
        }
        boolean include = !lower.startsWith("-");
        String[] words = lower.replaceFirst("^[-+]\\s*", "").replaceAll("[(),]", " ").strip().split("\\s+");
        Plane here = system.equals("detector") ? Plane.DET : Plane.SKY;
        if (plane.isPresent() && plane.get() != here) {
            throw bad("sky and detector shapes in one file", text, plane.get().x() + ", " + plane.get().y(),
                    "put them into two files");
        }
        plane = Optional.of(here);
        shapes.add(new SignedShape(include, shape(words[0], text, Arrays.copyOfRange(words, 1, words.length))));
    }

    private Shape shape(String name, String text, String[] v) {
        switch (name) {
            case "circle" -> {
                need(text, v, v.length == 3, "3 numbers");
                double[] c = point(v, 0);
                return new Shape.Circle(c[0], c[1], length(v, 2));
            }
            case "annulus" -> {
                need(text, v, v.length == 4, "4 numbers");
                double[] c = point(v, 0);
                double inner = length(v, 2);
                double outer = length(v, 3);
                need(text, v, inner <= outer, "inner radius not above the outer");
                return new Shape.Annulus(c[0], c[1], inner, outer);
            }
            case "ellipse", "box" -> {
                need(text, v, v.length == 4 || v.length == 5, "4 or 5 numbers");
                double[] c = point(v, 0);
                double angle = (v.length == 5 ? angle(v[4]) : 0) + (onSky() ? PlaneWcs.of(events).rotation() : 0);
                return name.equals("box") ? Shape.box(c[0], c[1], length(v, 2), length(v, 3), angle)
                        : Shape.ellipse(c[0], c[1], length(v, 2), length(v, 3), angle);
            }
            case "polygon" -> {
                need(text, v, v.length >= 6 && v.length % 2 == 0, "3 corners or more, 2 numbers each");
                double[] corners = new double[v.length];
                for (int i = 0; i < v.length; i += 2) {
                    System.arraycopy(point(v, i), 0, corners, i, 2);
                }
                return new Shape.Polygon(corners);
            }
            default -> throw bad("unknown shape", name, "circle, ellipse, box, annulus, polygon",
                    "draw the region with these shapes");
        }
    }

    private boolean onSky() {
        return !List.of("physical", "image", "detector").contains(system);
    }

    private double[] point(String[] v, int at) {
        if (onSky()) {
            double[] d = sky(v, at);
            double[] p = PlaneWcs.of(events).pixel(d[0], d[1]);
            if (Double.isNaN(p[0])) {
                throw bad("position is more than 90 degrees off the field", v[at] + "," + v[at + 1],
                        "the half of the sky around RA_NOM, DEC_NOM", "use the region of this observation");
            }
            return p;
        }
        return new double[] {pixel(v[at]) + offset("X"), pixel(v[at + 1]) + offset("Y")};
    }

    private double[] sky(String[] v, int at) {
        double ra = RegionNumber.sky(v[at], true).orElseThrow(() -> badNumber(v[at], "right ascension"));
        double dec = RegionNumber.sky(v[at + 1], false).filter(d -> Math.abs(d) <= 90)
                .orElseThrow(() -> badNumber(v[at + 1], "declination -90..90"));
        return new double[] {ra, dec};
    }

    /** From the pixels of the image to column values. */
    private double offset(String column) {
        return system.equals("image") ? events.columns().stream().filter(c -> c.name().equalsIgnoreCase(column))
                .findFirst().map(Column::min).orElseThrow(() -> bad("column is missing", column, "X, Y",
                        "give events with sky coordinates")).orElse(1) - 1 : 0;
    }

    private double pixel(String word) {
        return RegionNumber.plain(word).filter(p -> p.unit() != RegionNumber.Unit.DEGREES)
                .map(RegionNumber.Plain::value)
                .orElseThrow(() -> badNumber(word, "pixels"));
    }

    private double angle(String word) {
        return RegionNumber.plain(word).map(RegionNumber.Plain::value).orElseThrow(() -> badNumber(word, "degrees"));
    }

    private double length(String[] v, int at) {
        RegionNumber.Plain p = RegionNumber.plain(v[at]).filter(n -> n.value() >= 0)
                .orElseThrow(() -> badNumber(v[at], "a length, not negative"));
        boolean degrees = p.unit() == RegionNumber.Unit.DEGREES || p.unit() == RegionNumber.Unit.NONE && onSky();
        if (!degrees) {
            return p.value();
        }
        if (!onSky()) {
            throw badNumber(v[at], "pixels, as the system is " + system);
        }
        double[] d = sky(v, 0);
        return PlaneWcs.of(events).length(d[0], d[1], p.value());
    }

    private void need(String text, String[] v, boolean ok, String limit) {
        if (!ok) {
            throw bad("shape has wrong numbers", text + ": " + v.length, limit, "repair the line");
        }
    }

    private SxiException badNumber(String word, String limit) {
        return bad("not a number of this kind in system " + system, word, limit, "repair the line");
    }

    private SxiException bad(String what, String value, String limit, String todo) {
        return SxiException.data(what).in(path + " line " + line).value(value).limit(limit).todo(todo).build();
    }
}
