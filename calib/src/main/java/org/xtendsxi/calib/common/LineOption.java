// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The lines that a task fits; a picocli mix-in. */
public final class LineOption {
    @Option(names = "--lines", defaultValue = "MnKa", paramLabel = "LINE,...", completionCandidates = Names.class,
            description = "Lines: energies in eV, or ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    String words;

    /** Names that the help lists. */
    private static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(CalibrationLine.names());
        }
    }

    /** Lines. */
    public List<CalibrationLine> all() {
        return CalibrationLine.parse(words);
    }

    /** Lines with their natural shapes. */
    public List<NaturalLine> natural() {
        return all().stream().map(NaturalLine::of).toList();
    }

    /** Lines as the user gave them. */
    @Override
    public String toString() {
        return words;
    }
}
