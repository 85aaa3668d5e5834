// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.DataSetKeywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.LineOption;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.NaturalPeak;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.pipeline.caldbcommand.Listing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi calib compare}: what a new calibration does to a real spectrum. */
@Command(name = "compare", description = {"What a new calibration does to real data: the events go "
        + "through the energy chain with the old and with the new one.",
    "Tables themselves are compared by sxi diff OLD NEW."})
public final class CompareCommand implements SxiCommand {
    private static final Set<CaldbKind> CHAIN = EnumSet.of(CaldbKind.VT_EVEN_ODD, CaldbKind.CHARGE_TRAIL, CaldbKind.CTI,
            CaldbKind.SPLIT_TH, CaldbKind.GAIN, CaldbKind.HIT_PATTERN);

    @Parameters(index = "0", paramLabel = "OLD", description = "Calibration file, or folder of a database.")
    Path old;
    @Parameters(index = "1", paramLabel = "NEW", description = "The same of the new calibration.")
    Path fresh;
    @Option(names = "--data", required = true, arity = "1..*", paramLabel = "EVT",
            description = "Unfiltered event lists.")
    List<Path> events;
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the report page.")
    Path out;
    @Option(names = "--caldb", paramLabel = "DIR",
            description = "Calibration of the other kinds (default: $CALDB, else the model).")
    Optional<Path> caldb = Optional.empty();
    @Option(names = "--hk", paramLabel = "FILE", description = "Housekeeping of an observation; may be repeated.")
    List<Path> housekeeping = new ArrayList<>();
    @Mixin
    LineOption lines;

    @Override
    public void run(Console console) {
        List<NaturalLine> wanted = lines.natural();
        CalibrationData a;
        CalibrationData b;
        if (Files.isDirectory(old) && Files.isDirectory(fresh)) {
            a = CalibrationData.open(events, Optional.of(old), housekeeping);
            b = CalibrationData.open(events, Optional.of(fresh), housekeeping);
        } else {
            CaldbKind kind = kind(old);
            if (kind(fresh) != kind) {
                throw SxiException.usage("files of different kinds cannot be compared").in(fresh).value(kind(fresh))
                        .limit(kind + " of " + old).todo("give two files of one kind").build();
            }
            CalibrationData data = CalibrationData.open(events, caldb, housekeeping);
            a = data.with(kind, old);
            b = data.with(kind, fresh);
        }
        Side before = new Side(Selection.Source.ALL);
        Side after = new Side(Selection.Source.ALL);
        Changes changes = new Changes();
        a.stream(console, b, (x, y) -> {
            before.accept(x);
            after.accept(y);
            changes.accept(x, y);
        });
        if (before.events() + after.events() == 0) {
            throw SxiException.data("no X-ray event has an energy with either calibration").in(events.getFirst())
                    .value(changes.events() + " events").todo("check the event list and both calibrations").build();
        }
        List<LineChange> found = new ArrayList<>();
        for (NaturalLine line : wanted) {
            IntStream.range(-1, SegmentRow.COUNT).filter(s -> s < 0 || before.events(s) + after.events(s) > 0)
                    .mapToObj(s -> new LineChange(line, s, before.peak(line, s), after.peak(line, s)))
                    .forEach(found::add);
        }
        show(found, changes, console);
        Path page = new CompareReport(out.resolve(stem(old) + "_" + stem(fresh) + ".fits"), before, after).write(found,
                changes,
                a.files());
        console.say("report " + page);
    }

    /**
     * A line with both calibrations.
     *
     * @param line the line
     * @param segment {@link SegmentRow}, or -1 for all segments
     * @param before its fit in PI with the old calibration, if it is there
     * @param after the same with the new one
     */
    record LineChange(NaturalLine line, int segment, Optional<NaturalPeak> before, Optional<NaturalPeak> after) {
        String words() {
            return segment < 0 ? "all" : SegmentRow.words(segment);
        }

        /** Centroid with its error, eV. */
        static String centre(Optional<NaturalPeak> p) {
            return p.map(x -> String.format("%.2f ± %.2f", x.centre() * Sxi.EV_PER_CHANNEL,
                    x.centreError() * Sxi.EV_PER_CHANNEL)).orElse("-");
        }

        /** Width with its error, eV. */
        static String width(Optional<NaturalPeak> p) {
            return p.map(x -> String.format("%.1f ± %.1f", x.fwhm() * Sxi.EV_PER_CHANNEL,
                    x.fwhm() * Sxi.EV_PER_CHANNEL * x.sigmaError() / x.sigma())).orElse("-");
        }
    }

    private static void show(List<LineChange> found, Changes c, Console console) {
        Listing table = new Listing("line", "segment", "centroid_old_eV", "centroid_new_eV", "FWHM_old_eV",
                "FWHM_new_eV");
        found.forEach(f -> table.add(f.line().name(), f.words(), LineChange.centre(f.before()),
                LineChange.centre(f.after()),
                LineChange.width(f.before()), LineChange.width(f.after())));
        table.print(console);
        console.say(String.format("%d events: PI of %.2f %% changed (mean %.2f eV, scatter %.2f eV, "
                + "largest %.0f eV), GRADE of "
                + "%.2f %%; %d gained an energy, %d lost it", c.events(), c.piPercent(), c.mean(), c.scatter(),
                c.largest(),
                c.gradePercent(), c.gained(), c.lost()));
    }

    /** Kind of a calibration file by the code name of its first data set. */
    private static CaldbKind kind(Path file) {
        if (Files.isDirectory(file)) {
            throw SxiException.usage("a file cannot be compared with a database").in(file)
                    .todo("give two files or two folders").build();
        }
        return SxiException.asCalibration(() -> {
            try (FitsReader f = FitsReader.open(file)) {
                List<String> names = f.hdus().stream().map(Hdu::keywords).flatMap(k -> DataSetKeywords.of(k).stream())
                        .map(DataSetKeywords::codeName).distinct().toList();
                return names.stream().flatMap(n -> CaldbKind.of(n).stream()).filter(CHAIN::contains).findFirst()
                        .orElseThrow(() -> SxiException.calibration("file does not act on energies").in(f.path())
                                .column("CCNM0001").value(names).limit(CHAIN).todo("compare tables with sxi diff")
                                .build());
            }
        });
    }

    private static String stem(Path p) {
        return p.toAbsolutePath().normalize().getFileName().toString().replaceFirst("\\.fits(\\.gz)?$", "");
    }
}
