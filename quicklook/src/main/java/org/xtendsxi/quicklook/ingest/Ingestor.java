// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.quicklook.store.Batch;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.SourceFile.Kind;
import org.xtendsxi.quicklook.store.SourceFile.State;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.watch.DirectoryWatch;

/**
 * Takes the files of a directory into the store, a bounded piece of each in turn. A file that cannot be read is set
 * aside
 * with the reason and does not disturb the others. Nothing in the directory is changed.
 */
public final class Ingestor implements AutoCloseable {
    /** A file shorter than its header says is called truncated when it has not changed for so long, s. */
    private static final double QUIET = 10;
    /** Time after which a file that has not changed is looked at again, because what it waits for may be there, s. */
    private static final double AGAIN = 2;
    /** Files of frames or events taken at the same time: each needs memory for its dark and calibration. */
    private static final int MAX_OPEN = 4;

    private final DirectoryWatch watch;
    private final TrendStore store;
    private final Setting setting;
    private final Consumer<String> log;
    private final Map<String, SourceFile> journal;
    private final Map<Path, Tracked> tracked = new TreeMap<>();
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, Map<String, Path>> auxiliary = new HashMap<>();
    private final DarkChoice darks;
    private final Rehearsal rehearsal;
    private List<SourceFile> shown = List.of();

    /** A file as last seen. */
    private record Tracked(DirectoryWatch.Entry entry, double since, double looked, boolean moved,
            Optional<Probe> probe, double start, SourceFile file) {
        /** Whether there is nothing to be seen: finished, or as it was a moment ago. */
        boolean idle(DirectoryWatch.Entry now) {
            return entry.equals(now) && (finished() || !moved && file.state() != State.WAITING
                    && Host.seconds() - looked < AGAIN);
        }

        /** Whether the file only waits for its turn, so that it is known what it is. */
        boolean waits(DirectoryWatch.Entry now) {
            return entry.equals(now) && file.state() == State.WAITING && probe.isPresent();
        }

        boolean finished() {
            return file.state() == State.DONE || file.state() == State.BAD;
        }
    }

    /**
     * Prepares.
     *
     * @param log takes what happens to files, one line each
     */
    public Ingestor(DirectoryWatch watch, TrendStore store, Setting setting, Consumer<String> log) {
        this.watch = watch;
        this.store = store;
        this.setting = setting;
        this.log = log;
        this.journal = store.journal();
        this.darks = new DarkChoice(store, journal, watch.root(), setting.parameters());
        this.rehearsal = new Rehearsal(setting, store, darks);
    }

    /** Files as last seen, those of the journal that are gone included. */
    public synchronized List<SourceFile> files() {
        return shown;
    }

