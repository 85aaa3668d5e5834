// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.xtendsxi.caldb.error.SxiException;

/** Files that a recipe names. */
final class Wildcards {
    private Wildcards() {
    }

    /**
     * Existing files of names, in order; those of a wildcard sorted.
     *
     * @param folder folder that names are relative to
     * @param names names with {@code *}, {@code ?} or {@code [..]}
     * @throws SxiException (usage) if a name has no file
     */
    static List<Path> files(Path folder, List<String> names) {
        List<Path> all = new ArrayList<>();
        for (String name : names) {
            List<Path> found = name.matches(".*[*?\\[].*") ? matching(folder, name)
                    : Stream.of(folder.resolve(name)).filter(Files::isRegularFile).toList();
            if (found.isEmpty()) {
                throw SxiException.usage("recipe names a file that is missing")
                        .in(folder).value(name).todo("correct the recipe, or restore the file").build();
            }
            all.addAll(found);
        }
        return all;
    }

    private static List<Path> matching(Path folder, String name) {
        String[] parts = name.split("/");
        Path base = name.startsWith("/") ? Path.of("/") : folder;
        int fixed = 0;
        while (fixed < parts.length - 1 && !parts[fixed].matches(".*[*?\\[].*")) {
            base = base.resolve(parts[fixed++]);
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + base + "/"
                + String.join("/", List.of(parts).subList(fixed, parts.length)));
        int depth = name.contains("**") ? Integer.MAX_VALUE : parts.length - fixed;
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(base, depth)) {
            return all.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw SxiException.usage("folder cannot be read").in(base).value(e.getMessage()).cause(e)
                    .todo("check its permissions").build();
        }
    }
}
