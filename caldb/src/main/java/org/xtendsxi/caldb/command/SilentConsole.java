// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.command;

/** A console that says nothing. */
final class SilentConsole implements Console {
    @Override
    public void result(String line) {
        // nobody listens
    }

    @Override
    public void say(String line) {
        // nobody listens
    }

    @Override
    public void explain(String line) {
        // nobody listens
    }

    @Override
    public void warn(String line) {
        // nobody listens
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Progress progress(String task, long total, String unit) {
        return new Progress() {
            @Override
            public void advance(long units) {
                // nobody watches
            }

            @Override
            public void close() {
                // nothing to give back
            }
        };
    }
}
