// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.calib.gain.LineGain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi calib modelgain}: gain and grade offsets of the model calibration from a simulated ground calibration. */
@Command(name = "modelgain", description = "Gain and grade offsets from an event list of lines of known energy.")
public final class ModelGainCommand implements SxiCommand {
    @Parameters(index = "0", paramLabel = "EVT",
            description = "Unfiltered event list, calibrated without grade offsets.")
    Path events;
    @Option(names = "--lines", defaultValue = "676.8,1486.7,2622.4,4510.8,5895,8047.8,9886.4", paramLabel = "EV,...",
            description = "Energies of the lines, eV (default: ${DEFAULT-VALUE}).")
    String lines;
    @Option(names = "--scale", defaultValue = "6.15", paramLabel = "EV",
            description = "Energy per channel of pulse height (default: ${DEFAULT-VALUE}).")
    double scale;
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Properties file to write.")
    Path out;

    @Override
    public void run(Console console) {
        double[] energies;
        try {
            energies = Arrays.stream(lines.split(",")).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw SxiException.usage("--lines cannot be read").value(lines).limit("numbers joined by commas")
                    .todo("correct it").cause(e).build();
        }
        LineGain g = LineGain.derive(events, energies, scale);
        try {
            Files.writeString(out, "# SPDX-License-Identifier: Apache-2.0\n"
                    + "# Model values from a simulated ground calibration; see docs/model-gain.md.\n"
                    + g.properties(scale));
        } catch (IOException e) {
            throw SxiException.output("file cannot be written").in(out).value(e.getMessage()).cause(e)
                    .todo("check that the folder is writable").build();
        }
        console.say(String.format("%d peaks; lines within %s eV of their energies", g.peaks(), Arrays.toString(
                Arrays.stream(g.residuals()).map(r -> Math.round(r * 100) / 100.0).toArray())));
        console.result(out.toString());
    }
}
