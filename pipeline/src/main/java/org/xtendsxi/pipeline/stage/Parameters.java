// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xtendsxi.caldb.error.Nearest;
import org.xtendsxi.caldb.error.SxiException;

/** Checked values of a stage's parameters; a parameter that the user did not give has its default. */
public final class Parameters {
    private final String stage;
    private final SortedMap<String, String> values = new TreeMap<>();

    private Parameters(String stage) {
        this.stage = stage;
    }

    /**
     * Defaults overlaid with the user's values.
     *
     * @param stage owner
     * @param declared all parameters of the stage
     * @param given the user's values by name
     * @throws SxiException (usage) on an unknown name or an illegal value
     */
    public static Parameters of(String stage, List<Parameter> declared, Map<String, String> given) {
        Parameters p = new Parameters(stage);
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Parameter d : declared) {
            byName.put(d.name(), d);
            p.values.put(d.name(), d.defaultValue());
        }
        given.forEach((name, value) -> {
            Parameter d = byName.get(name);
            if (d == null) {
                throw SxiException.usage("stage " + stage + " has no parameter " + name)
                        .limit(String.join(", ", byName.keySet()))
                        .todo("did you mean " + Nearest.of(name, byName.keySet()) + "?").build();
            }
            p.values.put(name, d.check(stage, value));
        });
        return p;
    }

    /** The same values but for one. */
    public Parameters with(String name, String value) {
        text(name);
        Parameters p = new Parameters(stage);
        p.values.putAll(values);
        p.values.put(name, value);
        return p;
    }

    /** All values by name, sorted. */
    public SortedMap<String, String> all() {
        return java.util.Collections.unmodifiableSortedMap(values);
    }

    /** Value as text. */
    public String text(String name) {
        String v = values.get(name);
        if (v == null) {
            throw new IllegalArgumentException("stage " + stage + " declares no parameter " + name);
        }
        return v;
    }

    /** Value as a whole number. */
    public int integer(String name) {
        return Math.toIntExact(Long.parseLong(text(name)));
    }

    /** Value as a 64-bit whole number. */
    public long longInteger(String name) {
        return Long.parseLong(text(name));
    }

    /** Value as a floating-point number. */
    public double real(String name) {
        return Double.parseDouble(text(name));
    }

    /** Value of a switch. */
    public boolean yes(String name) {
        return text(name).equals("yes");
    }
}
