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
 * Which dark the frames of a data set get: the one that they had before a restart; else of the dark frames, once
 * these are
 * complete; else of the first raw frames, once there are enough.
 *
 * @param store has the darks in use
 * @param journal files known
 * @param root the watched directory
 */
record DarkChoice(TrendStore store, Map<String, SourceFile> journal, Path root) {
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
    Optional<Choice> of(SourceFile raw, Path path, boolean complete, Map<String, Parameters> parameters) {
        List<DarkRow> stored = store.darks(raw.dataset());
        if (!stored.isEmpty()) {
            String source = stored.getFirst().source();
            boolean own = source.equals(raw.identity());
            Optional<Path> from = own ? Optional.of(path) : file(source);
            if (from.isPresent()) {
                return Darks.make(raw.dataset(), from.get(), source, stored.getFirst().method().equals("trimmed"),
                        stored.getFirst().frames(), true, parameters).map(d -> new Choice(d, false));
            }
        }
        for (SourceFile f : journal.values()) {
            if (f.kind() == Kind.DARK && f.dataset().equals(raw.dataset()) && file(f.identity()).isPresent()) {
                return f.state() != State.DONE ? Optional.empty()
                        : Darks.make(raw.dataset(), file(f.identity()).get(), f.identity(), true, 0, true, parameters)
                                .map(d -> new Choice(d, true));
            }
        }
        return Darks.make(raw.dataset(), path, raw.identity(), false, 0, complete, parameters)
                .map(d -> new Choice(d, true));
    }

    private Optional<Path> file(String identity) {
        return Optional.ofNullable(journal.get(identity)).map(f -> root.resolve(f.path())).filter(Files::exists);
    }
}
