// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.teldef;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.attitude.RollConvention;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;

/** Reads the keywords and tables of a TelDef file (events-coords-screening sections 7.1 to 7.5). */
final class TelDefReader {
    private static final int MAX_SYSTEMS = 10;
    private final FitsReader file;
    private final Keywords keys;
    private final List<CoordinateSystem> systems = new ArrayList<>();

    TelDefReader(FitsReader file) {
        this.file = file;
        this.keys = file.primary().keywords();
    }

    TelDef read() {
        int n = (int) real("NCOORDS");
        if (n < 2 || n > MAX_SYSTEMS) {
            throw bad("NCOORDS", n, "2.." + MAX_SYSTEMS);
        }
        for (int i = 0; i < n; i++) {
            systems.add(system(i, i == n - 1));
        }
        List<Transformation> all = new ArrayList<>();
        for (int i = 0; i < n - 1; i++) {
            all.add(transformation(i, i == n - 2));
        }
        String name = keys.text("RANCOORD").orElse(systems.getFirst().name());
        OptionalInt random = index(name);
        int scale = index(keys.text("RAN_SCAL").orElse(name)).orElse(random.orElse(0));
        return new TelDef(file.path(), systems, all, random, scale, axis());
    }

    private Optional<TelDef.OpticalAxis> axis() {
        if (!keys.has("OPTAXISX") || !keys.has("OPTAXISY")) {
            return Optional.empty();
        }
        String name = keys.text("OPTCOORD").orElse("DET");
        int at = index(name).orElseThrow(() -> bad("OPTCOORD", name, "a coordinate system"));
        return Optional.of(new TelDef.OpticalAxis(at, real("OPTAXISX"), real("OPTAXISY")));
    }

