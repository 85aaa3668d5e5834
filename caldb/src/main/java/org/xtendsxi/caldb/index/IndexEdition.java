// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.xtendsxi.caldb.error.SxiException;

/**
 * Editions of an index: every one stays as {@code caldb.indxYYYYMMDD}, or {@code caldb.indxYYYYMMDD_NN} if that day has
 * one already, and {@code caldb.indx} is a link to the one in force (frames-and-science section 5.4), or a copy where
 * the file system has no links. It always names a whole index.
 */
public final class IndexEdition {
    private IndexEdition() {
    }

    /** A name for an edition of a day that no file has. */
    public static Path free(Path index, String date) {
        Path first = index.resolveSibling(index.getFileName() + date.replace("-", ""));
        Path name = first;
        for (int n = 2; Files.exists(name); n++) {
            name = first.resolveSibling(String.format("%s_%02d", first.getFileName(), n));
        }
        return name;
    }

    /**
     * Edition in force.
     *
     * @param index {@code caldb.indx}
     * @param date day under which an index that is no link yet is kept
     * @return file of the edition
     */
    public static Path keep(Path index, String date) {
        try {
            if (Files.isSymbolicLink(index)) {
                return index.resolveSibling(Files.readSymbolicLink(index));
            }
            // the copy of a change that was cut short
            try (DirectoryStream<Path> all = Files.newDirectoryStream(index.toAbsolutePath().getParent(),
                    index.getFileName() + "[0-9]*")) {
                for (Path p : all) {
                    if (Files.mismatch(index, p) < 0) {
                        return p;
                    }
                }
            }
            Path name = free(index, date);
            Files.copy(index, name, StandardCopyOption.COPY_ATTRIBUTES);
            sync(name);
            return name;
        } catch (IOException e) {
            throw failed(index, e);
        }
    }

    /** Puts an edition in force, in one step. */
    public static void activate(Path index, Path edition) {
        Path temporary = index.resolveSibling("." + index.getFileName() + ".next");
        try {
            Files.deleteIfExists(temporary);
            try {
                Files.createSymbolicLink(temporary, edition.getFileName());
            } catch (IOException | UnsupportedOperationException e) {
                Files.copy(edition, temporary);
                sync(temporary);
            }
            Files.move(temporary, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(index.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw failed(index, e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel c = FileChannel.open(path, StandardOpenOption.READ)) {
            c.force(true);
        }
    }

    private static SxiException failed(Path index, IOException e) {
        return SxiException.output("edition of the index cannot be kept").in(index).value(e.toString()).cause(e)
                .todo("check that the folder is writable").build();
    }
}
