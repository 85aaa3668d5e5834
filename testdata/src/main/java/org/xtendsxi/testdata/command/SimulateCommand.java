// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi simulate}: an observation directory with frames and truth. */
@Command(name = "simulate", description = "Simulates an observation: CCD frames, dark frames and the truth beside.")
public final class SimulateCommand implements SxiCommand {
    @Parameters(index = "0", paramLabel = "OUT", description = "Folder in which the observation directory is made.")
    Path out;
    @Option(names = "--obsid", defaultValue = "900000001",
            description = "Observation number, nine digits (default: ${DEFAULT-VALUE}).")
    String obsid;
    @Option(names = "--seed", defaultValue = "1",
            description = "Seed; equal seeds give equal data (default: ${DEFAULT-VALUE}).")
    long seed;
    @Option(names = "--scene", defaultValue = "point",
            description = "fe55, point, cluster, blank or ground (default: ${DEFAULT-VALUE}).")
    String scene;
    @Option(names = "--exposure", defaultValue = "400", paramLabel = "SECONDS",
            description = "Time, cycles of 4 s (default: ${DEFAULT-VALUE}).")
    double exposure;
    @Option(names = "--mode", defaultValue = "full",
            description = "full, burst2s, burst, w8 or w8burst (default: ${DEFAULT-VALUE}).")
    String mode;
    @Option(names = "--effects", defaultValue = "all", paramLabel = "LIST",
            description = "all (default set), full, none, or a list.")
    String effects;
    @Option(names = "--level", defaultValue = "frames", description = "frames; event lists are not simulated.")
    String level;
    @Option(names = "--ccds", defaultValue = "0-3", paramLabel = "LIST",
            description = "CCD_IDs, such as 0-3 or 1,2 (default: ${DEFAULT-VALUE}).")
    String ccds;
    @Option(names = "--dark-cycles", defaultValue = "48", paramLabel = "N",
            description = "Dark cycles before (default: ${DEFAULT-VALUE}).")
    int darkCycles;
    @Option(names = "--threads", defaultValue = "0", paramLabel = "N",
            description = "Threads, 0 for all processors (default: ${DEFAULT-VALUE}).")
    int threads;

    @Override
    public void run(Console console) {
        if (!level.equals("frames")) {
            throw SxiException.usage("level is not simulated by this version").value(level).limit("frames")
                    .todo("leave out --level").build();
        }
        DataMode dataMode = DataMode.ofUserName(mode).orElseThrow(() -> SxiException.usage("mode is not known")
                .value(mode).limit(Arrays.stream(DataMode.values()).map(DataMode::userName).toList())
                .todo("give one of these to --mode").build());
        SimulationConfig c = SimulationConfig.of(SceneKind.parse(scene), seed, cycles()).withObsid(obsid)
                .withMode(dataMode).withEffects(Effect.parse(effects)).withCcds(ccdList()).withDarkCycles(darkCycles);
        int workers = threads > 0 ? threads : Host.processors();
        console.result(new ObservationWriter(c, out).write(workers, console).toString());
    }

    private int cycles() {
        double n = Math.ceil(exposure / SimulationConfig.CYCLE);
        if (!(n >= 1 && n <= Integer.MAX_VALUE)) {
            throw SxiException.usage("exposure is not usable").value(exposure).limit("4 s or more")
                    .todo("correct --exposure").build();
        }
        return (int) n;
    }

    private List<Integer> ccdList() {
        if (!ccds.matches("[0-3](-[0-3])?(,[0-3](-[0-3])?)*")) {
            throw noCcds();
        }
        return Arrays.stream(ccds.split(",")).flatMap(part -> {
            int first = part.charAt(0) - '0';
            int last = part.charAt(part.length() - 1) - '0';
            if (last < first) {
                throw noCcds();
            }
            return IntStream.rangeClosed(first, last).boxed();
        }).toList();
    }

    private SxiException noCcds() {
        return SxiException.usage("list of CCDs cannot be read").value(ccds).limit("such as 0-3 or 1,2")
                .todo("correct --ccds").build();
    }
}
