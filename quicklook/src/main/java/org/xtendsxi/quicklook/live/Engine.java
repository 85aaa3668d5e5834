// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.quicklook.alarm.Alarm;
import org.xtendsxi.quicklook.alarm.AlarmBook;
import org.xtendsxi.quicklook.alarm.Evaluator;
import org.xtendsxi.quicklook.alarm.Reading;
import org.xtendsxi.quicklook.ingest.Ingestor;
import org.xtendsxi.quicklook.ingest.Setting;
import org.xtendsxi.quicklook.limits.Limits;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.view.Status;
import org.xtendsxi.quicklook.view.StatusMaker;
import org.xtendsxi.quicklook.view.View;
import org.xtendsxi.quicklook.view.ViewQuery;
import org.xtendsxi.quicklook.view.Views;
import org.xtendsxi.quicklook.watch.DirectoryWatch;

/**
 * One thread takes files and judges; another answers queries. Views are made once per state of the store and query,
 * however many clients ask.
 */
public final class Engine implements AutoCloseable {
    /** Least time between two judgements while a backlog is taken, s. */
    private static final double PACE = 0.7;
    /** Time after which the status is told again without new data, so that its age is seen, s. */
    private static final double BEAT = 2;
    private static final int CACHED = 64;
    private static final double FORGET_EVERY = 3600;

    private final DirectoryWatch watch;
    private final TrendStore store;
    private final Setting setting;
    private final Console console;
    private final Clock clock = new Clock();
    private final Ingestor ingestor;
    private final Sql judge;
    private final Evaluator evaluator;
    private final AlarmBook book;
    private final StatusMaker maker;
    private final Views views;
    private final ExecutorService queries = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("views").daemon()
            .factory());
    private final List<Consumer<Status>> listeners = new CopyOnWriteArrayList<>();
    private final Map<ViewQuery, CompletableFuture<View>> cache = new LinkedHashMap<>();
    private volatile Status status;
    private volatile boolean open = true;
    private double judged;
    private double told = Double.NEGATIVE_INFINITY;
    private double forgot = Double.NEGATIVE_INFINITY;
    private long revision;
    private List<Reading> readings = List.of();

    /** Prepares; nothing is read yet. */
    public Engine(DirectoryWatch watch, TrendStore store, Setting setting, Console console) {
        this.watch = watch;
        this.store = store;
        this.setting = setting;
        this.console = console;
        this.ingestor = new Ingestor(watch, store, setting, this::log);
        this.judge = store.reader();
        this.evaluator = new Evaluator(judge, setting.limits());
        this.book = new AlarmBook(judge, setting.limits());
        this.maker = new StatusMaker(judge, setting.limits(), watch.root().toString());
        this.views = new Views(store.reader());
        double seen = judge.number("select max(time) from alarm");
        double last = judge.number("select max(time) from cycle");
        this.judged = Double.isNaN(last) ? Double.NEGATIVE_INFINITY : Double.isNaN(seen) ? last - BEAT : Math.max(seen,
                last - 60);
        judge(true);
    }

    private void log(String line) {
        console.say(line);
        judge.run("insert into event_log values (?, ?)", clock.now(), line);
    }

    /** Takes files until {@link #close}. */
    public void run() {
        while (open) {
            boolean more = ingestor.step(false, clock.now());
            double since = Host.seconds() - told;
            if (more ? since > PACE : since > BEAT || changed()) {
                judge(true);
            }
            forget();
            if (!more && !watch.await()) {
                return;
            }
        }
    }

    /** Takes what is there now, files that may still grow as growing, and judges it. */
    public void look() {
        while (ingestor.step(false, clock.now())) {
            judge(true);
        }
        judge(true);
    }

    private boolean changed() {
        return judge.number("select count(*) from cycle where time > ?", judged) > 0 || badFiles() != shownBad();
    }

    private int badFiles() {
        return (int) ingestor.files().stream().filter(f -> f.state() == SourceFile.State.BAD).count();
    }

    private int shownBad() {
        return (int) status.files().stream().filter(f -> f.state() == SourceFile.State.BAD).count();
    }

    /** Takes everything that is there and judges it cycle time by cycle time, as if it had come live. */
    public void drain() {
        while (ingestor.step(true, clock.now())) {
            judge(false);
        }
        store.roll();
        judge(false);
    }

    private synchronized void judge(boolean live) {
        double last = judge.number("select max(time) from cycle");
        double from = Double.isInfinite(judged) ? judge.number("select min(time) - 1 from cycle") : judged;
        boolean fresh = !Double.isNaN(last) && last > from;
        readings = evaluator.read(Double.isNaN(from) ? 0 : from, Double.isNaN(last) ? 0 : last, badFiles());
        book.take(readings, Double.isNaN(last) ? 0 : last, clock.now()).forEach(this::log);
        if (fresh) {
            judged = last;
        }
        revision++;
        publish(live);
    }

    private synchronized void publish(boolean live) {
        List<Alarm> open = book.open();
        List<Alarm> all = new ArrayList<>(open);
        book.last(10).stream().filter(a -> open.stream().noneMatch(o -> o.id() == a.id())).forEach(all::add);
        status = maker.make(revision, readings, all, ingestor.files(),
                live ? OptionalDouble.of(clock.now()) : OptionalDouble.empty());
        told = Host.seconds();
        listeners.forEach(l -> l.accept(status));
    }

    private void forget() {
        if (Host.seconds() - forgot > FORGET_EVERY) {
            forgot = Host.seconds();
            double last = judge.number("select max(time) from cycle");
            if (!Double.isNaN(last)) {
                store.forget(last - setting.limits().eventSeconds());
            }
            store.roll();
        }
    }

    /** Status as last told. */
    public Status status() {
        return status;
    }

    /** Adds one who is told every new status, on the thread that made it; it must not block. */
    public void listen(Consumer<Status> listener) {
        listeners.add(listener);
    }

    /** Removes a listener. */
    public void unlisten(Consumer<Status> listener) {
        listeners.remove(listener);
    }

    /** View of the present state; made once for all who ask the same. */
    public CompletableFuture<View> view(ViewQuery q) {
        synchronized (cache) {
            long now = status.revision();
            cache.values().removeIf(f -> f.isDone() && (f.isCompletedExceptionally() || f.join().revision() != now));
            CompletableFuture<View> known = cache.get(q);
            if (known == null) {
                while (cache.size() >= CACHED) {
                    cache.remove(cache.keySet().iterator().next());
                }
                known = CompletableFuture.supplyAsync(() -> views.of(q, now), queries);
                cache.put(q, known);
            }
            return known;
        }
    }

    /**
     * Acknowledges alarms.
     *
     * @param id number, 0 for all
     * @return number of alarms acknowledged
     */
    public int acknowledge(long id, String by, String remark) {
        int n = book.acknowledge(id, by, remark, clock.now());
        log("acknowledged by " + by + ": " + (id == 0 ? "all" : "alarm " + id) + (remark.isEmpty() ? "" : ", "
                + remark));
        synchronized (this) {
            revision++;
            publish(status.staleAfter() != null);
        }
        return n;
    }

    /** Limits in force. */
    public Limits limits() {
        return setting.limits();
    }

    /** The store. */
    public TrendStore store() {
        return store;
    }

    @Override
    public void close() {
        open = false;
        queries.shutdownNow();
        ingestor.close();
    }
}
