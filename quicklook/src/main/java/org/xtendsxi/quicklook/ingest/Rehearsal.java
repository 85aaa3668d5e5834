// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.SourceFile.State;
import org.xtendsxi.quicklook.store.TrendStore;

/**
 * What is done while nothing else is to be done: darks are made of the newest dark frames, and these are taken as if
 * they were raw and the result is forgotten. Thus the first cycle waits neither for its dark nor for calibration files,
 * nor for Java to compile the stages.
 */
final class Rehearsal {
    /** Pieces at most. */
    private static final int PIECES = 8;

    private final Setting setting;
    private final TrendStore store;
    private final DarkChoice choice;
    private String identity = "";
    private Optional<FrameSession> session = Optional.empty();
    private SourceFile taken;
    private int left;

    Rehearsal(Setting setting, TrendStore store, DarkChoice choice) {
        this.setting = setting;
        this.store = store;
        this.choice = choice;
    }

    /**
     * Goes on for a piece, so that frames that have come in the meantime wait for no more than that.
     *
     * @param dark a complete file of dark frames; another one than before begins anew
     * @param path where it is now
     * @param auxiliary attitude and housekeeping of its observation by suffix
     * @return whether there is more to do
     */
    boolean advance(SourceFile dark, Path path, Map<String, Path> auxiliary) {
        if (!dark.identity().equals(identity)) {
            end();
            identity = dark.identity();
            taken = dark.at(0, State.GROWING, "");
            left = PIECES;
            session = choice.ofDarkFrames(dark)
                    .map(d -> FrameSession.ofDark(setting, store, taken, path, d));
        } else if (session.isPresent()) {
            taken = session.get().advance(taken, path, true, auxiliary, 0).file();
            left--;
            if (left == 0 || taken.state() == State.DONE) {
                end();
            }
        }
        return session.isPresent();
    }

    /** Ends, because raw frames are there, or it cannot go on. */
    void end() {
        session.ifPresent(FrameSession::close);
        session = Optional.empty();
    }
}
