// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.attitude.RollConvention;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.teldef.SkyPlane;
import org.xtendsxi.caldb.teldef.Transformation;
import org.xtendsxi.pipeline.ehk.EhkMaker;
import org.xtendsxi.pipeline.ehk.EhkRequest;
import org.xtendsxi.pipeline.stage.Parameters;

/** EHK files from orbit files of every form: a circular orbit over the equator, seen from the north pole of the sky. */
@Tag("non-regression")
class EhkFileTest {
    private static final double START = 1.0e8;
    private static final double RADIUS = 6928.137;
    /** Mean motion, rad/s. */
    private static final double MOTION = Math.sqrt(3.986004415e5 / Math.pow(RADIUS, 3));
    private static final double PERIOD = 2 * Math.PI / MOTION;

    @TempDir
    Path folder;
    private Path attitude;

    @BeforeEach
    void writeAttitude() {
        attitude = folder.resolve("test.att");
        Quaternion q = RollConvention.DEFAULT.attitude(83, 22, 30);
        double[] time = {START, START + PERIOD};
        table(attitude, "ATTITUDE", time, Map.of("QPARAM",
                new double[] {q.p0(), q.p1(), q.p2(), q.p3(), q.p0(), q.p1(), q.p2(), q.p3()}));
    }

    private static Keywords clock() {
        return new Keywords().set("MJDREFI", 58484, "").set("MJDREFF", 0.000800740740741, "")
                .set("TELESCOP", "XRISM", "");
    }

