// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against sums that astropy wrote. */
@Tag("validation")
class ChecksumsTest {
    private static final int BLOCK = 2880;

    @TempDir
    Path dir;
    private byte[] bytes;

    @BeforeEach
    void load() throws IOException {
        try (InputStream in = ChecksumsTest.class.getResourceAsStream("astropy-checksums.fits")) {
            bytes = in.readAllBytes();
        }
    }

    private List<Checksums.Verdict> verdicts() throws IOException {
        Path file = Files.write(dir.resolve("f.fits"), bytes);
        try (FitsReader f = FitsReader.open(file)) {
            return f.hdus().stream().map(h -> Checksums.of(f, h)).toList();
        }
    }

    @Test
    void rightAndAbsent() throws IOException {
        assertThat(verdicts()).containsExactly(Checksums.Verdict.RIGHT, Checksums.Verdict.RIGHT,
                Checksums.Verdict.ABSENT);
    }

    @Test
    void oneBitOfTheDataIsSeen() throws IOException {
        bytes[2 * BLOCK + 3] ^= 1;
        assertThat(verdicts()).containsExactly(Checksums.Verdict.RIGHT, Checksums.Verdict.WRONG,
                Checksums.Verdict.ABSENT);
    }

    @Test
    void oneLetterOfAHeaderIsSeen() throws IOException {
        String text = new String(bytes, 0, BLOCK, java.nio.charset.StandardCharsets.US_ASCII);
        bytes[text.indexOf("Perseus")] = 'p';
        assertThat(verdicts()).containsExactly(Checksums.Verdict.WRONG, Checksums.Verdict.RIGHT,
                Checksums.Verdict.ABSENT);
    }
}
