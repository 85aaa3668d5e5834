// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.teldef.SkyPlane;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.orbit.housekeeping.OrbitEhk;
import org.xtendsxi.pipeline.ehk.EhkMaker;
import org.xtendsxi.pipeline.ehk.EhkRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi ehk}: extended housekeeping from orbit and attitude. */
@Command(name = "ehk",
        description = "Extended housekeeping (EHK) from an orbit and an attitude file: position, elevation "
        + "above lit and dark Earth, South Atlantic Anomaly, cut-off rigidity.")
public final class EhkCommand implements SxiCommand {
    private static final String INSTRUMENT = "XTEND";

    @Parameters(index = "0", paramLabel = "ORBIT", description = "Orbit file, extension ORBIT.")
    Path orbit;
    @Parameters(index = "1", paramLabel = "ATTITUDE", description = "Attitude file, extension ATTITUDE.")
    Path attitude;
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "EHK file.")
    Path out;
    @Option(names = "--nominal", paramLabel = "RA,DEC",
            description = "Nominal pointing, deg (default: RA_NOM, DEC_NOM of the orbit file, else the mean pointing).")
    Optional<String> nominal = Optional.empty();
    @Option(names = "--teldef", paramLabel = "FILE", description = "TelDef file (default: that of the calibration).")
    Optional<Path> teldef = Optional.empty();
    @Option(names = "--caldb", paramLabel = "DIR", description =
            "Calibration database (default: $CALDB, else the model).")
    Optional<Path> caldb = Optional.empty();
    @Option(names = "--set", paramLabel = "NAME=VALUE", description =
            "Parameter of the stage ehk (sxi stages lists them).")
    Map<String, String> set = new LinkedHashMap<>();

    @Override
    public void run(Console console) {
        org.xtendsxi.pipeline.stage.Parameters p = org.xtendsxi.pipeline.stage.Parameters.of(EhkMaker.SPEC.id(),
                EhkMaker.SPEC.parameters(), set);
        Keywords k;
        try (FitsReader f = FitsReader.open(orbit)) {
            k = f.need("ORBIT").keywords();
        }
        TelDef definition = TelDef.load(teldef.orElseGet(() -> ofCaldb(k)));
        new OrbitEhk().make(new EhkRequest(orbit, attitude, definition.toSky(), pointing(k), p), out)
                .forEach(console::warn);
        console.result(out.toString());
    }

    private Optional<SkyPlane.Direction> pointing(Keywords k) {
        if (nominal.isEmpty()) {
            return k.has("RA_NOM") && k.has("DEC_NOM")
                    ? Optional.of(new SkyPlane.Direction(k.needReal("RA_NOM"), k.needReal("DEC_NOM")))
                    : Optional.empty();
        }
        String[] words = nominal.get().split(",");
        try {
            if (words.length == 2) {
                return Optional.of(new SkyPlane.Direction(Double.parseDouble(words[0]), Double.parseDouble(words[1])));
            }
        } catch (NumberFormatException e) {
            // told below, as another number of words is
        }
        throw SxiException.usage("--nominal is no pointing").value(nominal.get()).limit("RA,DEC in degrees")
                .todo("correct it").build();
    }

    private Path ofCaldb(Keywords k) {
        Caldb db = Caldb.open(caldb);
        MissionTime time = new MissionTime(k.needInteger("MJDREFI"), k.real("MJDREFF").orElse(0));
        return db.file(db.select(CaldbQuery.of(CaldbKind.TELDEF, k.text("TELESCOP").orElse("XRISM").strip(), INSTRUMENT,
                time.mjd(k.needReal("TSTART")), DataMode.WINDOW1, 0)));
    }
}