    private OptionalInt index(String name) {
        return IntStream.range(0, systems.size()).filter(i -> systems.get(i).name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    private CoordinateSystem system(int i, boolean sky) {
        String s = text("COORD" + i);
        CoordinateSystem low = systems.isEmpty() ? new CoordinateSystem("", "", "", 1, 1, 0, 0, 1, 1, "mm")
                : systems.getLast();
        double firstX = keys.real(s + "XPIX1").orElse(sky ? low.firstX() : 1);
        double firstY = keys.real(s + "YPIX1").orElse(sky ? low.firstY() : 1);
        int sizeX = (int) (sky ? keys.real(s + "_XSIZ").orElse(low.sizeX()) : real(s + "_XSIZ"));
        int sizeY = (int) (sky ? keys.real(s + "_YSIZ").orElse(low.sizeY()) : real(s + "_YSIZ"));
        if (sizeX < 1 || sizeY < 1) {
            throw bad(s + "_XSIZ", sizeX + ", " + sizeY, "at least 1");
        }
        double scaleX = keys.real(s + "_XSCL").orElse(1);
        double scaleY = keys.real(s + "_YSCL").orElse(1);
        String unit = keys.text(s + "_UNIT").orElse("mm");
        if (sky) {
            if (low.scaleX() != low.scaleY()) {
                throw bad(low.name() + "_YSCL", low.scaleY(), "square pixels, " + low.scaleX());
            }
            scaleX = Math.toDegrees(low.scaleX() / focalLength());
            scaleY = scaleX;
            unit = "deg";
        }
        return new CoordinateSystem(s, keys.text(s + "_XCOL").orElse(sky ? "X" : s + "X"),
                keys.text(s + "_YCOL").orElse(sky ? "Y" : s + "Y"), firstX, firstY, sizeX, sizeY, scaleX, scaleY, unit);
    }

    private double focalLength() {
        double f = real("FOCALLEN");
        if (!(f > 0)) {
            throw bad("FOCALLEN", f, "positive");
        }
        return f;
    }

    private Transformation transformation(int low, boolean last) {
        String type = text("TRTYPE" + low);
        if (type.equals("SKYATT") != last) {
            throw bad("TRTYPE" + low, type, last ? "SKYATT" : "SKYATT only as the last");
        }
        return switch (type) {
            case "MULTISEG" -> multiSegment(low);
            case "RAWTODET" -> segmented(low);
            case "BASIC" -> new Transformation.Basic(basic(low, centred(low), 1));
            case "SKYATT" -> sky(low);
            default -> throw bad("TRTYPE" + low, type, "MULTISEG, RAWTODET, BASIC, SKYATT");
        };
    }

    private Affine centred(int low) {
        return new Affine(-systems.get(low).centreX(), 1, 0, -systems.get(low).centreY(), 0, 1);
    }

    /** Offset, flip, scale and rotation from internal coordinates to the pixels of the higher system. */
    private Affine basic(int low, Affine internal, double defaultYFlip) {
        CoordinateSystem high = systems.get(low + 1);
        String h = high.name();
        double scale = keys.real(h + "_SCAL").orElse(1);
        if (!(scale != 0)) {
            throw bad(h + "_SCAL", scale, "not 0");
        }
        double fx = keys.real(h + "XFLIP").orElse(1) / scale;
        double fy = keys.real(h + "YFLIP").orElse(defaultYFlip) / scale;
        Affine scaled = new Affine(-fx * keys.real(h + "_XOFF").orElse(0), fx, 0,
                -fy * keys.real(h + "_YOFF").orElse(0), 0, fy);
        double t = Math.toRadians(keys.real(h + "_ROTD").orElse(0));
        Affine rotated = new Affine(high.centreX(), Math.cos(t), Math.sin(t), high.centreY(), -Math.sin(t),
                Math.cos(t));
        return internal.then(scaled).then(rotated);
    }

    private Transformation segmented(int low) {
        String name = systems.get(low).name();
        double x = keys.real("IN" + low + "_XCEN").orElse(keys.real("INT_XCEN").orElse(0));
        double y = keys.real("IN" + low + "_YCEN").orElse(keys.real("INT_YCEN").orElse(0));
        Affine shift = new Affine(-x, 1, 0, -y, 0, 1);
        if (keys.has("COE_X_A")) {
            Affine a = basic(low, coefficients("COE_X", "COE_Y").then(shift), -1);
            return new Transformation.Segmented(Optional.empty(), Map.of(0, a));
        }
        String stem = keys.has("CO" + low + "_X0_A") || keys.has("CO" + low + "_X1_A") ? "CO" + low + "_" : "COE_";
        Map<Integer, Affine> maps = new HashMap<>();
        for (int s = 0; s < 100; s++) {
            if (keys.has(stem + "X" + s + "_A")) {
                maps.put(s, basic(low, coefficients(stem + "X" + s, stem + "Y" + s).then(shift), -1));
            }
        }
        if (maps.isEmpty()) {
            throw bad(stem + "X0_A", "absent", "linear coefficients of RAWTODET");
        }
        String column = keys.text(name + "_SCOL").or(() -> keys.text("SEG_COL"))
                .orElseThrow(() -> bad("SEG_COL", "absent", "the column of the segment"));
        return new Transformation.Segmented(Optional.of(column.strip()), maps);
    }

    private Affine coefficients(String x, String y) {
        return new Affine(real(x + "_A"), real(x + "_B"), real(x + "_C"), real(y + "_A"), real(y + "_B"),
                real(y + "_C"));
    }

    private Transformation multiSegment(int low) {
        Hdu h = file.find("MULTISEG" + low + "_COEFF").orElseThrow(() -> SxiException
                .calibration("extension is missing").in(file.path()).hdu("MULTISEG" + low + "_COEFF")
                .todo("give a complete TelDef file").build());
        int n = h.keywords().needInteger("NPROP");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            names.add(h.keywords().needText("PROP" + i).strip());
        }
        try (EventChunk t = file.whole(h)) {
            return new Transformation.MultiSegment(names, offset(h, "WINOFFX"), offset(h, "WINOFFY"), rows(t, n, h));
        }
    }

    private static Optional<String> offset(Hdu h, String key) {
        return h.keywords().text(key).map(String::strip).filter(s -> !s.isEmpty() && !s.equalsIgnoreCase("NONE"));
    }

    private List<Transformation.Row> rows(EventChunk t, int properties, Hdu h) {
        int[][] p = new int[properties][];
        for (int i = 0; i < properties; i++) {
            p[i] = t.ints("PROPERTY" + i);
        }
        double[][] c = new double[10][];
        for (int i = 0; i < c.length; i++) {
            c[i] = t.doubles("COEFF_" + (i < 5 ? "X_" : "Y_") + "ABCDE".charAt(i % 5));
        }
        List<Transformation.Row> rows = new ArrayList<>();
        for (int r = 0; r < t.rows(); r++) {
            int row = r;
            if ((int) c[3][r] == 0 || (int) c[8][r] == 0) {
                throw SxiException.calibration("modulus is zero").in(file.path()).hdu(h.name()).row(r + 1)
                        .column("COEFF_X_D, COEFF_Y_D").value(c[3][r] + ", " + c[8][r]).limit("at least 1")
                        .todo("repair the TelDef file").build();
            }
            rows.add(new Transformation.Row(IntStream.range(0, properties).mapToObj(i -> p[i][row]).toList(),
                    new Affine(c[0][r], c[1][r], c[2][r], c[5][r], c[6][r], c[7][r]), c[3][r], c[4][r], c[8][r],
                    c[9][r]));
        }
        return rows;
    }

    private Transformation sky(int low) {
        CoordinateSystem s = systems.get(low);
        String stem = keys.has(s.name() + "_M11") ? s.name() + "_M" : "ALIGNM";
        double[][] m = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                m[j][i] = keys.real(stem + (i + 1) + (j + 1)).orElse(i == j ? 1 : 0);
            }
        }
        return new Transformation.SkyAttitude(Quaternion.ofMatrix(m), focalLength() / s.scaleX(),
                new RollConvention(keys.real("ROLLSIGN").orElse(-1), keys.real("ROLLOFF").orElse(0)));
    }

    private String text(String key) {
        return keys.text(key).map(String::strip).filter(s -> !s.isEmpty())
                .orElseThrow(() -> bad(key, "absent", "a value"));
    }

    private double real(String key) {
        return keys.real(key).orElseThrow(() -> bad(key, "absent", "a number"));
    }

    private SxiException bad(String key, Object value, String limit) {
        return keys.at(SxiException.calibration("TelDef keyword is missing or wrong"), key).value(value).limit(limit)
                .todo("give a valid TelDef file").build();
    }
}
