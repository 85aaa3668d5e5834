// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.housekeeping;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.orekit.bodies.GeodeticPoint;
import org.xtendsxi.caldb.attitude.AttitudeTable;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.teldef.Transformation;
import org.xtendsxi.orbit.ephemeris.Earth;
import org.xtendsxi.orbit.ephemeris.OrbitTable;
import org.xtendsxi.orbit.geometry.Dipole;
import org.xtendsxi.orbit.geometry.EarthDisc;
import org.xtendsxi.orbit.geometry.RigidityMap;
import org.xtendsxi.pipeline.region.Region;
import org.xtendsxi.pipeline.stage.Parameters;

/** Computes rows of EHK from where the satellite is and where it looks. */
final class EhkRows {
    /** Columns of rigidity by the parameter that names their map. */
    private static final Map<String, String> RIGIDITIES = Map.of("COR2", "cor2file", "COR3", "cor3file");
    private static final double METRES = 1000;
    private static final double ARCMIN = 60;
    private static final double TURN = 360;
    /** How far beyond the rows the last passage is looked for, s: the anomaly comes at least once a day. */
    private static final double BEYOND = 86400;
    /** How far beyond the rows sunrise and sunset are looked for, s: they come in every orbit but in full sun. */
    private static final double ORBIT = 6000;

    private final OrbitTable orbit;
    private final AttitudeTable attitude;
    private final Transformation.SkyAttitude telescope;
    private final Vector3D nominal;
    private final Region anomaly;
    private final Dipole field;
    private final Map<String, RigidityMap> maps = new TreeMap<>();
    private final double radius;
    private final Passages stays;
    private final Passages general;
    private final Passages days;
    private final Passages nights;

    /**
     * Looks for the passages.
     *
     * @param nominal direction that ANG_DIST counts from
     * @param start of the rows, s
     * @param stop of the rows, s
     */
    EhkRows(OrbitTable orbit, AttitudeTable attitude, Transformation.SkyAttitude telescope, Vector3D nominal,
            Parameters p, double start, double stop) {
        this.orbit = orbit;
        this.attitude = attitude;
        this.telescope = telescope;
        this.nominal = nominal;
        this.anomaly = Anomaly.parse(p.text("saa"));
        this.field = Dipole.of(p.real("polelat"), p.real("polelon"), p.real("rigidity"));
        this.radius = p.real("earthradius") * METRES;
        RIGIDITIES.forEach((column, parameter) -> {
            if (!p.text(parameter).equalsIgnoreCase("NONE")) {
                maps.put(column, RigidityMap.load(Path.of(p.text(parameter))));
            }
        });
        this.stays = Passages.search(t -> anomaly.contains(longitude(t), latitude(t)), start - BEYOND, stop + BEYOND);
        this.general = Passages.search(t -> depth(t) > 0, start - BEYOND, stop + BEYOND);
        this.days = Passages.search(this::inSunlight, start - ORBIT, stop + ORBIT);
        this.nights = days.inverse();
    }

    /** Columns that it fills. */
    EventSchema schema() {
        return EhkColumns.with(maps.keySet());
    }

    /** The outlines of the anomaly are meant for the direction from the centre of the Earth. */
    private double longitude(double time) {
        return Math.toDegrees(orbit.earth().fixed(orbit.position(time), time).getAlpha());
    }

    private double latitude(double time) {
        return Math.toDegrees(orbit.earth().fixed(orbit.position(time), time).getDelta());
    }

    private int depth(double time) {
        return Anomaly.depth(longitude(time), latitude(time));
    }

    private boolean inSunlight(double time) {
        return sunAltitude(orbit.position(time), orbit.earth().sun(time)) > 0;
    }

    private double sunAltitude(Vector3D position, Vector3D sun) {
        return new EarthDisc(position, sun, radius).elevation(sun.subtract(position));
    }

