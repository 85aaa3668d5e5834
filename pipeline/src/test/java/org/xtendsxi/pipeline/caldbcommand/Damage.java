// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Copies of a database with something wrong. */
final class Damage {
    private static final int BLOCK = 2880;

    private Damage() {
    }

    static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path f : files.toList()) {
                Files.copy(f, to.resolve(f.getFileName()));
            }
            return to;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Cuts a file in the middle, one byte into a block, so that the cut is never in padding. */
    static Path truncate(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return Files.write(file, Arrays.copyOf(all, all.length / 2 / BLOCK * BLOCK + 1));
    }

    /** Replaces text in headers, in place. */
    static Path replace(Path file, String text, String by) throws IOException {
        assertThat(by).hasSameSizeAs(text);
        String all = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(all).contains(text);
        return Files.writeString(file, all.replace(text, by), StandardCharsets.ISO_8859_1);
    }
}
