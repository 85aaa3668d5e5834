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
import java.util.concurrent.CompletableFuture;
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
        return read(file, open(file));
    }

    /** Digest of a file's bytes as it is now, computed by another thread; the file may be replaced meanwhile. */
    public static CompletableFuture<String> later(Path file) {
        InputStream in = open(file);
        return CompletableFuture.supplyAsync(() -> read(file, in), r -> Thread.ofPlatform().daemon().start(r));
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static String read(Path file, InputStream from) {
        MessageDigest d = sha256();
        try (InputStream in = from) {
            byte[] b = new byte[BUFFER];
            for (int n = in.read(b); n >= 0; n = in.read(b)) {
                d.update(b, 0, n);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
        return HexFormat.of().formatHex(d.digest());
    }

    private static SxiException failed(Path file, IOException e) {
        return SxiException.data("file cannot be read").in(file).value(e.getMessage()).cause(e)
                .todo("check the path and its permissions").build();
    }

    /** Digest of a text. */
    public static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
