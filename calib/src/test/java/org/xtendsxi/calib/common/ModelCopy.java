// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.xtendsxi.caldb.index.Caldb;

/** A copy of the model calibration that a test may change. */
public final class ModelCopy {
    private ModelCopy() {
    }

    /** Copies the database into a folder that is made for it. */
    public static Path in(Path folder) {
        try (Stream<Path> all = Files.list(Caldb.model().root())) {
            List<Path> files = all.toList();
            Files.createDirectories(folder);
            for (Path p : files) {
                Files.copy(p, folder.resolve(p.getFileName()));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
