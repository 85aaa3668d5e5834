// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;

/** Passes on what a step says, and keeps its result and its warnings. */
final class ResultConsole implements Console {
    private final Console user;
    private final List<String> results = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    ResultConsole(Console user) {
        this.user = user;
    }

    @Override
    public void result(String line) {
        results.add(line);
    }

    @Override
    public void say(String line) {
        user.say(line);
    }

    @Override
    public void explain(String line) {
        user.explain(line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
        user.warn(line);
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Progress progress(String task, long total, String unit) {
        return user.progress(task, total, unit);
    }

    /** Lines of result. */
    List<String> results() {
        return List.copyOf(results);
    }

    /** Warnings. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
