// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.HeapTable;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.golden.Golden;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;

/** The response matrix of the reference tool from its own inputs. */
class GoldenResponseTest {
    private static final double THRESHOLD = 1e-6;

    @TempDir
    Path work;

    private Path run(Path spectrum, Path parameters, Compat compat, Map<String, String> more) {
        Path out = work.resolve(compat.word() + ".rmf");
        Map<String, String> given = new HashMap<>(Map.of("infile", spectrum.toString(), "outfile", out.toString(),
                "rmfparam", parameters.toString(), "dein", "30,150", "nchanin", "200,60"));
        given.putAll(more);
        Task task = new ResponseTask();
        task.run(new Task.TaskCall("xtdrmf", Parameters.of("xtdrmf", task.parameters(), given), compat, true, true),
                Console.silent());
        return out;
    }

    private Path compact(Compat compat, Map<String, String> more) {
        return run(Golden.file("rmf_wmap"), Golden.file("rmf_param"), compat, more);
    }

    private static double[][] column(FitsReader f, String name) {
        return HeapTable.column(f, f.need("MATRIX"), name);
    }

    /** Compares every step-th row of ours with the rows expected. */
    private static void compare(Path ours, Path expected, int step) {
        try (FitsReader a = FitsReader.open(ours); FitsReader b = FitsReader.open(expected)) {
            for (String name : new String[] {"ENERG_LO", "ENERG_HI", "N_GRP", "F_CHAN", "N_CHAN", "MATRIX"}) {
                double[][] x = column(a, name);
                double[][] y = column(b, name);
                assertThat(x.length).as(name).isEqualTo(260).isEqualTo(step * y.length);
                for (int i = 0; i < y.length; i++) {
                    assertThat(x[i * step]).as(name + " row " + i * step).hasSameSizeAs(y[i]);
                    for (int k = 0; k < y[i].length; k++) {
                        double off = Math.abs(x[i * step][k] - y[i][k]);
                        assertThat(off).as(name + " row " + i * step + " element " + k).isLessThanOrEqualTo(
                                name.endsWith("N_CHAN") || name.equals("N_GRP") || name.equals("F_CHAN") ? 0
                                        : Math.max(1e-9, (name.equals("MATRIX") ? 1e-5 : 1e-6) * Math.abs(y[i][k])));
                    }
                }
            }
            Keywords k = a.need("MATRIX").keywords();
            Keywords want = b.need("MATRIX").keywords();
            for (String key : new String[] {"NUMGRP", "NUMELT"}) {
                assertThat(k.needInteger(key)).as(key).isEqualTo(want.needInteger(key));
            }
            try (EventChunk x = a.whole(a.need("EBOUNDS")); EventChunk y = b.whole(b.need("EBOUNDS"))) {
                assertThat(x.ints("CHANNEL")).isEqualTo(y.ints("CHANNEL"));
                assertThat(x.doubles("E_MIN")).usingComparatorWithPrecision(1e-6).containsExactly(y.doubles("E_MIN"));
                assertThat(x.doubles("E_MAX")).usingComparatorWithPrecision(1e-6).containsExactly(y.doubles("E_MAX"));
            }
        }
    }

    @Tag("validation")
    @Test
    void compactCaseIsTheSame() {
        compare(compact(Compat.HEASOFT_6_20, Map.of()), Golden.file("rmf_out"), 20);
    }

    @Tag("validation")
    @Test
    void wholeCaseIsTheSame() {
        String given = System.getProperty("sxi.shared");
        Path root = (given == null ? Path.of(System.getProperty("sxi.root", ".")).resolve("../shared")
                : Path.of(given)).resolve("golden/rmf");
        assumeTrue(Files.isDirectory(root), "the golden collection is not here: " + root);
        compare(run(root.resolve("input/wmap.pha.gz"), root.resolve("input/rmfparam.fits.gz"), Compat.HEASOFT_6_20,
                Map.of()), root.resolve("expected/01_sxirmf.rmf.gz"), 1);
    }

    /** The strict matrix of a map is that of the reference for the transposed map, but for the rows that R9 spoils. */
    @Tag("validation")
    @Test
    void strictUndoesTheExchangeAndFillsTheSpoiltRows() {
        Path turned = work.resolve("turned.pha");
        try (FitsReader f = FitsReader.open(Golden.file("rmf_wmap")); FitsWriter w = FitsWriter.create(turned)) {
            Image m = Image.read(f, f.primary());
            int n = m.axes().getFirst();
            double[] v = new double[n * n];
            Arrays.setAll(v, i -> m.values()[i % n * n + i / n]);
            w.image("WMAP", Image.floats(n, n, v), f.primary().keywords());
            try (EventChunk c = f.whole(f.need("SPECTRUM"))) {
                w.table("SPECTRUM", c, f.need("SPECTRUM").keywords());
            }
            w.commit();
        }
        Path strict = run(turned, Golden.file("rmf_param"), Compat.STRICT, Map.of());
        try (FitsReader a = FitsReader.open(strict); FitsReader b = FitsReader.open(Golden.file("rmf_out"))) {
            double[][] x = column(a, "MATRIX");
            double[][] y = column(b, "MATRIX");
            assertThat(y[0]).isEmpty();
            for (int i = 0; i < x.length; i++) {
                double total = Arrays.stream(x[i]).sum();
                assertThat(total).as("row " + i).isBetween(0.999, 1.000001);
            }
            for (int i = 1; i < y.length; i++) {
                assertThat(x[20 * i]).as("row " + 20 * i).hasSameSizeAs(y[i]);
                double worst = 0;
                for (int k = 0; k < y[i].length; k++) {
                    worst = Math.max(worst, Math.abs(x[20 * i][k] - y[i][k]) / y[i][k]);
                }
                assertThat(worst).as("row " + 20 * i).isLessThan(1e-5);
            }
        }
    }

    @Test
    void thresholdKeepsWhatIsAboveIt() {
        Path out = compact(Compat.STRICT, Map.of("rmfthresh", "1e-3", "nchanout", "2048", "deout", "12"));
        try (FitsReader f = FitsReader.open(out)) {
            for (double[] row : column(f, "MATRIX")) {
                assertThat(Arrays.stream(row).min().orElseThrow()).isGreaterThanOrEqualTo(1e-3 - 1e-9);
            }
            assertThat(f.need("MATRIX").keywords().needReal("LO_THRES")).isEqualTo(1000 * THRESHOLD);
            assertThat(f.need("EBOUNDS").rows()).isEqualTo(2048);
        }
    }

    @Test
    void spectrumWithoutMapIsRefused() {
        Path file = Golden.file("base");
        assertThatThrownBy(() -> run(file, Golden.file("rmf_param"), Compat.STRICT, Map.of()))
                .isInstanceOf(SxiException.class).hasMessageContaining("SPECTRUM");
    }
}
