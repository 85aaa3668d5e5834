// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.error.SxiException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A recipe as it stands in its file (docs/calibration.md). Paths are relative to the file and may have wildcards.
 *
 * @param title what it is for
 * @param caldb folder of the database to begin with; {@code model} for the model calibration
 * @param validFrom start of validity of all files, {@code yyyy-mm-dd}; empty: the first observation of each
 * @param data lists of files by name
 * @param steps what is done, in this order
 */
record Recipe(String title, String caldb, String validFrom, Map<String, DataSet> data, List<Step> steps) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Puts what was left out. */
    Recipe {
        title = title == null ? "" : title;
        caldb = caldb == null ? "model" : caldb;
        validFrom = validFrom == null ? "" : validFrom;
        data = data == null ? Map.of() : new LinkedHashMap<>(data);
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    /**
     * Files that belong together.
     *
     * @param events event lists or dark frames
     * @param hk housekeeping files
     */
    record DataSet(List<String> events, List<String> hk) {
        DataSet {
            events = events == null ? List.of() : List.copyOf(events);
            hk = hk == null ? List.of() : List.copyOf(hk);
        }
    }

    /**
     * A task of {@code sxi calib}.
     *
     * @param task its name
     * @param name name by which later steps call its file, {@code @name}; the task's unless given
     * @param data name of its data
     * @param options its options without {@code --}; true for a switch, a list for an option that may be repeated
     * @param publish whether later steps use the file and the database gets it
     */
    record Step(String task, String name, String data, Map<String, JsonNode> options, Boolean publish) {
        Step {
            name = name == null ? task : name;
            options = options == null ? Map.of() : new LinkedHashMap<>(options);
            publish = publish == null || publish;
        }
    }

    /** Reads a recipe. */
    static Recipe read(Path file) {
        try {
            Recipe r = YAML.readValue(Files.readString(file), Recipe.class);
            if (r == null || r.steps().isEmpty()) {
                throw SxiException.usage("recipe has no steps").in(file).todo("list at least one task under steps")
                        .build();
            }
            return r;
        } catch (IOException e) {
            throw SxiException.usage("recipe cannot be read").in(file).value(e.getMessage()).cause(e)
                    .todo("check the path")
                    .build();
        } catch (JacksonException e) {
            SxiException.Builder b = SxiException.usage("recipe makes no sense").in(file).value(e.getOriginalMessage()
                    .lines().findFirst().orElse(""))
                    .cause(e)
                    .limit("title, caldb, valid-from, data, steps; see docs/calibration.md").todo("correct it");
            throw (e.getLocation() == null || e.getLocation().getLineNr() < 1 ? b : b.row(e.getLocation().getLineNr()))
                    .build();
        }
    }
}
