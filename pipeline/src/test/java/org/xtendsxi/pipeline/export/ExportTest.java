// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.pipeline.bench.EventMaker;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.pipeline.golden.Outside;

/** The Arrow file holds what the FITS file holds, read by the Arrow library and by pyarrow. */
class ExportTest {
    private static final int EVENTS = 150_000;

    @TempDir
    Path dir;

    private Path export(String... more) {
        Path fits = dir.resolve("a.evt");
        EventMaker.write(fits, EVENTS);
        Path out = dir.resolve("a.arrow");
        String[] words = new String[5 + more.length];
        System.arraycopy(new String[] {"-q", "export", fits.toString(), "--out", out.toString()}, 0, words, 0, 5);
        System.arraycopy(more, 0, words, 5, more.length);
        assertThat(Main.run(words)).isZero();
        return out;
    }

    @Test
    @Tag("validation")
    void everyValueComesBack() throws IOException {
        Path out = export();
        try (FitsReader f = FitsReader.open(dir.resolve("a.evt")); EventChunk all = f.whole(f.need("EVENTS"));
                RootAllocator memory = new RootAllocator(64 << 20);
                ArrowFileReader r = new ArrowFileReader(FileChannel.open(out), memory)) {
            VectorSchemaRoot root = r.getVectorSchemaRoot();
            double[] time = all.doubles("TIME");
            short[] pulses = new short[EVENTS * 9];
            int[] ints = all.ints("PHAS_INNER3X3");
            for (int i = 0; i < ints.length; i++) {
                pulses[i] = (short) ints[i];
            }
            int at = 0;
            while (r.loadNextBatch()) {
                assertThat(root.getRowCount()).as("bounded batches").isLessThanOrEqualTo(1 << 16);
                Float8Vector t = (Float8Vector) root.getVector("TIME");
                FixedSizeListVector p = (FixedSizeListVector) root.getVector("PHAS_INNER3X3");
                SmallIntVector items = (SmallIntVector) p.getDataVector();
                for (int i = 0; i < root.getRowCount(); i++, at++) {
                    if (t.get(i) != time[at] || items.get(9 * i) != pulses[9 * at] || items.get(9 * i + 8) != pulses[9 * at + 8]) {
                        throw new AssertionError("row " + at);
                    }
                }
            }
            assertThat(at).isEqualTo(EVENTS);
            Map<String, String> rawx = root.getSchema().findField("RAWX").getMetadata();
            assertThat(rawx).containsEntry("unit", "pixel").containsEntry("tnull", "-1").containsEntry("tlmax", "319");
            assertThat(root.getSchema().getCustomMetadata()).containsKey("DATAMODE").containsEntry("TELESCOP", "XRISM");
        }
    }

    @Test
    void columnsMayBeChosenAndUnknownOnesAreRefused() throws IOException {
        Path out = export("--columns", "TIME,RAWX");
        try (RootAllocator memory = new RootAllocator(64 << 20);
                ArrowFileReader r = new ArrowFileReader(FileChannel.open(out), memory)) {
            assertThat(r.getVectorSchemaRoot().getSchema().getFields()).extracting(Field::getName)
                    .containsExactly("TIME", "RAWX");
        }
        assertThat(Main.run("-q", "export", dir.resolve("a.evt").toString(), "--out", dir.resolve("b.arrow").toString(),
                "--columns", "TIMES")).isEqualTo(2);
        assertThat(dir.resolve("b.arrow")).doesNotExist();
    }

    @Test
    @Tag("validation")
    void pyarrowReadsTheSame() {
        export();
        Outside.Said said = Outside.python(List.of("pyarrow", "astropy"), """
                import pyarrow.feather as feather
                from astropy.io import fits
                t = feather.read_table('%s/a.arrow')
                d = fits.getdata('%s/a.evt', 'EVENTS')
                assert t.num_rows == len(d)
                for name in ('TIME', 'RAWX', 'CCD_ID'):
                    assert (t[name].to_numpy() == d[name]).all(), name
                assert t.schema.field('TIME').metadata[b'unit'] == b's'
                """.formatted(dir, dir));
        assertThat(said.status()).as(said.text()).isZero();
    }
}
