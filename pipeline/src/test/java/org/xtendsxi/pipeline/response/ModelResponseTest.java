// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.HeapTable;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.model.ModelCaldb;
import org.xtendsxi.pipeline.golden.Golden;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.Task;

/**
 * A response of the model calibration keeps the rules of OGIP 92-002 that XSPEC relies on, and has the width stated.
 */
@Tag("validation")
class ModelResponseTest {
    private static final int CHANNELS = 4096;

    @TempDir
    static Path dir;
    private static double[][] low;
    private static double[][] high;
    private static double[][] groups;
    private static double[][] first;
    private static double[][] length;
    private static double[][] matrix;
    private static Keywords header;

    @BeforeAll
    static void make() {
        Path spectrum = dir.resolve("wmap.pha");
        try (FitsReader f = FitsReader.open(Golden.file("rmf_wmap")); FitsWriter w = FitsWriter.create(spectrum)) {
            w.image("WMAP", Image.read(f, f.primary()), f.primary().keywords().observation()
                    .set("TELESCOP", "XRISM", "")
                    .set("INSTRUME", "XTEND", ""));
            try (EventChunk c = f.whole(f.need("SPECTRUM"))) {
                w.table("SPECTRUM", c, f.need("SPECTRUM").keywords());
            }
            w.commit();
        }
        ModelCaldb.write(dir.resolve("caldb"));
        Task task = new ResponseTask();
        task.run(new Task.TaskCall("xtdrmf", Parameters.of("xtdrmf", task.parameters(), Map.of("infile",
                spectrum.toString(), "outfile", dir.resolve("out.rmf").toString(), "rmfparam", dir.resolve(
                "caldb/xa_xtd_rmfparam_20190101v001.fits").toString(), "dein", "20,240", "nchanin", "590,50")),
                Compat.STRICT, true, true), Console.silent());
        try (FitsReader f = FitsReader.open(dir.resolve("out.rmf"))) {
            low = HeapTable.column(f, f.need("MATRIX"), "ENERG_LO");
            high = HeapTable.column(f, f.need("MATRIX"), "ENERG_HI");
            groups = HeapTable.column(f, f.need("MATRIX"), "N_GRP");
            first = HeapTable.column(f, f.need("MATRIX"), "F_CHAN");
            length = HeapTable.column(f, f.need("MATRIX"), "N_CHAN");
            matrix = HeapTable.column(f, f.need("MATRIX"), "MATRIX");
            header = f.need("MATRIX").keywords().copy();
        }
    }

    @Test
    void energiesAreContiguousAndAscend() {
        assertThat(low).hasNumberOfRows(640);
        for (int i = 0; i < low.length; i++) {
            assertThat(high[i][0]).isGreaterThan(low[i][0]);
            assertThat(i == 0 ? low[0][0] : high[i - 1][0]).isCloseTo(low[i][0], within(1e-6));
        }
    }

    @Test
    void groupsLieInTheChannelsAndHoldTheMatrix() {
        int start = header.needInteger("TLMIN" + columnOf("F_CHAN"));
        assertThat(start).isZero();
        assertThat(header.needInteger("DETCHANS")).isEqualTo(CHANNELS);
        long elements = 0;
        long all = 0;
        for (int i = 0; i < matrix.length; i++) {
            int n = (int) groups[i][0];
            assertThat(n).as("row " + i).isPositive();
            assertThat(first[i]).hasSizeGreaterThanOrEqualTo(n);
            int end = start;
            int sum = 0;
            for (int g = 0; g < n; g++) {
                assertThat(first[i][g]).as("groups ascend, row " + i).isGreaterThanOrEqualTo(end);
                end = (int) (first[i][g] + length[i][g]);
                sum += (int) length[i][g];
            }
            assertThat(end).isLessThanOrEqualTo(start + CHANNELS);
            assertThat(matrix[i]).hasSize(sum);
            elements += sum;
            all += n;
        }
        assertThat(header.needInteger("NUMELT")).isEqualTo(elements);
        assertThat(header.needInteger("NUMGRP")).isEqualTo(all);
    }

    private static int columnOf(String name) {
        int i = 1;
        while (!header.needText("TTYPE" + i).strip().equals(name)) {
            i++;
        }
        return i;
    }

    /** What a row lacks of 1 lies below the threshold that is kept. */
    @Test
    void rowsAreProbabilities() {
        for (double[] row : matrix) {
            assertThat(Arrays.stream(row).min().orElseThrow()).isPositive();
            assertThat(Arrays.stream(row).sum()).isBetween(0.9999, 1 + 1e-6);
        }
    }

    @Test
    void theWidthIsThatOfTheModel() {
        int at = 0;
        while (high[at][0] < 5.895) {
            at++;
        }
        double mean = 0;
        double square = 0;
        double sum = 0;
        for (int k = 0; k < matrix[at].length; k++) {
            double ev = 6 * (first[at][0] + k + 0.5);
            sum += matrix[at][k];
            mean += matrix[at][k] * ev;
            square += matrix[at][k] * ev * ev;
        }
        mean /= sum;
        assertThat(mean).isCloseTo(500 * (low[at][0] + high[at][0]), within(1.0));
        assertThat(2 * Math.sqrt(2 * Math.log(2)) * Math.sqrt(square / sum - mean * mean)).isCloseTo(170, within(2.0));
    }

    @Test
    void boundsOfChannelsAreContiguousFromZero() {
        try (FitsReader f = FitsReader.open(dir.resolve("out.rmf")); EventChunk t = f.whole(f.need("EBOUNDS"))) {
            assertThat(t.ints("CHANNEL")).hasSize(CHANNELS).startsWith(0, 1).endsWith(CHANNELS - 1);
            double[] min = t.doubles("E_MIN");
            double[] max = t.doubles("E_MAX");
            for (int i = 0; i < CHANNELS; i++) {
                assertThat(max[i]).isCloseTo(0.006 * (i + 1), within(1e-6));
                assertThat(min[i]).isPositive().isLessThan(max[i]);
                assertThat(i == 0 ? 0.0006 : max[i - 1]).isCloseTo(min[i], within(1e-6));
            }
        }
    }
}
