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
            History history = History.of(index);
            history.last().filter(this::cutShort).ifPresent(last -> takeBack(history, last));
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
            Path made = c.folder().resolve(edition.getFileName());
            IndexFile.insert(before, made, added, date);
            Map<String, String> digests = new LinkedHashMap<>();
            moves.forEach((from, to) -> digests.put(to.toString(), Digest.of(from)));
            History.Change change = new History.Change("publish", now, name(before), Digest.of(before), name(edition),
                    Digest.of(made), digests);
            Candidate.uninterrupted(() -> {
                history.append(change);
                moves.forEach((from, to) -> move(from, root.resolve(to)));
                move(made, edition);
                IndexEdition.activate(index, edition);
            });
            return new Result(edition, added, superseded);
        }
    }

    private static String name(Path p) {
        return p.getFileName().toString();
    }

    /** Whether a publication was written down but never came into force. */
    private boolean cutShort(History.Change c) {
        return Digest.of(index).equals(c.beforeDigest());
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
                    .in(history.file()).value("no publication")
                    .todo("only what sxi calib publish did can be undone").build());
            String current = Digest.of(index);
            if (!cutShort(last) && !current.equals(last.afterDigest())) {
                throw SxiException.output("index was changed since it was published").in(index)
                        .value(current.substring(0, 16))
                        .limit(last.afterDigest().substring(0, 16) + " of " + last.after())
                        .todo("undo that change first").build();
            }
            return takeBack(history, last);
        }
    }

    /** Written down last, so that it can be done again if it is cut short itself; says what was taken away. */
    private List<String> takeBack(History history, History.Change last) {
        Path before = index.resolveSibling(last.before());
        if (!Files.exists(before) || !Digest.of(before).equals(last.beforeDigest())) {
            throw SxiException.output("edition before was changed or is missing").in(before)
                    .limit("SHA-256 " + last.beforeDigest()).todo("restore it").build();
        }
        if (cutShort(last)) {
            remove(index.resolveSibling(last.after()), last.afterDigest());
        } else {
            IndexEdition.activate(index, before);
        }
        List<String> removed = last.files().entrySet().stream().filter(f -> remove(root.resolve(f.getKey()),
                f.getValue())).map(Map.Entry::getKey).toList();
        history.append(new History.Change("undo", now, last.after(), last.afterDigest(), last.before(),
                last.beforeDigest(), last.files()));
        return removed;
    }

    /** Takes a file away if it is the one that was published. */
    private static boolean remove(Path file, String digest) {
        boolean same = Files.exists(file) && Digest.of(file).equals(digest);
        if (same) {
            delete(file);
        }
        return same;
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
