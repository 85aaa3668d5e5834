// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.index.Caldb;

/** What is timed really works. */
class WorkloadsTest {
    @Test
    void kernelsAndChainsFindTheEventsPutIn() {
        List<String> refusals = new ArrayList<>();
        List<Workload> all = FrameWorkloads.all(refusals::add);
        assertThat(all).extracting(Workload::name).contains("scan, scalar", "bias, dark, extraction, scalar");
        // 64 frames with 50 events each, of which few touch another
        assertThat(all).allSatisfy(w -> assertThat(w.work().run()).as(w.name()).isBetween(3100L, 3200L));
    }

    @Test
    void eventWorkloadsHandleAllRows() {
        List<Workload> all = EventWorkloads.of(Caldb.open(Optional.empty()));
        assertThat(all).hasSize(18).allSatisfy(w -> assertThat(w.work().run()).as(w.name())
                .isGreaterThanOrEqualTo(EventWorkloads.EVENTS));
    }

    @Test
    void eventFileHasTheRowsOfTheArchiveAndDoesNotDependOnChunks(@TempDir Path dir) {
        Path file = dir.resolve("a.evt");
        Path hk = EventMaker.write(file, 20000);
        assertThat(hk).exists();
        try (FitsReader f = FitsReader.open(file); EventChunk all = f.whole(f.need("EVENTS"));
                EventChunk late = EventMaker.chunk(EventMaker.SCHEMA, 17000, 10)) {
            assertThat(f.need("EVENTS").rowBytes()).isEqualTo(221);
            assertThat(all.rows()).isEqualTo(20000);
            short[] pulses = all.shorts("PHAS_INNER3X3");
            assertThat(late.shorts("PHAS_INNER3X3"))
                    .isEqualTo(java.util.Arrays.copyOfRange(pulses, 17000 * 9, 17010 * 9));
        }
    }
}
