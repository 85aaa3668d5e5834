// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.xtendsxi.caldb.error.SxiException;

/** SHA-256 of files and texts, in hexadecimal. */
public final class Digest {
    private static final int BUFFER = 1 << 20;

    private Digest() {
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Digest of a file's bytes. */
    public static String of(Path file) {
        MessageDigest d = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] b = new byte[BUFFER];
            for (int n = in.read(b); n >= 0; n = in.read(b)) {
                d.update(b, 0, n);
            }
        } catch (IOException e) {
            throw SxiException.data("file cannot be read").in(file).value(e.getMessage()).cause(e)
                    .todo("check the path and its permissions").build();
        }
        return HexFormat.of().formatHex(d.digest());
    }

    /** Digest of a text. */
    public static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
