// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;

@Tag("non-regression")
class PartFileTest {
    @TempDir
    Path dir;

    private Stream<String> names() throws IOException {
        return Files.list(dir).map(p -> p.getFileName().toString());
    }

    @Test
    void hasItsNameOnlyWhenWhole() throws IOException {
        Path target = dir.resolve("a.txt");
        Files.writeString(target, "old");
        try (PartFile f = PartFile.begin(target)) {
            f.channel().write(StandardCharsets.US_ASCII.encode("new"));
            assertThat(names()).containsExactlyInAnyOrder("a.txt", ".a.txt.part");
        }
        assertThat(names()).as("dropped").containsExactly("a.txt");
        assertThat(target).hasContent("old");
        PartFile.write(target, "new".getBytes(StandardCharsets.US_ASCII), true);
        assertThat(names()).containsExactly("a.txt");
        assertThat(target).hasContent("new");
    }

    /** The channel closes itself; that is the wish of the user, not a fault of the disk. */
    @Test
    void interruptedWriteEndsWith130() throws IOException {
        Path target = dir.resolve("b.fits");
        assertThatThrownBy(() -> {
            try (FitsWriter w = FitsWriter.create(target)) {
                Thread.currentThread().interrupt();
                w.primary(new Keywords());
                w.commit();
            } finally {
                assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            }
        }).isInstanceOfSatisfying(SxiException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED))
                .hasMessageContaining("b.fits: interrupted: start again");
        assertThat(names()).isEmpty();
    }
}
