// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.command;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.provenance.Environment;
import org.xtendsxi.caldb.provenance.Host;
import org.xtendsxi.pipeline.flow.EventChain;
import org.xtendsxi.pipeline.flow.SetWords;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.quicklook.ingest.Setting;
import org.xtendsxi.quicklook.limits.Limits;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.report.StaticPage;
import org.xtendsxi.quicklook.store.Export;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.view.ViewQuery;
import org.xtendsxi.quicklook.watch.DirectoryWatch;
import org.xtendsxi.quicklook.web.Json;
import org.xtendsxi.quicklook.web.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi quicklook}: watches a directory and serves the operators' page. */
@Command(name = "quicklook", description = "Watches a directory and shows how the camera is on a local web page.")
public final class QuicklookCommand implements SxiCommand {
    private static final int TOKEN_BYTES = 16;
    private static final int SECONDS_TO_END = 5;
    private static final int MAX_PORT = 65535;

    @Parameters(index = "0", paramLabel = "DIR", description = "Directory to watch; never written to.")
    Path directory;
    @Option(names = "--port", defaultValue = "8787", description = "Port, 0 for any that is free.")
    int port;
    @Option(names = "--bind", defaultValue = "127.0.0.1", paramLabel = "ADDRESS",
            description = "Address to listen on; others than the loopback address ask for a token.")
    String bind;
    @Option(names = "--token", description = "Token for other machines (default: a new one is printed).")
    Optional<String> token = Optional.empty();
    @Option(names = "--store", paramLabel = "DIR",
            description = "Trend store (default: one per DIR under ~/.local/state/sxi).")
    Optional<Path> store = Optional.empty();
    @Option(names = "--limits", paramLabel = "FILE", description = "Limits that differ from the proposals.")
    Optional<Path> limits = Optional.empty();
    @Option(names = "--print-limits", description = "Print the proposed limits and end.")
    boolean printLimits;
    @Option(names = "--caldb", paramLabel = "DIR",
            description = "Calibration database (default: $CALDB, else the model).")
    Optional<Path> caldb = Optional.empty();
    @Option(names = "--kernel", defaultValue = "auto", description = "auto, scalar, simd or tornado.")
    String kernel;
    @Option(names = "--threads", defaultValue = "0", paramLabel = "N", description = "Threads, 0 for all processors.")
    int threads;
    @Option(names = "--set", paramLabel = "STAGE.NAME=VALUE",
            description = "Sets a parameter of a stage, as in sxi run; may be repeated.")
    List<String> set = new ArrayList<>();
    @Option(names = "--once", description = "Take what is there, write the static page to --out, and end.")
    boolean once;
    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the static page.")
    Optional<Path> out = Optional.empty();
    @Option(names = "--hours", defaultValue = "0", description = "Hours of the static page, 0 for all.")
    double hours;
    @Option(names = "--export", paramLabel = "FILE",
            description = "Write the trend to FILE.fits, or to Parquet files in a folder.")
    Optional<Path> export = Optional.empty();
    @Option(names = "--sql", paramLabel = "QUERY",
            description = "Print the rows that a query finds in the trend store, and end; nothing is changed.")
    Optional<String> query = Optional.empty();

    @Override
    public void run(Console console) {
        if (printLimits) {
            Limits.defaults().lines().forEach(console::result);
            return;
        }
        check();
        Limits l = Limits.load(limits);
        if (query.isPresent()) {
            query(folder(directory.toAbsolutePath().normalize()), query.get(), console);
            return;
        }
        try (DirectoryWatch watch = new DirectoryWatch(directory);
                TrendStore s = TrendStore.open(folder(watch.root()))) {
            Setting setting = new Setting(Caldb.open(caldb), EventChain.parameters(SetWords.byStage(set)),
                    Kernels.choose(kernel, console::explain), threads == 0 ? Host.processors() : threads, l,
                    s.folder());
            try (Engine engine = new Engine(watch, s, setting, console)) {
                if (once) {
                    once(engine, console);
                } else {
                    serve(engine, console);
                }
            }
        }
    }

