// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.IndexRebuild;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.model.ModelCaldb;
import org.xtendsxi.testdata.config.Defects;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.readout.AsicGain;
import org.xtendsxi.testdata.readout.ColumnTraps;

/**
 * A calibration database that describes the simulated camera: the model calibration, in which the tables of the effects
 * that are on have the values that were used (layouts: energy-chain section 11.3).
 */
public final class TruthCaldb {
    private static final String DATE = "2019-01-01";

    private final SimulationConfig config;
    private final Path directory;

    private TruthCaldb(SimulationConfig config, Path directory) {
        this.config = config;
        this.directory = directory;
    }

    /** Writes the database if any effect is on that has a table. */
    public static void write(SimulationConfig config, Path directory) {
        if (Stream.of(Effect.EVEN_ODD, Effect.CTI, Effect.TRAIL).noneMatch(config::has)) {
            return;
        }
        TruthCaldb t = new TruthCaldb(config, directory);
        try {
            Files.createDirectories(directory);
            ModelCaldb.write(directory);
            Files.delete(directory.resolve("caldb.indx"));
            Files.delete(directory.resolve("files.txt"));
            t.replace(Effect.EVEN_ODD, CaldbKind.VT_EVEN_ODD, t::evenOdd);
            t.replace(Effect.CTI, CaldbKind.CTI, t::cti);
            t.replace(Effect.TRAIL, CaldbKind.CHARGE_TRAIL, t::trail);
        } catch (IOException e) {
            throw SxiException.output("calibration of the truth cannot be written").in(directory).value(e.getMessage())
                    .cause(e).todo("check that the folder is writable").build();
        }
        IndexRebuild.write(directory, DATE);
    }

    /** Changes a table of the model. */
    @FunctionalInterface
    private interface Change {
        void apply(EventChunk table, Keywords keywords);
    }

    private void replace(Effect effect, CaldbKind kind, Change change) {
        if (!config.has(effect)) {
            return;
        }
        Path path = directory.resolve("xa_xtd_" + kind.fileWord() + "_20190101v001.fits");
        try (FitsReader in = FitsReader.open(path); FitsWriter out = FitsWriter.create(path)) {
            out.primary(in.primary().keywords());
            for (Hdu h : in.hdus()) {
                if (h.kind() == Hdu.Kind.TABLE) {
                    try (EventChunk t = in.whole(h)) {
                        Keywords k = h.keywords().copy();
                        if (k.has("CDES0001")) {
                            k.set("CDES0001", "as simulated: " + effect.word(), "content");
                        }
                        change.apply(t, k);
                        out.table(h.name(), t, k);
                    }
                }
            }
            out.commit();
        }
    }

    private void evenOdd(EventChunk t, Keywords k) {
        Defects.Video v = config.detector().defects().video();
        k.set("VT_REF", v.reference(), "[deg C] reference").set("PH_REF", v.pulseHeight(), "[chan] reference");
        int[] ccd = t.ints("CCD_ID");
        int[] segment = t.ints("SEGMENT");
        int[] parity = t.ints("EVEN_ODD");
        double[][] value = new double[5][t.rows()];
        for (int i = 0; i < t.rows(); i++) {
            AsicGain g = AsicGain.draw(config, ccd[i], segment[i], parity[i]);
            value[0][i] = g.norm();
            value[1][i] = 1;
            value[2][i] = g.offset();
            value[3][i] = g.linear();
            value[4][i] = g.quadratic();
        }
        List<String> names = List.of("VT_GAIN_NORM", "VT_GAIN_INDEX", "VT_GAIN_OFFSET", "GAIN_LINR", "GAIN_QUAD");
        for (int c = 0; c < value.length; c++) {
            t.put(names.get(c), value[c]);
        }
    }

    private void trail(EventChunk t, Keywords k) {
        Defects.Trail m = config.detector().defects().trail();
        k.set("PH_REF", m.pulseHeight(), "[chan] reference pulse height");
        Map.of("NORM_H", m.normH(), "NORM_V", m.normV(), "INDEX_H", m.indexH(), "INDEX_V", m.indexV(),
                "PH_CUT", m.cut()).forEach((name, v) -> fill(t, name, 1, v));
    }

    private static void fill(EventChunk t, String name, int width, double value) {
        double[] v = new double[t.rows() * width];
        Arrays.fill(v, value);
        t.put(name, v);
    }

    private void cti(EventChunk t, Keywords k) {
        int[] ccd = t.ints("CCD_ID");
        if (t.schema().indexOf("ANOMALY_MIN") >= 0) {
            anomalies(t, ccd);
            return;
        }
        Defects.Transfer m = config.detector().defects().transfer();
        k.set("PH_REF", m.pulseHeight(), "[chan] reference pulse height");
        fill(t, "PH_CUT", 1, m.cut());
        Map<String, Defects.Trap> traps = Map.of("F", m.fast(), "S", m.slow(), "A", m.anomalous());
        traps.forEach((letter, trap) -> {
            fill(t, "PARA_" + letter + "_PROB", Sxi.RAW_COLUMNS, trap.prob());
            fill(t, "PARA_" + letter + "_SCALE", Sxi.RAW_COLUMNS, trap.scale());
            fill(t, "PARA_" + letter + "_INDEX", Sxi.RAW_COLUMNS, trap.index());
        });
        int[] segment = t.ints("SEGMENT");
        double[][] norm = new double[3][t.rows() * Sxi.RAW_COLUMNS];
        for (int i = 0; i < t.rows(); i++) {
            ColumnTraps c = ColumnTraps.draw(config, ccd[i], segment[i]);
            System.arraycopy(c.fast(), 0, norm[0], i * Sxi.RAW_COLUMNS, Sxi.RAW_COLUMNS);
            System.arraycopy(c.slow(), 0, norm[1], i * Sxi.RAW_COLUMNS, Sxi.RAW_COLUMNS);
            System.arraycopy(c.anomalous(), 0, norm[2], i * Sxi.RAW_COLUMNS, Sxi.RAW_COLUMNS);
        }
        t.put("PARA_F_NORM", norm[0]);
        t.put("PARA_S_NORM", norm[1]);
        t.put("PARA_A_NORM", norm[2]);
    }

    private void anomalies(EventChunk t, int[] ccd) {
        int[] actX = t.ints("ACTX");
        int[] low = new int[t.rows()];
        int[] high = new int[t.rows()];
        for (int n = 0; n < Sxi.ALL_SEGMENTS; n++) {
            Map<Integer, int[]> s = ColumnTraps.draw(config, n / Sxi.SEGMENTS, n % Sxi.SEGMENTS).stretches();
            for (int i = 0; i < t.rows(); i++) {
                if (ccd[i] == n / Sxi.SEGMENTS && s.containsKey(actX[i])) {
                    low[i] = s.get(actX[i])[0];
                    high[i] = s.get(actX[i])[1];
                }
            }
        }
        t.put("ANOMALY_MIN", low);
        t.put("ANOMALY_MAX", high);
    }
}
