// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.xtendsxi.caldb.error.SxiException;

/**
 * Identity of an input file's content for resume: the DATASUM and CHECKSUM of its HDUs where all have them and none
 * still grows, else size, time and a fast digest.
 */
public final class ContentId {
    private static final int BUFFER = 1 << 20;

    private ContentId() {
    }

    /** Identity of a file. */
    public static String of(Path file) {
        if (!file.toString().endsWith(".gz")) {
            try (FitsReader r = FitsReader.open(file)) {
                List<Optional<String>> sums = r.hdus().stream().map(h -> h.keywords().text("DATASUM")
                        .flatMap(d -> h.keywords().text("CHECKSUM").map(c -> d + "/" + c))).toList();
                boolean growing = r.hdus().stream().anyMatch(h -> h.keywords().isTrue("INCOMPLT"));
                if (!growing && sums.stream().allMatch(Optional::isPresent)) {
                    return "datasum " + String.join(" ", sums.stream().map(Optional::get).toList());
                }
            }
        }
        CRC32C crc = new CRC32C();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] b = new byte[BUFFER];
            for (int n = in.read(b); n >= 0; n = in.read(b)) {
                crc.update(b, 0, n);
            }
            return "size " + Files.size(file) + " time " + Files.getLastModifiedTime(file) + " crc32c "
                    + Long.toHexString(crc.getValue());
        } catch (IOException e) {
            throw SxiException.data("file cannot be read").in(file).value(e.getMessage()).cause(e)
                    .todo("check the path and its permissions").build();
        }
    }
}
