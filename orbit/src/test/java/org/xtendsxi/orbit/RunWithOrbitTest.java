// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.testdata.config.Effect;
import org.xtendsxi.testdata.config.SceneKind;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.observation.ObservationWriter;

/** A run on an observation with orbit and attitude but without EHK file computes one and screens by it. */
@Tag("validation")
class RunWithOrbitTest {
    private static final String STEM = "xtend/event_uf/xa900000001xtd_p030000010_good.gti";

    @TempDir
    Path folder;

    private GtiList good(Path observation, String out, Map<String, String> ehk, Map<String, String> gti,
            String extension) {
        Path to = folder.resolve(out);
        new Runner(new RunOptions(observation, to, Optional.empty(), Optional.empty(), Optional.of("screen"), 2,
                "scalar", 1,
                Map.of("ehk", ehk, "gti", gti), Compat.STRICT, false, List.of("run")), Console.silent()).run();
        try (FitsReader f = FitsReader.open(to.resolve(STEM))) {
            return f.find(extension).map(h -> GtiTable.read(f, h)).orElse(GtiList.EMPTY);
        }
    }

    @Test
    void goodTimeComesFromTheComputedFile() throws IOException {
        SimulationConfig config = SimulationConfig.of(SceneKind.FE55, 1, 6).withCcds(List.of(0)).withDarkCycles(6)
                .withEffects(EnumSet.of(Effect.NOISE, Effect.ATTITUDE));
        Path observation = new ObservationWriter(config, folder.resolve("in")).write(2, Console.silent());
        GtiList all = good(observation, "out", Map.of(), Map.of(), "GTIEHK");
        assertThat(all.start()).isLessThanOrEqualTo(config.startTime());
        assertThat(all.stop()).isGreaterThanOrEqualTo(config.stopTime());
        String record = Files.readString(folder.resolve("out/log/run.json"));
        assertThat(record).contains("auxil/xa900000001.ehk", "(from orbit and attitude)", "\"pass\" : \"ehk\"");
        // the satellite climbs towards the target: from some time on it stands high enough
        GtiList part = good(observation, "out", Map.of(), Map.of("ehk", "ELV>33.5"), "GTIEHK");
        assertThat(part.start()).isBetween(config.startTime(), config.stopTime());
        assertThat(Files.readString(folder.resolve("out/log/run.json")))
                .contains("same orbit, attitude and parameters");
        GtiList none = good(observation, "without", Map.of("enabled", "no"), Map.of(), "GTIEHK");
        assertThat(none.isEmpty()).isTrue();
        assertThat(folder.resolve("without/auxil")).doesNotExist();
    }
}
