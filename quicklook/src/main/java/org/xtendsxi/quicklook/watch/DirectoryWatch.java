// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.xtendsxi.caldb.error.SxiException;

/**
 * Lists the files of a directory tree and waits for changes. The system's notices only shorten the wait: the tree is
 * listed every half second all the same, so that network file systems, which send none, work too. Links out of the tree
 * are not followed, hidden files and those being written ({@code .name.part}) are passed over.
 */
public final class DirectoryWatch implements AutoCloseable {
    private static final long POLL_MILLIS = 500;

    private final Path root;
    private final WatchService service;
    private final Set<Path> watched = new HashSet<>();

    /**
     * A file as it stands.
     *
     * @param path absolute path
     * @param size bytes
     * @param modified time of the last change, ms
     */
    public record Entry(Path path, long size, long modified) {
    }

    /** Watches a directory. */
    public DirectoryWatch(Path root) {
        if (!Files.isDirectory(root)) {
            throw SxiException.data(Files.exists(root) ? "this is no directory" : "directory does not exist").in(root)
                    .todo("give the directory to watch").build();
        }
        if (!Files.isReadable(root)) {
            throw SxiException.data("directory cannot be read").in(root).todo("check its permissions").build();
        }
        this.root = root.toAbsolutePath().normalize();
        try {
            this.service = root.getFileSystem().newWatchService();
        } catch (IOException e) {
            throw SxiException.data("directory cannot be watched").in(root).value(e.getMessage()).cause(e)
                    .todo("check its permissions").build();
        }
    }

    /** The directory. */
    public Path root() {
        return root;
    }

    /** All files in the order of their names. */
    public List<Entry> list() {
        List<Entry> out = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path d, BasicFileAttributes a) {
                    if (!d.equals(root) && hidden(d)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    register(d);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path f, BasicFileAttributes a) {
                    if (a.isRegularFile() && !hidden(f)) {
                        out.add(new Entry(f, a.size(), a.lastModifiedTime().toMillis()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path f, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw SxiException.data("directory cannot be read").in(root).value(e.getMessage()).cause(e)
                    .todo("check its permissions").build();
        }
        out.sort(Comparator.comparing(Entry::path));
        return out;
    }

    private static boolean hidden(Path p) {
        return p.getFileName().toString().startsWith(".");
    }

    private void register(Path d) {
        if (watched.contains(d) || !Files.isDirectory(d, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            d.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            watched.add(d);
        } catch (IOException | UnsupportedOperationException e) {
            // The listing every half second sees it as well.
            watched.remove(d);
        }
    }

    /**
     * Waits for a change, at most half a second.
     *
     * @return false if the wait was interrupted or the watch closed
     */
    public boolean await() {
        try {
            for (WatchKey k = service.poll(POLL_MILLIS, TimeUnit.MILLISECONDS); k != null; k = service.poll()) {
                k.pollEvents();
                if (!k.reset()) {
                    watched.clear();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw SxiException.data("watch cannot be closed").in(root).value(e.getMessage()).cause(e).build();
        }
    }
}
