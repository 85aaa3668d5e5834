// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.Progress;

/** Passes on what a task says, and keeps its results and its warnings. */
public final class ResultConsole implements Console {
    private final Console user;
    private final List<String> results = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * Nothing kept yet.
     *
     * @param user to whom everything but results is passed on
     */
    public ResultConsole(Console user) {
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
    public List<String> results() {
        return List.copyOf(results);
    }

    /** Warnings. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
