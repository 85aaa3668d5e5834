// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;

/** A console that keeps its warnings. */
public final class Warnings implements Console {
    private final List<String> all = new ArrayList<>();

    /** All of them. */
    public List<String> all() {
        return all;
    }

    @Override
    public void result(String line) {
        // no matter
    }

    @Override
    public void say(String line) {
        // no matter
    }

    @Override
    public void explain(String line) {
        // no matter
    }

    @Override
    public void warn(String line) {
        all.add(line);
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Progress progress(String task, long total, String unit) {
        return Console.silent().progress(task, total, unit);
    }
}
