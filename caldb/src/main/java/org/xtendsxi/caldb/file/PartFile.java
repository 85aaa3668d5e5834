// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.xtendsxi.caldb.error.SxiException;

/**
 * A file that is written under a temporary name beside its target and gets its final name when it is whole. A program
 * that is told to stop (SIGINT, SIGTERM) removes what it had begun; from then on no file is begun or gets its name.
 */
public final class PartFile implements AutoCloseable {
    /** Files begun; also the lock under which files are begun, named and removed. */
    private static final Set<PartFile> OPEN = new HashSet<>();
    private static boolean stopping;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(PartFile::stop));
    }

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;

    private PartFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Begins a file; missing folders are made.
     *
     * @param target final name; what has it is replaced in the end
     */
    public static PartFile begin(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".part");
        Files.createDirectories(absolute.getParent());
        synchronized (OPEN) {
            refuse(absolute);
            PartFile f = new PartFile(absolute, temporary, FileChannel.open(temporary, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE, StandardOpenOption.READ));
            OPEN.add(f);
            return f;
        }
    }

    private static void refuse(Path file) {
        if (stopping) {
            throw SxiException.interrupted("interrupted").in(file).todo("start again").build();
        }
    }

    private static void stop() {
        synchronized (OPEN) {
            stopping = true;
            OPEN.forEach(f -> f.temporary.toFile().delete());
        }
    }

    /**
     * Writes a file whole.
     *
     * @param target final name
     * @param content its bytes
     * @param sync whether it must be on disk before it gets its name
     */
    public static void write(Path target, byte[] content, boolean sync) throws IOException {
        try (PartFile f = begin(target)) {
            for (ByteBuffer b = ByteBuffer.wrap(content); b.hasRemaining();) {
                f.channel.write(b);
            }
            if (sync) {
                f.channel.force(true);
            }
            f.commit();
        }
    }

    /** Where the content goes. */
    public FileChannel channel() {
        return channel;
    }

    /** The final name. */
    public Path target() {
        return target;
    }

    /** Gives the file its final name. */
    public void commit() throws IOException {
        channel.close();
        synchronized (OPEN) {
            refuse(target);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            OPEN.remove(this);
        }
    }

    /** Removes the file unless it has got its final name. */
    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            if (OPEN.remove(this)) {
                try {
                    channel.close();
                } finally {
                    Files.deleteIfExists(temporary);
                }
            }
        }
    }
}
