// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

/**
 * A line of the journal: how far a file has been taken.
 *
 * @param identity what the data are, whatever the name of the file
 * @param path path relative to the watched directory
 * @param kind what it holds
 * @param dataset observation, mode and data class; empty for other files
 * @param rows rows taken
 * @param size bytes when last seen
 * @param state state
 * @param message what is wrong, or empty
 * @param changed when it last changed, s since 1970
 */
public record SourceFile(String identity, String path, Kind kind, String dataset, long rows, long size, State state,
        String message, double changed) {

    /** What a file holds. */
    public enum Kind {
        /** Raw frames. */
        FRAMES,
        /** Dark frames. */
        DARK,
        /** Event list. */
        EVENTS,
        /** Housekeeping. */
        HOUSEKEEPING,
        /** A FITS file that the page does not need. */
        OTHER
    }

    /** States of a file. */
    public enum State {
        /** Shorter than its header says, and still changing. */
        ARRIVING,
        /** Says itself that it is not complete. */
        GROWING,
        /** Waits for other data, such as the dark. */
        WAITING,
        /** Complete; all rows taken. */
        DONE,
        /** Cannot be used; the message says why. */
        BAD,
        /** No longer there; its rows are kept. */
        GONE
    }

    /** The same file further on. */
    public SourceFile at(long newRows, State newState, String newMessage) {
        return new SourceFile(identity, path, kind, dataset, newRows, size, newState, newMessage, changed);
    }

    /** The same file as seen now. */
    public SourceFile seen(String newPath, long newSize, double when) {
        return new SourceFile(identity, newPath, kind, dataset, rows, newSize, state, message, when);
    }
}
