// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.file.PartFile;
import org.xtendsxi.caldb.provenance.Digest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What earlier runs left under the output directory: per pass its key (digest of inputs, parameters and calibration)
 * and the SHA-256 of its files. A pass whose key and files agree is reused.
 */
final class RunState {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Path root;
    private final Map<String, Entry> passes;
    private final Map<String, CompletableFuture<String>> digests = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> pending = new HashMap<>();

    /**
     * A finished pass.
     *
     * @param key digest of all that determines its result
     * @param files SHA-256 by path relative to the output directory
     */
    record Entry(String key, Map<String, String> files) {
    }

    private RunState(Path root, Map<String, Entry> passes) {
        this.root = root;
        this.file = root.resolve("log/state.json");
        this.passes = new ConcurrentSkipListMap<>(passes);
    }

    /** Reads the state of an output directory; a damaged or absent one is empty. */
    static RunState open(Path root, boolean fresh) {
        Map<String, Entry> all = new LinkedHashMap<>();
        Path file = root.resolve("log/state.json");
        if (!fresh && Files.exists(file)) {
            try {
                JSON.readTree(Files.readString(file)).properties().forEach(p -> {
                    Map<String, String> files = new TreeMap<>();
                    p.getValue().get("files").properties().forEach(f -> files.put(f.getKey(), f.getValue().asString()));
                    all.put(p.getKey(), new Entry(p.getValue().get("key").asString(), files));
                });
            } catch (IOException | JacksonException | NullPointerException e) {
                all.clear();
            }
        }
        return new RunState(root, all);
    }

    /** Name of a pass over a data set. */
    static String name(Flow.Pass pass, Observation.DataSet set) {
        return pass.id() + ":" + set.stem();
    }

    /** Names of the passes that follow. */
    static String[] later(Flow.Pass pass, Observation.DataSet set) {
        return Arrays.stream(Flow.Pass.values()).filter(l -> l.ordinal() > pass.ordinal()).map(l -> name(l, set))
                .toArray(String[]::new);
    }

    /**
     * Why a pass cannot be reused, or empty if it can.
     *
     * @param pass name
     * @param key digest of all that determines its result
     * @param successors passes that write the same files anew and keep what this one made
     */
    String whyRerun(String pass, String key, String... successors) {
        Entry e = passes.get(pass);
        if (e == null) {
            return "not done before";
        }
        if (!e.key().equals(key)) {
            return "input, parameters or calibration changed";
        }
        for (Map.Entry<String, String> f : e.files().entrySet()) {
            Path p = root.resolve(f.getKey());
            if (!Files.exists(p)) {
                return f.getKey() + " is missing";
            }
            String found = digests.computeIfAbsent(stamp(p), s -> Digest.later(p)).join();
            boolean known = found.equals(f.getValue()) || Arrays.stream(successors).map(passes::get)
                    .anyMatch(s -> s != null && found.equals(s.files().get(f.getKey())));
            if (!known) {
                return f.getKey() + " was changed";
            }
        }
        return "";
    }

    /** Files of a finished pass with their digests, which may still have to be computed. */
    Supplier<Map<String, String>> files(String pass) {
        CompletableFuture<Void> computing = pending.getOrDefault(pass, CompletableFuture.completedFuture(null));
        return () -> {
            join(computing);
            return passes.get(pass).files();
        };
    }

    /**
     * Records a finished pass and saves the state as soon as the digests of its files, as they are now, are computed;
     * the run goes on meanwhile.
     */
    void done(String pass, String key, Iterable<Path> outputs) {
        Map<String, CompletableFuture<String>> files = new TreeMap<>();
        for (Path p : outputs) {
            files.put(root.relativize(p).toString(), digests.computeIfAbsent(stamp(p), s -> Digest.later(p)));
        }
        pending.put(pass, CompletableFuture.allOf(files.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> save(pass, key, files)));
    }

    /** Size and time of a file beside its name: a file that was written anew has others. */
    private static String stamp(Path p) {
        try {
            return p + " " + Files.size(p) + " " + Files.getLastModifiedTime(p).to(TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            throw SxiException.data("file cannot be read").in(p).value(e.getMessage()).cause(e)
                    .todo("check that nobody else works in the output directory").build();
        }
    }

    private synchronized void save(String pass, String key, Map<String, CompletableFuture<String>> files) {
        Map<String, String> done = new TreeMap<>();
        files.forEach((name, digest) -> done.put(name, digest.join()));
        passes.put(pass, new Entry(key, done));
        write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(passes));
    }

    private static void join(CompletableFuture<Void> computing) {
        try {
            computing.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SxiException s ? s : e;
        }
    }

    /** Writes a text file under a temporary name and renames it. */
    static void write(Path file, String text) {
        try {
            PartFile.write(file, text.getBytes(StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            throw SxiException.output("file cannot be written").in(file)
                    .value(e.getClass().getSimpleName() + ": " + e.getMessage()).cause(e)
                    .todo("check that the output directory is writable and has space").build();
        }
    }
}
