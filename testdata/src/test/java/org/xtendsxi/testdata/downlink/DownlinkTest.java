// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.downlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;

/** What arrives is the observation, cycle by cycle. */
@Tag("validation")
class DownlinkTest {
    private static final String FRAMES = "xtend/frames/xa900000001xtd_p030000010_fr";
    private static final String HOUSEKEEPING = "xtend/hk/xa900000001xtd_a0";
    private static final int CYCLES = 3;
    private static final int SEGMENTS = 2;

    @TempDir
    static Path shared;
    private static Path observation;

    @TempDir
    Path out;

    @BeforeAll
    static void simulate() {
        SimulationConfig c = SimulationConfig.of(SceneKind.BLANK, 4, CYCLES).withCcds(List.of(1)).withDarkCycles(1)
                .withEffects(Set.of(Effect.EVEN_ODD, Effect.ATTITUDE));
        observation = new ObservationWriter(c, shared).write(2, Console.silent());
    }

    @Test
    void filesGrowByCyclesAndEndAsTheirSources() throws IOException {
        Path arrived = out.resolve(observation.getFileName().toString());
        List<Long> rows = new ArrayList<>();
        Downlink.Summary s = new Downlink(observation, out).run(0, 1, upTo -> {
            try (FitsReader f = FitsReader.open(arrived.resolve(FRAMES + ".fits"))) {
                Hdu h = f.need("FRAMES");
                assertThat(h.keywords().isTrue("INCOMPLT")).isTrue();
                assertThat(h.keywords().needInteger("NAXIS2")).isZero();
                rows.add(h.rows());
            }
        }, Console.silent().progress("", 0, ""));
        assertThat(rows).containsExactly(2L, 4L, 6L);
        assertThat(s.dataSeconds()).isEqualTo(4.0 * CYCLES);
        List<Path> sources;
        try (Stream<Path> all = Files.walk(observation)) {
            sources = all.filter(Files::isRegularFile).filter(p -> !p.startsWith(observation.resolve("truth"))).toList();
        }
        assertThat(sources).hasSizeGreaterThan(4);
        for (Path p : sources) {
            assertThat(Files.mismatch(p, arrived.resolve(observation.relativize(p).toString()))).as("%s", p)
                    .isEqualTo(-1);
        }
        assertThat(arrived.resolve("truth")).doesNotExist();
    }

    @Test
    void passesFollowEachOther() {
        new Downlink(observation, out).run(0, 2, upTo -> { }, Console.silent().progress("", 0, ""));
        Path arrived = out.resolve(observation.getFileName().toString());
        try (FrameReader a = FrameReader.open(arrived.resolve(FRAMES + ".fits"));
                FrameReader b = FrameReader.open(arrived.resolve(FRAMES + "-2.fits"))) {
            assertThat(b.rows()).isEqualTo(a.rows()).isEqualTo(CYCLES * SEGMENTS);
            for (long row = 0; row < a.rows(); row++) {
                assertThat(b.readIndex(row).time() - a.readIndex(row).time()).isEqualTo(4.0 * CYCLES);
                assertThat(b.readIndex(row).number() - a.readIndex(row).number()).isEqualTo(CYCLES);
            }
            assertThat(b.keywords().needReal("TSTART")).isEqualTo(a.keywords().needReal("TSTOP"));
            assertThat(b.keywords().text("DATE-OBS")).isEqualTo(a.keywords().text("DATE-END"));
            assertThat(b.keywords().text("CHECKSUM")).isEmpty();
        }
        assertThat(arrived.resolve(HOUSEKEEPING + "-2.hk")).exists();
    }

    @Test
    void refusesAPlaceInUseAndWhatIsNoObservation() {
        assertThatThrownBy(() -> new Downlink(observation, shared)).isInstanceOf(SxiException.class)
                .hasMessageContaining("in use");
        assertThatThrownBy(() -> new Downlink(observation.resolve("auxil"), out)).isInstanceOf(SxiException.class)
                .hasMessageContaining("neither raw frames nor events");
    }
}