    private void check() {
        if (once && out.isEmpty() && export.isEmpty()) {
            throw SxiException.usage("--once needs a place for the page").todo("give --out DIR").build();
        }
        if (!once && (out.isPresent() || export.isPresent())) {
            throw SxiException.usage("--out and --export belong to --once").todo("add --once").build();
        }
        within("--threads", threads, 0, Integer.MAX_VALUE);
        within("--port", port, 0, MAX_PORT);
        within("--hours", hours, 0, ViewQuery.MAX_HOURS);
        for (Optional<Path> p : List.of(out, export, store)) {
            if (p.isPresent()
                    && p.get().toAbsolutePath().normalize().startsWith(directory.toAbsolutePath().normalize())) {
                throw SxiException.usage("output lies inside the watched directory").in(p.get())
                        .todo("give a place elsewhere").build();
            }
        }
    }

    private static void within(String option, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw SxiException.usage(option + " is not usable")
                    .value(BigDecimal.valueOf(value).stripTrailingZeros().toPlainString())
                    .limit(String.format(Locale.ROOT, "%.0f..%.0f", low, high)).todo("correct it").build();
        }
    }

    private Path folder(Path root) {
        return store.orElseGet(() -> Environment.variable("XDG_STATE_HOME").map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".local", "state")).resolve("sxi").resolve("quicklook")
                .resolve(Digest.of(root.toString()).substring(0, TOKEN_BYTES)));
    }

    /** Rows with the names of the columns first, tabs between; with --json an array of objects. */
    private static void query(Path folder, String text, Console console) {
        try (TrendStore s = TrendStore.read(folder); Sql sql = s.reader()) {
            List<Map<String, Object>> rows = sql.ask(text);
            if (console.json()) {
                console.result(Json.of(rows));
                return;
            }
            rows.stream().limit(1).forEach(r -> console.result(String.join("\t", r.keySet())));
            rows.forEach(r -> console.result(r.values().stream().map(v -> v == null ? "" : v.toString())
                    .collect(Collectors.joining("\t"))));
        }
    }

    private void once(Engine engine, Console console) {
        engine.drain();
        ViewQuery q = ViewQuery.FIRST.last(hours);
        if (out.isPresent()) {
            StaticPage.write(out.get(), engine.status(), engine.view(q).join());
        }
        if (export.isPresent()) {
            export(engine, export.get());
        }
        if (console.json()) {
            console.result(Json.of(engine.status()));
        } else {
            out.ifPresent(o -> console.result(o.resolve("index.html").toString()));
            export.ifPresent(e -> console.result(e.toString()));
        }
    }

    private static void export(Engine engine, Path target) {
        try (Sql sql = engine.store().reader()) {
            Export e = new Export(sql);
            if (target.toString().endsWith(".fits")) {
                e.fits(target);
            } else {
                Export.TABLES.forEach(t -> e.parquet(t, target.resolve(t + ".parquet")));
            }
        }
    }

    private void serve(Engine engine, Console console) {
        InetSocketAddress address = new InetSocketAddress(bind, port);
        boolean local = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        Optional<String> word = local ? token : token.or(() -> Optional.of(newToken()));
        try (Server server = new Server(engine, address, word)) {
            console.result("http://" + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + server.port() + "/"
                    + word.map(t -> "?token=" + t).orElse(""));
            CountDownLatch done = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                engine.close();
                await(done);
            }));
            try {
                engine.run();
            } finally {
                done.countDown();
            }
        }
    }

    /** Lets the transaction in progress end; a kill would lose nothing either. */
    private static void await(CountDownLatch done) {
        try {
            done.await(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String newToken() {
        byte[] b = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(b);
        return HexFormat.of().formatHex(b);
    }
}
