// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.ehk;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.StageSpec;

/**
 * Computes an EHK file (events-coords-screening section 4.1). Found by ServiceLoader, because the library of orbits is
 * big and only observations without an EHK file need it.
 */
public interface EhkMaker {
    /** Contract of the stage. Every default that stands in for a flight value says so. */
    StageSpec SPEC = new StageSpec("ehk", "EHK from orbit and attitude, where the observation has no EHK file",
            List.of(), List.of(), List.of("teldef"), List.of(), List.of(StageSpec.ENABLED,
                    Parameter.real("bintime", "s", 0.1, 60, 1, "time between rows"),
                    Parameter.choice("orbframe", List.of("J2000", "TOD"), "equator and equinox of the orbit file"),
                    Parameter.real("earthradius", "km", 6300, 6500, 6378.137, "radius of the Earth's limb"),
                    Parameter.text("saa", "MODEL", "South Atlantic Anomaly of the instrument: file of the mission "
                            + "(xa_gen_saa_*.fits), corners LON:LAT joined by commas, MODEL (a stand-in), or NONE"),
                    Parameter.text("cor2file", "NONE", "map of cut-off rigidity for COR2, such as "
                            + "rigidity_20060421.fits"),
                    Parameter.text("cor3file", "NONE", "the same for COR3, such as rigidity_20160101.fits"),
                    Parameter.real("rigidity", "GV", 10, 20, 14.3, "cut-off at the equator of the dipole; a stand-in"),
                    Parameter.real("polelat", "deg", 60, 90, 80.7, "latitude of the north pole of the dipole"),
                    Parameter.real("polelon", "deg", -180, 180, -72.7, "longitude of that pole")));

    /** The maker of this installation, if it has one. */
    static Optional<EhkMaker> find() {
        return ServiceLoader.load(EhkMaker.class).findFirst();
    }

    /**
     * Makes the file: one row per {@code bintime} of the time that orbit and attitude have in common.
     *
     * @param out EHK file to write
     * @return what the user should know of it, such as time without orbit
     * @throws org.xtendsxi.caldb.error.SxiException (data) if a file cannot be used or they have no time in common
     */
    List<String> make(EhkRequest request, Path out);
}
