// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.caldb.provenance.RunClock;

/**
 * Keeps other processes from changing an index, or a folder that is locked like one. The operating system gives the
 * lock back when its holder ends, however it ends; the lock file that stays says who had it last. Readers need no lock:
 * an index is replaced whole.
 */
public final class IndexLock implements AutoCloseable {
    private static final String SUFFIX = ".lock";

    private final FileChannel channel;
    private final FileLock lock;

    private IndexLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock of an index.
     *
     * @param index file that is guarded; it need not exist, its folder must
     * @throws SxiException (output) if another process has it, saying which, or if the folder is not writable
     */
    public static IndexLock of(Path index) {
        Path file = index.resolveSibling("." + index.getFileName() + SUFFIX);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = attempt(channel);
            if (lock == null) {
                String holder = Files.readString(file).strip();
                throw SxiException.output("locked by another process").in(index)
                        .value(holder.isEmpty() ? "holder unknown" : holder)
                        .todo("wait until it has ended, then try again")
                        .build();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((Host.process() + ", since " + RunClock.now() + "\n")
                    .getBytes(StandardCharsets.UTF_8)), 0);
            return new IndexLock(channel, lock);
        } catch (IOException e) {
            close(channel);
            throw SxiException.output("index cannot be locked").in(index).value(e.getMessage()).cause(e)
                    .todo("check that the folder is writable").build();
        } catch (SxiException e) {
            close(channel);
            throw e;
        }
    }

    private static FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw SxiException.output("lock file cannot be closed").value(e.getMessage()).cause(e).todo("try again")
                    .build();
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        try {
            lock.release();
        } catch (IOException e) {
            throw SxiException.output("index cannot be unlocked").value(e.getMessage()).cause(e)
                    .todo("end the process").build();
        } finally {
            close(channel);
        }
    }
}
