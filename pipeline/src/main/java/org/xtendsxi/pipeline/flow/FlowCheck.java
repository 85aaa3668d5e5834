// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.error.Nearest;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.pipeline.energy.PulseStage;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** Checks contracts before the first byte of data is read. */
final class FlowCheck {
    private FlowCheck() {
    }

    /**
     * Parameters of all stages.
     *
     * @param set the user's values by stage and name
     * @param seed seed of the run, for every stage that has one of its own
     * @throws SxiException (usage) on an unknown stage or parameter, or an illegal value
     */
    static Map<String, Parameters> parameters(Map<String, Map<String, String>> set, long seed) {
        Map<String, Parameters> out = new LinkedHashMap<>();
        for (StageSpec s : Flow.stages()) {
            if (!out.containsKey(s.id())) {
                Map<String, String> given = set.getOrDefault(s.id(), Map.of());
                Parameters p = Parameters.of(s.id(), s.parameters(), given);
                out.put(s.id(), s.parameters().contains(PulseStage.SEED) && !given.containsKey(PulseStage.SEED.name())
                        ? p.with(PulseStage.SEED.name(), Integer.toString((int) seed)) : p);
            }
        }
        for (String stage : new TreeMap<>(set).keySet()) {
            if (!out.containsKey(stage)) {
                throw SxiException.usage("there is no stage " + stage).limit(String.join(", ", out.keySet()))
                        .todo("did you mean " + Nearest.of(stage, out.keySet()) + "?").build();
            }
        }
        return out;
    }

    /** No two stages may own a STATUS flag; stages of the same id are passes of one stage. */
    static void statusOwners() {
        Map<StatusFlag, String> owner = new EnumMap<>(StatusFlag.class);
        for (StageSpec s : Flow.stages()) {
            for (StatusFlag f : s.statusBits()) {
                String other = owner.putIfAbsent(f, s.id());
                if (other != null && !other.equals(s.id())) {
                    throw new IllegalStateException(f + " is owned by " + other + " and " + s.id());
                }
            }
        }
    }

    /**
     * Every column that a stage reads must be there with the same unit, or written before.
     *
     * @param stages stages in order
     * @param input columns of the input
     * @param file name for messages
     * @return what is wrong, empty if nothing
     */
    static List<SxiException> columns(List<StageSpec> stages, EventSchema input, String file) {
        List<SxiException> errors = new ArrayList<>();
        Map<String, Column> have = new HashMap<>();
        input.columns().forEach(c -> have.put(c.name(), c));
        for (StageSpec s : stages) {
            for (Column wanted : s.reads()) {
                Column c = have.get(wanted.name());
                if (c == null) {
                    errors.add(SxiException.data("column is missing for stage " + s.id()).in(file).hdu("EVENTS")
                            .column(wanted.name()).todo("give an event file that has it").build());
                } else if (c.width() != wanted.width()) {
                    errors.add(SxiException.data("column has another length than stage " + s.id() + " expects").in(file)
                            .hdu("EVENTS").column(c.name()).value(c.format()).limit(wanted.format())
                            .todo("write the column with the format of the event file").build());
                } else if (!wanted.unit().isEmpty() && !c.unit().isEmpty()
                        && !unit(wanted.unit()).equals(unit(c.unit()))) {
                    errors.add(SxiException.data("column has another unit than stage " + s.id() + " expects").in(file)
                            .hdu("EVENTS").column(c.name()).value(c.unit()).limit(wanted.unit())
                            .todo("convert the column").build());
                }
            }
            s.writes().forEach(c -> have.put(c.name(), c));
        }
        return errors;
    }

    private static String unit(String text) {
        return text.strip().toLowerCase(java.util.Locale.ROOT).replaceFirst("^(pix|pixels)$", "pixel")
                .replaceFirst("^channel$", "chan");
    }
}
