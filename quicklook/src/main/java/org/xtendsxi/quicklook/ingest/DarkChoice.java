// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.quicklook.store.DarkRow;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.SourceFile.Kind;
import org.xtendsxi.quicklook.store.SourceFile.State;
import org.xtendsxi.quicklook.store.TrendStore;

/**
 * Which dark the frames of a data set get: the one that they had before a restart; else of the dark frames, once these
 * are complete; else of the first raw frames, once there are enough. The darks made last of dark frames are kept, for
 * the files of a data set share them.
 */
final class DarkChoice {
    private final TrendStore store;
    private final Map<String, SourceFile> journal;
    private final Path root;
    private final Map<String, Parameters> parameters;
    private Optional<Darks> kept = Optional.empty();

    /**
     * Prepares.
     *
     * @param store has the darks in use
     * @param journal files known
     * @param root the watched directory
     * @param parameters parameters of all stages
     */
    DarkChoice(TrendStore store, Map<String, SourceFile> journal, Path root, Map<String, Parameters> parameters) {
        this.store = store;
        this.journal = journal;
        this.root = root;
        this.parameters = parameters;
    }

    /**
     * The choice.
     *
     * @param darks the darks
     * @param fresh whether they are new to the store
     */
    record Choice(Darks darks, boolean fresh) {
    }

    /**
     * Chooses.
     *
     * @param complete whether no more raw frames will come
     * @return empty if the frames must wait
     */
    Optional<Choice> of(SourceFile raw, Path path, boolean complete) {
        List<DarkRow> stored = store.darks(raw.dataset());
        if (!stored.isEmpty()) {
            DarkRow used = stored.getFirst();
            boolean ofDarkFrames = used.method().equals("trimmed");
            Optional<Path> from = used.source().equals(raw.identity()) ? Optional.of(path) : file(used.source());
            if (from.isPresent()) {
                return (ofDarkFrames ? ofDarkFrames(raw.dataset(), from.get(), used.source(), used.frames())
                        : Darks.make(raw.dataset(), from.get(), used.source(), false, used.frames(), true, parameters))
                        .map(d -> new Choice(d, false));
            }
        }
        for (SourceFile f : journal.values()) {
            if (f.kind() == Kind.DARK && f.dataset().equals(raw.dataset()) && file(f.identity()).isPresent()) {
                return f.state() != State.DONE ? Optional.empty() : ofDarkFrames(f).map(d -> new Choice(d, true));
            }
        }
        return Darks.make(raw.dataset(), path, raw.identity(), false, 0, complete, parameters)
                .map(d -> new Choice(d, true));
    }

    /** Darks of a file of dark frames that is complete; empty if it is gone. */
    Optional<Darks> ofDarkFrames(SourceFile dark) {
        return file(dark.identity()).flatMap(from -> ofDarkFrames(dark.dataset(), from, dark.identity(), 0));
    }

    private Optional<Darks> ofDarkFrames(String dataset, Path from, String source, int frames) {
        if (kept.isEmpty() || !kept.get().serves(dataset, source, frames)) {
            kept = Optional.empty();
            kept = Darks.make(dataset, from, source, true, frames, true, parameters);
        }
        return kept;
    }

    private Optional<Path> file(String identity) {
        return Optional.ofNullable(journal.get(identity)).map(f -> root.resolve(f.path())).filter(Files::exists);
    }
}
