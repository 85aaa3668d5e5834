// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.time.MissionTime;

/**
 * A calibration file chosen for a run.
 *
 * @param kind code name
 * @param query what was asked
 * @param path file
 * @param extension HDU number, 0 for the primary
 * @param indexRow row of the index, from 1
 * @param sha256 digest of the file
 */
record CalibrationFile(CaldbKind kind, String query, Path path, int extension, int indexRow, String sha256) {

    /**
     * Chooses the files of all kinds for an event file.
     *
     * @param caldb database
     * @param kinds kinds needed
     * @param header keywords of the events: TELESCOP, INSTRUME, DATAMODE, CISTATUS and times
     * @param start start of the observation, s of mission time
     * @param lock choice of an earlier run, empty to ask the index
     * @param errors takes what is missing, so that all of it is told at once
     */
    static Map<CaldbKind, CalibrationFile> choose(Caldb caldb, List<CaldbKind> kinds, Keywords header, double start,
            Optional<CalibrationLock> lock, List<SxiException> errors) {
        Map<CaldbKind, CalibrationFile> out = new EnumMap<>(CaldbKind.class);
        Map<Path, String> digests = new HashMap<>();
        String name = header.needText("DATAMODE");
        DataMode mode = DataMode.of(name).orElseThrow(() -> header.at(SxiException.data("data mode is not known"),
                "DATAMODE").value(name).todo("repair the header").build());
        int ci = (int) header.integer("CISTATUS").orElse(0);
        MissionTime time = new MissionTime((int) header.integer("MJDREFI").orElse(MissionTime.XRISM.mjdRefI()),
                header.real("MJDREFF").orElse(MissionTime.XRISM.mjdRefF()));
        for (CaldbKind kind : kinds) {
            CaldbQuery q = CaldbQuery.of(kind, header.text("TELESCOP").orElse("XRISM"),
                    header.text("INSTRUME").orElse("XTEND"), time.mjd(start), mode, ci);
            try {
                if (lock.isPresent()) {
                    out.put(kind, lock.get().select(caldb, q));
                    continue;
                }
                CaldbEntry e = caldb.select(q);
                Path file = caldb.file(e);
                out.put(kind, new CalibrationFile(kind, q.text(), file, e.extension(), e.row(),
                        digests.computeIfAbsent(file, Digest::of)));
            } catch (SxiException e) {
                if (kind == CaldbKind.SELECT && lock.isEmpty()) {
                    out.put(kind, model(q));
                } else {
                    errors.add(e);
                }
            }
        }
        return out;
    }

    /** The screening expressions that come with the program, for a database that has none. */
    private static CalibrationFile model(CaldbQuery q) {
        Caldb model = Caldb.model();
        CaldbEntry e = model.select(q);
        Path file = model.file(e);
        return new CalibrationFile(q.kind(), q.text(), file, e.extension(), e.row(),
                Digest.of(file));
    }

    /** Files in order of kind. */
    static List<CalibrationFile> sorted(Map<CaldbKind, CalibrationFile> files) {
        return List.copyOf(new TreeMap<>(files).values());
    }
}
