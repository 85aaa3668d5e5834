// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.pipeline.flow.EventChain;
import org.xtendsxi.pipeline.flow.SetWords;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Kernels;
import org.xtendsxi.quicklook.ingest.Setting;
import org.xtendsxi.quicklook.limits.Limits;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.watch.DirectoryWatch;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;

/** What the tests of the quick look share: small observations, an engine, and a file that grows. */
public final class Bench {
    private Bench() {
    }

    public static SimulationConfig config(String obsid, int cycles, Effect... more) {
        Set<Effect> effects = new TreeSet<>(Effect.standard());
        effects.addAll(Set.of(more));
        return SimulationConfig.of(SceneKind.POINT, 7, cycles).withObsid(obsid).withDarkCycles(16).withEffects(effects)
                .withCcds(List.of(0, 1));
    }

    public static Path simulate(SimulationConfig c, Path out) {
        return new ObservationWriter(c, out).write(2, Console.silent());
    }

    public static Engine engine(Path directory, TrendStore store) {
        return engine(directory, store, Optional.empty());
    }

    public static Engine engine(Path directory, TrendStore store, Optional<Path> limits) {
        return engine(directory, store, limits, List.of());
    }

    /** An engine whose stages have parameters as the words of {@code --set} say. */
    public static Engine engine(Path directory, TrendStore store, Optional<Path> limits, List<String> words) {
        Setting s = setting(store, Kernels.choose("auto", r -> { }), limits, words);
        return new Engine(new DirectoryWatch(directory), store, s, Console.silent());
    }

    /** What files are processed with, by two threads. */
    public static Setting setting(TrendStore store, ExtractionKernel kernel, Optional<Path> limits,
            List<String> words) {
        return new Setting(Caldb.open(Optional.empty()), EventChain.parameters(SetWords.byStage(words)), kernel, 2,
                Limits.load(limits), store.folder());
    }

    /** A copy of a frame file that says INCOMPLT and has only so many rows and bytes more. */
    public static void partial(Path whole, Path part, long rows, long more) throws IOException {
        long data;
        int rowBytes;
        long size;
        try (FitsReader f = FitsReader.open(whole)) {
            Hdu h = f.need("FRAMES");
            data = h.dataOffset();
            rowBytes = h.rowBytes();
            size = data + rows * rowBytes + more;
        }
        byte[] all;
        try (RandomAccessFile in = new RandomAccessFile(whole.toFile(), "r")) {
            all = new byte[(int) size];
            in.readFully(all);
        }
        for (int at = 2880; at < data; at += 80) {
            if (new String(all, at, 8, StandardCharsets.US_ASCII).equals("CHECKSUM")) {
                byte[] card = String.format("%-80s",
                        "INCOMPLT=                    T").getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(card, 0, all, at, card.length);
            }
        }
        Files.createDirectories(part.getParent());
        Files.write(part, all);
    }
}
