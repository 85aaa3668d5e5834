// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import java.util.List;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.instrument.StatusFlag;

/**
 * The declared contract of a stage. The runner checks that every column read exists or is written by an earlier stage
 * with the same unit, that calibration is found, and that no two stages own a STATUS bit, before the first byte is
 * read.
 *
 * @param id lower-case name, unique in the flow; also the prefix of its parameters
 * @param title what it does, one line
 * @param reads columns read, with the unit expected (empty: any)
 * @param writes columns written, with type, unit, null and range
 * @param calibration kinds of calibration files needed, such as {@code cti}
 * @param statusBits STATUS flags that the stage sets and clears
 * @param parameters its parameters
 */
public record StageSpec(String id, String title, List<Column> reads, List<Column> writes, List<String> calibration,
        List<StatusFlag> statusBits, List<Parameter> parameters) {
    /** Parameter of the stages that the user may switch off. */
    public static final Parameter ENABLED = Parameter.yesNo("enabled", true, "make this step");

    /** Copies the lists. */
    public StageSpec {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        calibration = List.copyOf(calibration);
        statusBits = List.copyOf(statusBits);
        parameters = List.copyOf(parameters);
    }

    /** Whether the stage works with some values of its parameters. */
    public boolean enabled(Parameters values) {
        return !parameters.contains(ENABLED) || values.yes(ENABLED.name());
    }

    /** Parameters with other values than the defaults, as {@code id.name=value}. */
    public List<String> changed(Parameters values) {
        return parameters.stream().filter(p -> !values.text(p.name()).equals(p.defaultValue()))
                .map(p -> id + "." + p.name() + "=" + values.text(p.name())).toList();
    }
}
