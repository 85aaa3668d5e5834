// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.IndexEdition;
import org.xtendsxi.caldb.index.IndexFile;
import org.xtendsxi.caldb.index.IndexLock;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.provenance.RunClock;

/**
 * Puts calibration files into a database and takes them out again. Whatever happens, {@code caldb.indx} names a whole
 * index and only files that are there; files that are superseded stay, with their rows.
 */
public final class Publisher {
    private static final int DAY = 10;

    private final Path root;
    private final Path index;
    private final String now = RunClock.now().toString();

    /** A publisher for the database in a folder. */
    public Publisher(Path directory) {
        Caldb caldb = Caldb.open(Optional.of(directory));
        this.root = caldb.root();
        this.index = caldb.index();
    }

    /**
     * What was, or would be, done.
     *
     * @param edition edition of the index in force
     * @param entries rows added
     * @param superseded rows that lost their good quality
     */
    public record Result(Path edition, List<CaldbEntry> entries, List<CaldbEntry> superseded) {
    }

    /**
     * Publishes.
     *
     * @param files calibration files
     * @param really false only checks
     * @throws SxiException (calibration) if a file is not fit, (output) if one of its version is there or the index is
     *     locked
     */
    @SuppressWarnings("try")
    public Result publish(List<Path> files, boolean really) {
        String date = now.substring(0, DAY);
        try (IndexLock lock = IndexLock.of(index); Candidate c = Candidate.of(files, index, date)) {
            List<CaldbEntry> old = Caldb.open(Optional.of(root)).entries();
            List<CaldbEntry> added = new ArrayList<>();
            Map<Path, Path> moves = new LinkedHashMap<>();
            for (CaldbEntry e : c.entries()) {
                CaldbEntry placed = e.in(folder(old, e).resolve(e.file()));
                added.add(placed);
                moves.put(c.folder().resolve(e.file()), placed.file());
            }
            moves.values().forEach(to -> refuseExisting(to, old));
            List<CaldbEntry> superseded = old.stream().filter(o -> o.quality() == 0
                    && added.stream().anyMatch(n -> IndexFile.replaces(n, o))).toList();
            if (!really) {
                return new Result(index, added, superseded);
            }
            Path before = IndexEdition.keep(index, date);
            Path edition = IndexEdition.free(index, date);
            IndexFile.insert(before, edition, added, date);
            Map<String, String> digests = new LinkedHashMap<>();
            moves.forEach((from, to) -> digests.put(to.toString(), Digest.of(from)));
            moves.forEach((from, to) -> move(from, root.resolve(to)));
            History.of(index).append(new History.Change("publish", now, before.getFileName().toString(),
                    Digest.of(before),
                    edition.getFileName().toString(), Digest.of(edition), digests));
            IndexEdition.activate(index, edition);
            return new Result(edition, added, superseded);
        }
    }

    /** Where the other files of a kind are. */
    private static Path folder(List<CaldbEntry> old, CaldbEntry e) {
        return old.stream().filter(o -> o.codeName().equalsIgnoreCase(e.codeName())).findFirst()
                .or(() -> old.stream().findFirst()).map(o -> o.file().getParent()).orElse(Path.of(""));
    }

    private void refuseExisting(Path to, List<CaldbEntry> old) {
        boolean known = old.stream().anyMatch(o -> o.file().equals(to));
        if (known || Files.exists(root.resolve(to))) {
            throw SxiException.output("version exists already").in(root.resolve(to))
                    .value(known ? "in the index" : "a file without a row in the index").limit("a new version")
                    .todo(known ? "make the file with a higher version" : "remove it if it is not needed").build();
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw SxiException.output("file cannot be put into the database").in(to).value(e.toString()).cause(e)
                    .todo("check that the folder is writable").build();
        }
    }

    /**
     * Undoes the last publication: its edition of the index is no longer in force and its files are taken away.
     *
     * @throws SxiException (output) if there is none, or if the index was changed by other means since
     */
    @SuppressWarnings("try")
    public List<String> undo() {
        try (IndexLock lock = IndexLock.of(index)) {
            History history = History.of(index);
            History.Change last = history.last().orElseThrow(() -> SxiException.output("nothing to undo")
                    .in(history.file())
                    .value("no publication").todo("only what sxi calib publish did can be undone").build());
            Path before = index.resolveSibling(last.before());
            String current = Digest.of(index);
            boolean cutShort = current.equals(last.beforeDigest());
            if (!cutShort && !current.equals(last.afterDigest())) {
                throw SxiException.output("index was changed since it was published").in(index)
                        .value(current.substring(0, 16))
                        .limit(last.afterDigest().substring(0, 16) + " of " + last.after())
                        .todo("undo that change first").build();
            }
            if (!Files.exists(before) || !Digest.of(before).equals(last.beforeDigest())) {
                throw SxiException.output("edition before was changed or is missing").in(before)
                        .limit("SHA-256 " + last.beforeDigest()).todo("restore it").build();
            }
            IndexEdition.activate(index, before);
            history.append(new History.Change("undo", now, last.after(), last.afterDigest(), last.before(),
                    last.beforeDigest(), last.files()));
            List<String> removed = new ArrayList<>();
            last.files().forEach((name, digest) -> {
                Path file = root.resolve(name);
                if (Files.exists(file) && Digest.of(file).equals(digest)) {
                    delete(file);
                    removed.add(name);
                }
            });
            return removed;
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw SxiException.output("file cannot be taken away").in(file).value(e.toString()).cause(e)
                    .todo("remove it by hand; no index names it").build();
        }
    }
}