    private static void table(Path file, String name, double[] time, Map<String, double[]> columns) {
        List<Column> all = new java.util.ArrayList<>(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s")));
        columns.forEach((n, v) -> all.add(Column.of(n, ColumnType.DOUBLE, v.length / time.length)));
        try (FitsWriter w = FitsWriter.create(file);
                EventChunk c = EventChunk.allocate(new EventSchema(all), 0, time.length)) {
            c.put("TIME", time);
            columns.forEach(c::put);
            w.primary(clock());
            w.table(name, c, clock());
            w.commit();
        }
    }

    private static double[] times(double start, double stop, double step) {
        double[] t = new double[(int) Math.floor((stop - start) / step) + 1];
        Arrays.setAll(t, i -> start + step * i);
        return t;
    }

    /** A circular orbit inclined by 31 deg with its node in the vernal equinox, in one of the forms. */
    private Path orbit(String form, double[] time) {
        double[] p = new double[3 * time.length];
        double[] v = new double[3 * time.length];
        double sine = Math.sin(Math.toRadians(31));
        double cosine = Math.cos(Math.toRadians(31));
        for (int i = 0; i < time.length; i++) {
            double u = MOTION * (time[i] - START);
            double[] at = {Math.cos(u), Math.sin(u) * cosine, Math.sin(u) * sine};
            double[] to = {-Math.sin(u), Math.cos(u) * cosine, Math.cos(u) * sine};
            for (int k = 0; k < 3; k++) {
                p[3 * i + k] = RADIUS * at[k];
                v[3 * i + k] = RADIUS * MOTION * to[k];
            }
        }
        Map<String, double[]> columns = switch (form) {
            case "vectors" -> Map.of("POSITION", p, "VELOCITY", v);
            case "columns" -> Map.of("X", part(p, 0), "Y", part(p, 1), "Z", part(p, 2), "VX", part(v, 0), "VY",
                    part(v, 1), "VZ", part(v, 2));
            default -> Map.of("A", fill(time, RADIUS), "E", fill(time, 0), "I", fill(time, 31), "AN", fill(time, 0),
                    "AP", fill(time, 0), "MA", Arrays.stream(time).map(t -> Math.toDegrees(MOTION * (t - START)) % 360)
                    .toArray());
        };
        Path file = folder.resolve(form + ".orb");
        table(file, "ORBIT", time, columns);
        return file;
    }

    private static double[] part(double[] all, int k) {
        double[] out = new double[all.length / 3];
        Arrays.setAll(out, i -> all[3 * i + k]);
        return out;
    }

    private static double[] fill(double[] like, double value) {
        double[] out = new double[like.length];
        Arrays.fill(out, value);
        return out;
    }

    private List<String> make(Path orbit, Path out, Map<String, String> set) {
        return EhkMaker.find().orElseThrow().make(new EhkRequest(orbit, attitude,
                new Transformation.SkyAttitude(Quaternion.IDENTITY, 116666.7, RollConvention.DEFAULT),
                Optional.of(new SkyPlane.Direction(83, 22.5)),
                Parameters.of("ehk", EhkMaker.SPEC.parameters(), set)), out);
    }

    private static Map<String, double[]> read(Path file) {
        try (FitsReader f = FitsReader.open(file); EventChunk c = f.whole(f.need("EHK"))) {
            Map<String, double[]> out = new java.util.TreeMap<>();
            c.schema().columns().forEach(k -> out.put(k.name(), k.type().integer()
                    ? Arrays.stream(c.ints(k.name())).asDoubleStream().toArray() : c.doubles(k.name())));
            return out;
        }
    }

    @Test
    void everyFormOfTheOrbitGivesTheSameFile() {
        double[] time = times(START - 600, START + PERIOD + 600, 60);
        Path out = folder.resolve("test.ehk");
        assertThat(make(orbit("vectors", time), out, Map.of("bintime", "10"))).isEmpty();
        Map<String, double[]> first = read(out);
        for (String form : List.of("columns", "elements")) {
            make(orbit(form, time), out, Map.of("bintime", "10"));
            Map<String, double[]> other = read(out);
            first.forEach((name, v) -> assertThat(other.get(name)).as(form + " " + name)
                    .containsExactly(v, within(1e-2)));
        }
        assertThat(first.get("TIME")).hasSize((int) Math.floor(PERIOD / 10) + 1).startsWith(START);
        assertThat(first.get("ANG_DIST")[0]).isCloseTo(30, within(1e-6));
        assertThat(first.get("RA")[0]).isCloseTo(83, within(1e-9));
        assertThat(first.get("DEC")[0]).isCloseTo(22, within(1e-9));
        assertThat(first.get("ROLL")[0]).isCloseTo(30, within(1e-9));
        // the target is hidden for a part of the orbit that the size of the Earth, 67 deg, and its distance of 7 deg
        // from the plane of the orbit give
        double hidden = Arrays.stream(first.get("ELV")).filter(e -> e < 0).count() / (double) first.get("ELV").length;
        double off = 90 - Math.toDegrees(Math.acos(Math.sin(Math.toRadians(22)) * Math.cos(Math.toRadians(31))
                - Math.cos(Math.toRadians(22)) * Math.sin(Math.toRadians(83)) * Math.sin(Math.toRadians(31))));
        double half = Math.acos(Math.cos(Math.asin(6378.137 / RADIUS)) / Math.cos(Math.toRadians(off)));
        assertThat(hidden).isCloseTo(half / Math.PI, within(0.01));
        assertThat(Arrays.stream(first.get("COR")).boxed()).allMatch(r -> r > 5 && r < 14.3);
    }

    /** Times since and until run against each other within a passage, and the flag is where the polygon is. */
    @Test
    void timesCountFromTheAnomaly() {
        Path out = folder.resolve("test.ehk");
        make(orbit("vectors", times(START, START + PERIOD, 60)), out,
                Map.of("bintime", "5", "saa", "-180:0,0:0,0:90,-180:90"));
        Map<String, double[]> t = read(out);
        int inside = 0;
        for (int i = 0; i < t.get("TIME").length; i++) {
            double lon = t.get("SAT_LON")[i];
            boolean in = lon > 180 && t.get("SAT_LAT")[i] > 0;
            if (Math.abs(t.get("SAT_LAT")[i]) > 0.5 && Math.abs(lon - 180) > 0.5 && lon > 0.5 && lon < 359.5) {
                assertThat(t.get("SAA_SXI")[i]).as("row " + i).isEqualTo(in ? 1 : 0);
            }
            inside += (int) t.get("SAA_SXI")[i];
            assertThat(t.get("T_SAA_SXI")[i] == 0).isEqualTo(t.get("SAA_SXI")[i] == 1);
            if (i > 0 && t.get("SAA_SXI")[i] == 0 && t.get("SAA_SXI")[i - 1] == 0) {
                assertThat(t.get("T_SAA_SXI")[i] - t.get("T_SAA_SXI")[i - 1]).isCloseTo(5, within(1e-3));
                assertThat(t.get("TN_SAA_SXI")[i] - t.get("TN_SAA_SXI")[i - 1]).isCloseTo(-5, within(1e-3));
            }
        }
        assertThat(inside).isPositive();
        double day = Arrays.stream(t.get("DY_NT")).sum() / t.get("DY_NT").length;
        assertThat(day).as("share of the orbit in sunlight").isBetween(0.55, 0.75);
    }

    /** The general outline in seven orbits, off its edges. */
    @Test
    void generalAnomalyHasTheOutlineOfTheArchive() {
        Path out = folder.resolve("test.ehk");
        double[] span = {START, START + 7 * PERIOD};
        Quaternion q = RollConvention.DEFAULT.attitude(83, 22, 30);
        table(attitude, "ATTITUDE", span, Map.of("QPARAM",
                new double[] {q.p0(), q.p1(), q.p2(), q.p3(), q.p0(), q.p1(), q.p2(), q.p3()}));
        make(orbit("vectors", times(START, START + 7 * PERIOD, 60)), out, Map.of("bintime", "60", "saa", "NONE"));
        Map<String, double[]> t = read(out);
        int[] rows = new int[4];
        for (int i = 0; i < t.get("TIME").length; i++) {
            double lon = t.get("SAT_LON")[i] > 180 ? t.get("SAT_LON")[i] - 360 : t.get("SAT_LON")[i];
            double lat = t.get("SAT_LAT")[i];
            int found = (int) t.get("SAA")[i];
            rows[found]++;
            assertThat(t.get("SAA_SXI")[i]).isZero();
            if (lat > 1 || lat > -20 && (lon < -84 || lon > 61)) {
                assertThat(found).as(lon + " " + lat).isZero();
            } else if (lon > -60 && lon < 60 && lat < -31) {
                assertThat(found).as(lon + " " + lat).isPositive();
            }
        }
        assertThat(rows).as("rows at each depth").doesNotContain(0);
    }

    /** The file of the mission: latitude before longitude, and filled up. */
    @Test
    void polygonAndMapsOfTheMissionAreRead() {
        Path saa = folder.resolve("xa_gen_saa_20190101v001.fits");
        table(saa, "SAA_VERTICES", new double[5], Map.of("SXI_SAA",
                new double[] {0, -180, 0, 0, 90, 0, 90, -180, -1000, -1000}));
        Path orbit = orbit("vectors", times(START, START + PERIOD, 60));
        Path corners = folder.resolve("corners.ehk");
        make(orbit, corners, Map.of("bintime", "30", "saa", "-180:0,0:0,0:90,-180:90"));
        Path map = folder.resolve("rigidity.fits");
        int[] size = {25, 15};
        double[] values = new double[size[0] * size[1]];
        // a parabola along the meridians, the same on each: cubic splines that end straight are near it in the middle
        Arrays.setAll(values, i -> 15 - Math.pow((i / size[0] - 7) * 5 / 10.0, 2));
        try (FitsWriter w = FitsWriter.create(map)) {
            w.image("", new Image(-64, List.of(size[0], size[1]), values), new Keywords()
                    .set("CRPIX1", 13, "").set("CRPIX2", 8, "").set("CRVAL1", 0.0, "").set("CRVAL2", 0.0, "")
                    .set("CDELT1", 15.0, "").set("CDELT2", 5.0, "").set("ALTITUDE", RADIUS / 2, ""));
            w.commit();
        }
        Path out = folder.resolve("file.ehk");
        make(orbit, out, Map.of("bintime", "30", "saa", saa.toString(), "cor3file", map.toString()));
        Map<String, double[]> t = read(out);
        assertThat(t.get("SAA_SXI")).isEqualTo(read(corners).get("SAA_SXI"));
        assertThat(t).containsKey("COR3").doesNotContainKey("COR2");
        for (int i = 0; i < t.get("TIME").length; i++) {
            double lat = t.get("SAT_LAT")[i];
            if (Math.abs(lat) < 20) {
                assertThat(t.get("COR3")[i]).isCloseTo((15 - lat * lat / 100) / 4, within(0.02));
            }
        }
        assertThatThrownBy(() -> make(orbit, out, Map.of("cor2file", saa.toString())))
                .isInstanceOf(SxiException.class).hasMessageContaining("xa_gen_saa");
        assertThatThrownBy(() -> make(orbit, out, Map.of("saa", folder.resolve("no.fits").toString())))
                .isInstanceOf(SxiException.class).hasMessageContaining("no.fits");
    }

    @Test
    void orbitThatCannotBeUsedSaysWhy() {
        Path out = folder.resolve("test.ehk");
        assertThatThrownBy(() -> make(orbit("vectors", times(START - 9e5, START - 8e5, 60)), out, Map.of()))
                .isInstanceOf(SxiException.class).hasMessageContaining("vectors.orb[ORBIT]")
                .hasMessageContaining("orbit does not cover the attitude").hasMessageContaining("ehk.enabled=no");
        double[] time = times(START, START + PERIOD, 60);
        Path metres = folder.resolve("metres.orb");
        table(metres, "ORBIT", time, Map.of("POSITION", fill(new double[3 * time.length], 1), "VELOCITY",
                new double[3 * time.length]));
        assertThatThrownBy(() -> make(metres, out, Map.of()))
                .hasMessageContaining("metres.orb[ORBIT] (row 1, column POSITION)")
                .hasMessageContaining("6400 km");
        Path nothing = folder.resolve("nothing.orb");
        table(nothing, "ORBIT", time, Map.of("VELOCITY", new double[3 * time.length]));
        assertThatThrownBy(() -> make(nothing, out, Map.of())).hasMessageContaining("orbit table has no positions")
                .hasMessageContaining("AN, AP, MA");
        assertThatThrownBy(() -> make(orbit("vectors", time), out, Map.of("saa", "1:2,3")))
                .hasMessageContaining("ehk.saa is no polygon");
        assertThat(make(orbit("vectors", times(START + 100, START + PERIOD, 1000)), out, Map.of("bintime", "60")))
                .hasSize(2).anyMatch(n -> n.contains("there is no EHK outside"))
                .anyMatch(n -> n.contains("1000 s without a row"));
    }
}