    /**
     * Looks at every file once.
     *
     * @param last whether files are taken as they stand, because no more data will come
     * @param now s since 1970
     * @return whether rows were stored or there is more to rehearse, so that it is worth while to look again at once
     */
    public boolean step(boolean last, double now) {
        boolean progress = false;
        List<DirectoryWatch.Entry> entries = watch.list();
        Set<Path> present = new HashSet<>();
        entries.forEach(e -> present.add(e.path()));
        tracked.keySet().retainAll(present);
        Set<String> busy = new HashSet<>();
        for (Candidate c : candidates(entries, last)) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            Tracked t = tracked.get(c.entry().path());
            if (c.idle()) {
                occupy(busy, t.file(), Host.seconds() - t.since());
                continue;
            }
            double since = t != null && t.entry().equals(c.entry()) ? t.since() : Host.seconds();
            double quiet = Host.seconds() - since;
            SourceFile before = t == null ? null : t.file();
            SourceFile after = look(c, last, quiet, present, busy, now);
            boolean moved = after.rows() > (before == null ? 0 : before.rows());
            progress |= moved || after.state() == State.DONE && before != null && before.state() != State.DONE;
            occupy(busy, after, last || moved ? 0 : quiet);
            if (before == null || before.state() != after.state() || !before.message().equals(after.message())) {
                tell(after);
            }
            tracked.put(c.entry().path(), new Tracked(c.entry(), since, Host.seconds(), moved, c.probe(), c.start(),
                    after));
        }
        show(present);
        return progress || !last && rehearse();
    }

    /** Whether there is more to rehearse; see {@link Rehearsal}. */
    private boolean rehearse() {
        Optional<Tracked> newest = tracked.values().stream().filter(t -> t.file().kind() == Kind.DARK
                && t.file().state() == State.DONE).max(Comparator.comparingDouble(Tracked::start));
        if (newest.isEmpty() || open() > 0) {
            rehearsal.end();
            return false;
        }
        Tracked dark = newest.get();
        try {
            return rehearsal.advance(dark.file(), dark.entry().path(), dark.probe().map(Probe::obsid)
                    .map(auxiliary::get).orElse(Map.of()));
        } catch (SxiException x) {
            rehearsal.end();
            log.accept("dark frames cannot be used: " + x.getMessage());
            return false;
        }
    }

    /** Files of frames or events that are being taken. */
    private long open() {
        return sessions.values().stream().filter(s -> !(s instanceof HousekeepingSession)).count();
    }

    /**
     * A file in its turn.
     *
     * @param entry the file
     * @param probe what it is, empty if it cannot be read or need not be looked at
     * @param failure why it cannot be read
     * @param start time of its first row, s
     * @param idle whether there is nothing to be seen
     */
    private record Candidate(DirectoryWatch.Entry entry, Optional<Probe> probe, Optional<SxiException> failure,
            double start, boolean idle) {
    }

    /** The files in the order of their data, so that a backlog is taken as it would have come. */
    private List<Candidate> candidates(List<DirectoryWatch.Entry> entries, boolean last) {
        List<Candidate> out = new ArrayList<>();
        for (DirectoryWatch.Entry e : entries) {
            Tracked t = tracked.get(e.path());
            if (!Probe.named(e.path())) {
                continue;
            }
            if (t != null && (last ? t.finished() && t.entry().equals(e) : t.idle(e))) {
                out.add(new Candidate(e, Optional.empty(), Optional.empty(), t.start(), true));
                continue;
            }
            try {
                Probe p = t != null && t.waits(e) ? t.probe().get()
                        : Probe.of(e.path(), setting.limits().housekeepingExtension());
                out.add(new Candidate(e, Optional.of(p), Optional.empty(), p.start(), false));
            } catch (SxiException x) {
                out.add(new Candidate(e, Optional.empty(), Optional.of(x), Double.NaN, false));
            }
        }
        out.sort(Comparator.comparingDouble((Candidate c) -> Double.isNaN(c.start()) ? Double.NEGATIVE_INFINITY
                : c.start()).thenComparing(c -> c.entry().path()));
        return out;
    }

    /** A data set is busy with the first of its files that is not finished, unless that one has stopped to grow. */
    private void occupy(Set<String> busy, SourceFile f, double quiet) {
        boolean data = f.kind() == Kind.FRAMES || f.kind() == Kind.EVENTS;
        if (data && f.state() == State.GROWING) {
            if (quiet < QUIET) {
                busy.add(f.dataset());
            } else {
                closeSession(f.identity());
            }
        }
    }

    private void tell(SourceFile f) {
        switch (f.state()) {
            case BAD -> log.accept("set aside: " + f.message());
            case DONE -> log.accept(f.kind() == Kind.OTHER ? "not needed: " + f.path() : "complete: " + f.path()
                    + " (" + f.rows() + " rows)" + (f.message().isEmpty() ? "" : ", " + f.message()));
            case GROWING, ARRIVING -> log.accept("taking: " + f.path());
            case WAITING -> log.accept("waits: " + f.path() + ", " + f.message());
            case GONE -> log.accept("gone: " + f.path());
        }
    }

    private synchronized void show(Set<Path> present) {
        Map<String, SourceFile> all = new TreeMap<>();
        journal.values().forEach(f -> all.put(f.path(), present.contains(watch.root().resolve(f.path())) ? f
                : f.at(f.rows(), State.GONE, f.message())));
        tracked.values().forEach(t -> all.put(t.file().path(), t.file()));
        shown = List.copyOf(all.values());
    }

    private SourceFile look(Candidate c, boolean last, double quiet, Set<Path> present, Set<String> busy, double now) {
        DirectoryWatch.Entry e = c.entry();
        String path = watch.root().relativize(e.path()).toString();
        SourceFile plain = new SourceFile("", path, Kind.OTHER, "", 0, e.size(), State.DONE, "", now);
        if (c.failure().isPresent()) {
            return last || quiet > QUIET ? plain.at(0, State.BAD, c.failure().get().getMessage())
                    : plain.at(0, State.ARRIVING, "");
        }
        Probe p = c.probe().orElseThrow();
        note(p, e.path());
        if (p.kind() == Kind.OTHER) {
            return plain;
        }
        boolean complete = last || !p.growing();
        if (p.identity().isEmpty()) {
            return new SourceFile("", path, p.kind(), p.dataset(), 0, e.size(), complete ? State.DONE : State.GROWING,
                    "", now);
        }
        SourceFile known = journal.getOrDefault(p.identity(),
                new SourceFile(p.identity(), path, p.kind(), p.dataset(), 0, e.size(), State.GROWING, "", now));
        if (!known.path().equals(path) && present.contains(watch.root().resolve(known.path()))) {
            return plain.at(0, State.DONE, "copy of " + known.path());
        }
        SourceFile file = known.seen(path, e.size(), now);
        try {
            return take(file, e.path(), p, complete, quiet, busy, now);
        } catch (SxiException x) {
            if (x.exitCode() == ExitCode.OUTPUT) {
                throw x;
            }
            return setAside(file, x.getMessage(), last || quiet > QUIET);
        } catch (RuntimeException x) {
            return setAside(file, path + ": " + x, true);
        }
    }

    private SourceFile setAside(SourceFile file, String why, boolean sure) {
        closeSession(file.identity());
        return sure ? file.at(file.rows(), State.BAD, why) : file.at(file.rows(), State.ARRIVING, "");
    }

    private SourceFile take(SourceFile file, Path path, Probe p, boolean complete, double quiet, Set<String> busy,
            double now) {
        if (file.state() == State.DONE && file.rows() == p.rows()) {
            journal.put(file.identity(), file);
            return file;
        }
        if (p.kind() == Kind.DARK) {
            SourceFile dark = file.at(p.rows(), complete || quiet > QUIET ? State.DONE : State.GROWING, "");
            return stored(Batch.of(dark));
        }
        if (p.kind() != Kind.HOUSEKEEPING && file.rows() == 0
                && store.hasSource(p.dataset(), p.kind() == Kind.FRAMES ? Kind.EVENTS : Kind.FRAMES)) {
            return file.at(0, State.DONE, "not used: the same data were taken from "
                    + (p.kind() == Kind.FRAMES ? "an event list" : "frames"));
        }
        if (p.kind() != Kind.HOUSEKEEPING && !sessions.containsKey(file.identity())) {
            if (busy.contains(p.dataset())) {
                return file.at(file.rows(), State.WAITING, "earlier data of the data set are taken first");
            }
            if (open() >= MAX_OPEN) {
                return file.at(file.rows(), State.WAITING, "other files are taken first");
            }
        }
        Optional<Session> session = session(file, path, p, complete);
        if (session.isEmpty()) {
            return file.at(file.rows(), State.WAITING, "frames wait for their dark");
        }
        Batch b = session.get().advance(file, path, complete, auxiliary.getOrDefault(p.obsid(), Map.of()), now);
        if (b.file().rows() == file.rows() && b.file().state() == file.state()) {
            return b.file();
        }
        SourceFile after = stored(b);
        if (after.state() == State.DONE) {
            closeSession(after.identity());
        }
        return after;
    }

    private SourceFile stored(Batch b) {
        store.commit(b);
        synchronized (this) {
            journal.put(b.file().identity(), b.file());
        }
        return b.file();
    }

    private Optional<Session> session(SourceFile file, Path path, Probe p, boolean complete) {
        Session s = sessions.get(file.identity());
        if (s == null) {
            Optional<Session> made = switch (p.kind()) {
                case FRAMES -> frames(file, path, complete);
                case EVENTS -> Optional.of(new EventSession(setting));
                default -> Optional.of(new HousekeepingSession(setting.limits()));
            };
            made.ifPresent(m -> sessions.put(file.identity(), m));
            return made;
        }
        return Optional.of(s);
    }

    private Optional<Session> frames(SourceFile file, Path path, boolean complete) {
        return darks.of(file, path, complete)
                .map(c -> FrameSession.ofRaw(setting, store, file, path, c.darks(), c.fresh()));
    }

    /** Attitude and housekeeping become usable by their names in the archive. */
    private void note(Probe p, Path path) {
        Optional<String> suffix = p.kind() == Kind.HOUSEKEEPING ? Optional.of("xtd_a0.hk")
                : Probe.suffix(path).filter(s -> s.equals(".att") && p.kind() == Kind.OTHER);
        suffix.ifPresent(s -> auxiliary.computeIfAbsent(p.obsid(), k -> new HashMap<>()).put(s, path));
        auxiliary.values().forEach(m -> m.values().removeIf(f -> !Files.exists(f)));
        auxiliary.values().removeIf(Map::isEmpty);
    }

    private void closeSession(String identity) {
        Session s = sessions.remove(identity);
        if (s != null) {
            s.close();
        }
    }

    @Override
    public void close() {
        rehearsal.end();
        Collection<Session> all = List.copyOf(sessions.values());
        sessions.clear();
        all.forEach(Session::close);
    }
}
