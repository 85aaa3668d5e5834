// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.calib.common.CalibrationData;
import org.xtendsxi.calib.common.CalibrationOptions;
import org.xtendsxi.calib.common.CalibrationWriter;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.LineOption;
import org.xtendsxi.calib.common.NaturalLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sxi calib rmfparam}: line shape. */
@Command(name = "rmfparam", description = "Line shape for the response: width of the main peak against energy, second "
        + "peak, Si escape and fluorescence, from lines in the PI spectrum of X-ray grades that stand alone; two or "
        + "more tell how the width grows with energy.")
public final class RmfParamCommand implements SxiCommand {
    @Mixin
    CalibrationOptions options;
    @Mixin
    LineOption lines;
    @Option(names = "--no-second", description = "Takes the line as one peak.")
    boolean noSecond;
    @Option(names = "--systematic", defaultValue = "0.5", paramLabel = "EV",
            description = "Uncertainty of each width beside its statistical error (default: ${DEFAULT-VALUE}).")
    double systematic;
    @Option(names = "--regions", defaultValue = "plane", paramLabel = "WORD",
            description = "Parts with parameters of their own: plane (one), ccd (four) or segment (eight) "
            + "(default: ${DEFAULT-VALUE}).")
    String regions;
    @Option(names = "--constant",
            description = "Also measures the part spread evenly below a line; only if the source has no continuum.")
    boolean constant;

    @Override
    public void run(Console console) {
        List<NaturalLine> wanted = lines.natural().stream()
                .sorted(Comparator.comparingDouble(NaturalLine::energy)).toList();
        Division division = Arrays.stream(Division.values()).filter(d -> d.name().equalsIgnoreCase(regions)).findFirst()
                .orElseThrow(() -> SxiException.usage("--regions is not known").value(regions)
                        .limit("plane, ccd or segment").todo("give one of these").build());
        if (systematic < 0) {
            throw SxiException.usage("--systematic is out of range").value(systematic).limit("not below 0")
                    .todo("correct it").build();
        }
        CalibrationData data = options.data(console);
        CalibrationWriter writer = options.writer(data);
        Path target = writer.target(CaldbKind.RMF_PARAMETERS, data);
        List<Division.Area> areas = division.areas(TelDef.load(data.caldb().file(data.entry(CaldbKind.TELDEF))),
                data.readout().activeNode());
        List<PiSpectrum> spectra = areas.stream().map(x -> new PiSpectrum(options.source())).toList();
        data.stream(console, c -> PiSpectrum.accept(c, spectra, division::of));
        RegionShape.Wanted w = new RegionShape.Wanted(wanted, options.minCounts(), !noSecond, constant, systematic);
        List<RegionShape> shapes = shapes(areas, spectra, w, console);
        List<Finding> findings = shapes.stream().distinct().flatMap(s -> s.findings().stream()).toList();
        String mode = data.readout().mode();
        int ci = data.readout().injection().status();
        double time = Math.min(data.epoch().ofCalendar(writer.validFrom()), data.start());
        writer.write(target, CaldbKind.RMF_PARAMETERS.name(), data.header(),
                new CalibrationWriter.Notes("line shape from " + lines, notes(data), findings),
                (file, k) -> ResponseRows.write(file, k.set("CBD10001", "DATAMODE(" + mode + ")", "boundary")
                        .set("CBD20001", "CISTATUS(" + ci + ")", "boundary").set("DATAMODE", mode,
                        "class of data modes").set("CISTATUS", ci, "charge injection"),
                        CaldbKind.RMF_PARAMETERS.name(), time, areas, shapes.stream().map(ResponseRows::new).toList()));
        ShapeReport page = new ShapeReport(target);
        for (int i = 0; i < areas.size(); i++) {
            page.add(areas.get(i).name(), shapes.get(i));
        }
        Finding.tellPoor(findings, console);
        console.say(areas.size() + " regions; report " + page.write());
        console.result(target.toString());
    }

    /** Shape of every part; one with too few events has that of the whole plane. */
    private List<RegionShape> shapes(List<Division.Area> areas, List<PiSpectrum> spectra, RegionShape.Wanted wanted,
            Console console) {
        PiSpectrum whole = PiSpectrum.sum(spectra);
        if (whole.events() < options.minCounts()) {
            throw SxiException.data("too few events for a calibration").value(whole.events()).limit("at least "
                    + options.minCounts()).todo("give more observations, or lower --min-counts").build();
        }
        List<Integer> poor = IntStream.range(0, areas.size())
                .filter(i -> spectra.get(i).events() < options.minCounts()).boxed().toList();
        Optional<RegionShape> all = poor.isEmpty() ? Optional.empty()
                : Optional.of(RegionShape.of(new Division.Area("whole plane", 0, new short[0], new short[0]), whole,
                        wanted, console));
        poor.forEach(i -> console.warn(areas.get(i).name() + ": has the shape of the whole plane, "
                + spectra.get(i).events() + " events are fewer than " + options.minCounts()));
        return IntStream.range(0, areas.size()).mapToObj(i -> poor.contains(i) ? all.orElseThrow()
                : RegionShape.of(areas.get(i), spectra.get(i), wanted, console)).toList();
    }

    private List<String> notes(CalibrationData data) {
        List<String> out = new ArrayList<>(List.of(
                "lines " + lines + ", systematic " + systematic + " eV, regions " + regions
                + (constant ? ", constant part measured" : ""),
                data.rows() + " events in " + data.files().size() + " files, DATAMODE " + data.readout().mode()
                        + ", CISTATUS " + data.readout().injection().status(), data.temperatures()));
        data.files().forEach(p -> out.add("events " + p.getFileName()));
        return out;
    }
}
