// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.exposure;

import java.nio.file.Path;
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
import org.xtendsxi.caldb.time.MissionTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi exposuremap}: how long each pixel of the sky was seen. */
@Command(name = "exposuremap",
        description = "Exposure map of a cleaned event file in sky coordinates, with its pointings.")
public final class ExposureCommand implements SxiCommand {
    @Parameters(index = "0", paramLabel = "EVT", description = "Cleaned event file: good time and nominal pointing.")
    Path events;
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Exposure map.")
    Path out;
    @Option(names = "--bad-pixels", required = true, paramLabel = "FILE", description = "Bad-pixel image (.bimg): bad "
            + "pixels and columns, charge-injection rows, window.")
    Path badPixels;
    @Option(names = "--flickering", paramLabel = "FILE",
            description = "Flickering pixels (.fpix); lose their time only.")
    Optional<Path> flickering = Optional.empty();
    @Option(names = "--attitude", paramLabel = "FILE", description = "Attitude (default: the nominal pointing).")
    Optional<Path> attitude = Optional.empty();
    @Option(names = "--teldef", paramLabel = "FILE", description = "TelDef file (default: that of the calibration).")
    Optional<Path> teldef = Optional.empty();
    @Option(names = "--caldb", paramLabel = "DIR",
            description = "Calibration database (default: $CALDB, else the model).")
    Optional<Path> caldb = Optional.empty();
    @Option(names = "--vignetting", paramLabel = "FILE",
            description = "Vignetting of the mirror: a file (OGIP VIGNET) or CALDB (default: off).")
    Optional<Path> vignetting = Optional.empty();
    @Option(names = "--energy", paramLabel = "KEV", defaultValue = "1", description = "Energy of the vignetting.")
    double kev;
    @Option(names = "--keep-source", description = "Areas of the calibration source count too.")
    boolean keepSource;
    @Option(names = "--step", paramLabel = "SECONDS", defaultValue = "8",
            description = "Longest step between attitudes.")
    double step;
    @Option(names = "--cell", paramLabel = "PIXELS", defaultValue = "1", description = "Pointings in one cell are one.")
    double cell;

    @Override
    public void run(Console console) {
        if (!(step > 0 && cell > 0 && kev > 0)) {
            throw SxiException.usage("--step, --cell and --energy must be positive").value(step + ", " + cell + ", "
                    + kev)
                    .todo("correct them").build();
        }
        ExposureMap map = new ExposureRequest(events, badPixels, flickering, attitude,
                teldef.orElseGet(() -> ofCaldb(CaldbKind.TELDEF)),
                vignetting.map(v -> v.toString().equals("CALDB") ? ofCaldb(CaldbKind.VIGNET) : v), kev, !keepSource,
                step, cell).make(out);
        console.say(String.format("longest exposure %.1f s, %d pointings", map.longest(), map.pointings()));
        if (map.lost() > 0) {
            console.warn(String.format("%.1f s of good time have no attitude and count nothing", map.lost()));
        }
        console.result(out.toString());
    }

    private Path ofCaldb(CaldbKind kind) {
        try (FitsReader f = FitsReader.open(events)) {
            Keywords k = f.need("EVENTS").keywords();
            Caldb db = Caldb.open(caldb);
            MissionTime time = new MissionTime(k.needInteger("MJDREFI"), k.needReal("MJDREFF"));
            DataMode mode = DataMode.of(k.needText("DATAMODE")).orElseThrow(() -> k.at(SxiException.data(
                    "data mode is not known"), "DATAMODE").todo("repair the header").build());
            return db.file(db.select(CaldbQuery.of(kind, k.needText("TELESCOP"), k.needText("INSTRUME"),
                    time.mjd(k.needReal("TSTART")), mode, (int) k.integer("CISTATUS").orElse(0))));
        }
    }
}