    /** Puts all columns into a chunk that holds TIME. */
    void fill(EventChunk chunk, double[] time) {
        Map<String, double[]> all = new LinkedHashMap<>();
        chunk.schema().columns().forEach(c -> all.put(c.name(), new double[time.length]));
        for (int i = 0; i < time.length; i++) {
            int row = i;
            values(time[i]).forEach((name, v) -> all.get(name)[row] = v);
        }
        all.forEach((name, v) -> {
            if (chunk.schema().column(name).type().integer()) {
                chunk.put(name, Arrays.stream(v).mapToInt(x -> (int) x).toArray());
            } else {
                chunk.put(name, v);
            }
        });
    }

    private Map<String, Double> values(double t) {
        Map<String, Double> out = new LinkedHashMap<>();
        Earth earth = orbit.earth();
        Vector3D position = orbit.position(t);
        Vector3D sun = earth.sun(t);
        GeodeticPoint below = earth.below(position, t);
        EarthDisc disc = new EarthDisc(position, sun, radius);
        Quaternion satellite = attitude.at(t);
        Quaternion axes = satellite.then(telescope.alignment().inverse());
        Vector3D view = axis(axes);
        out.put("TIME", t);
        double[] euler = euler(satellite);
        double[] pointing = euler(axes);
        for (int i = 0; i < euler.length; i++) {
            out.put("EULER" + (i + 1), euler[i]);
        }
        out.put("RA", pointing[0]);
        out.put("DEC", 90 - pointing[1]);
        out.put("ROLL", positive((pointing[2] - 90 + telescope.roll().offset()) / telescope.roll().sign()));
        out.put("ANG_DIST", ARCMIN * Math.toDegrees(Vector3D.angle(view, nominal)));
        out.put("SAT_ALT", below.getAltitude() / METRES);
        out.put("SAT_LON", positive(Math.toDegrees(below.getLongitude())));
        out.put("SAT_LAT", Math.toDegrees(below.getLatitude()));
        elevations(out, "", disc, view);
        elevations(out, "MZ", disc, view.negate());
        out.put("ZE_ANG", Math.toDegrees(Vector3D.angle(view, position.negate())));
        out.put("SUN_ALT", Math.toDegrees(sunAltitude(position, sun)));
        out.put("DY_NT", days.holds(t) ? 1.0 : 0);
        out.put("T_DY_NT", Math.max(days.since(t), nights.since(t)));
        out.put("TN_DY_NT", Math.max(days.until(t), nights.until(t)));
        Vector3D fixed = earth.fixed(position, t);
        out.put("COR", field.cutOff(fixed));
        maps.forEach((column, map) -> out.put(column, map.cutOff(fixed)));
        out.put("SAA", general.holds(t) ? Math.max(1.0, depth(t)) : 0);
        out.put("T_SAA", general.since(t));
        out.put("TN_SAA", general.until(t));
        out.put("SAA_SXI", stays.holds(t) ? 1.0 : 0);
        out.put("T_SAA_SXI", stays.since(t));
        out.put("TN_SAA_SXI", stays.until(t));
        return out;
    }

    private static void elevations(Map<String, Double> out, String prefix, EarthDisc disc, Vector3D view) {
        out.put(prefix + "ELV", Math.toDegrees(disc.elevation(view)));
        out.put(prefix + "DYE_ELV", Math.toDegrees(disc.elevation(view, true)));
        out.put(prefix + "NTE_ELV", Math.toDegrees(disc.elevation(view, false)));
    }

    /** Direction of the third axis, which looks out of the telescope. */
    static Vector3D axis(Quaternion q) {
        return new Vector3D(q.matrix()[2]);
    }

    /** Z-Y-Z Euler angles, deg, each 0..360 or 0..180. */
    private static double[] euler(Quaternion q) {
        double[][] m = q.matrix();
        return new double[] {positive(Math.toDegrees(Math.atan2(m[2][1], m[2][0]))),
            Math.toDegrees(Math.acos(Math.clamp(m[2][2], -1, 1))),
            positive(Math.toDegrees(Math.atan2(m[1][2], -m[0][2])))};
    }

    private static double positive(double degrees) {
        return (degrees % TURN + TURN) % TURN;
    }
}
