// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.explain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.pipeline.flow.Flow;
import org.xtendsxi.pipeline.flow.Observation;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.pipeline.gti.GoodTime;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the run that wrote an event file was made, from its record; without a record the defaults. */
final class RunSettings {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Optional<Path> record;
    private final JsonNode root;

    private RunSettings(Optional<Path> record) {
        this.record = record;
        this.root = record.map(RunSettings::read).orElseGet(JSON::createObjectNode);
    }

    /** Settings of the run whose output directory holds a file of {@code xtend/event_uf}. */
    static RunSettings of(Path events) {
        return new RunSettings(Optional.ofNullable(events.toAbsolutePath().normalize().getParent())
                .map(p -> p.resolve("../../log/run.json").normalize()).filter(Files::isRegularFile));
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (JacksonException e) {
            throw SxiException.data("record cannot be read").in(file).value(e.getOriginalMessage()).cause(e)
                    .todo("run the pipeline again").build();
        }
    }

    /** The record, if there is one. */
    Optional<Path> record() {
        return record;
    }

    Compat compat() {
        return Compat.of(root.path("compat").asString(Compat.STRICT.word())).orElse(Compat.STRICT);
    }

    /** Parameters of a stage as they were in the run. */
    Parameters parameters(String stage) {
        StageSpec spec = Flow.stages().stream().filter(s -> s.id().equals(stage)).findFirst().orElseThrow();
        Map<String, String> given = new LinkedHashMap<>();
        JsonNode recorded = root.path("parameters").path(stage);
        spec.parameters().forEach(p -> {
            String v = recorded.path(p.name()).path("value").asString("");
            if (!v.isEmpty()) {
                given.put(p.name(), v);
            }
        });
        return Parameters.of(stage, spec.parameters(), given);
    }

    /** Cleaned file of an unfiltered one in the layout of a run. */
    static Path cleaned(Path events) {
        Path absolute = events.toAbsolutePath().normalize();
        return absolute.resolveSibling("../event_cl/" + absolute.getFileName().toString().replace("_uf.", "_cl."))
                .normalize();
    }

    /** Condition of the screening of an event file, as it was in the run; without a record that of the model. */
    String condition(Path events, Keywords header) {
        String stem = events.getFileName().toString().replaceFirst("_uf\\..*", "");
        String recorded = root.path("screening").path(stem).asString("");
        if (!recorded.isEmpty()) {
            return recorded;
        }
        String given = parameters("screen").text("expression");
        return given.equals(GoodTime.CALDB) ? GoodTime.modelCondition(parameters("gti"), header) : given;
    }

    /** Calibration database that the run was told to use, if it still exists. */
    Optional<Path> caldb() {
        return Optional.of(root.path("caldb").asString("")).filter(p -> !p.isEmpty()).map(Path::of)
                .filter(Files::exists);
    }

    /** Housekeeping of the observation, if both still exist. */
    Optional<Path> housekeeping() {
        String given = root.path("files").path("xtd_a0.hk").asString("");
        if (!given.isEmpty()) {
            return Optional.of(Path.of(given)).filter(Files::isRegularFile);
        }
        String directory = root.path("observation").asString("");
        return directory.isEmpty() || !Files.isDirectory(Path.of(directory)) ? Optional.empty()
                : Observation.open(Path.of(directory)).file("xtd_a0.hk");
    }

    /** SHA-256 of the calibration file of a kind in the run; empty if it is not known. */
    Optional<String> digest(String kind) {
        for (JsonNode c : root.path("calibration")) {
            if (c.path("kind").asString("").equals(kind)) {
                return Optional.of(c.path("sha256").asString(""));
            }
        }
        return Optional.empty();
    }
}
