// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.error.Nearest;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.index.Caldb;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
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
        String text = "";
        try {
            text = Files.readString(file);
            Recipe r = text.isBlank() ? null : YAML.readValue(text, Recipe.class);
            if (r == null || r.steps().isEmpty()) {
                throw SxiException.usage("recipe has no steps").in(file).todo("list at least one task under steps")
                        .build();
            }
            if (!r.validFrom().isEmpty()) {
                LocalDate.parse(r.validFrom());
            }
            return r;
        } catch (DateTimeException e) {
            throw SxiException.usage("start of validity is not a date").in(file).column("valid-from")
                    .value(e.getMessage()).limit("yyyy-mm-dd").todo("correct it").cause(e).build();
        } catch (IOException e) {
            throw SxiException.usage("recipe cannot be read").in(file).value(e.getMessage()).cause(e)
                    .todo("check the path").build();
        } catch (JacksonException e) {
            throw senseless(file, text, e);
        }
    }

    /** What is wrong and where, in the words of the recipe. */
    private static SxiException senseless(Path file, String text, JacksonException e) {
        String where = where(e);
        long row = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        SxiException.Builder b = switch (e) {
            case UnrecognizedPropertyException u -> {
                List<String> known = u.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
                row = row < 1 ? row(text, u.getPropertyName()) : row;
                yield SxiException.usage("recipe has an unknown word").column(where).value(u.getPropertyName())
                        .limit(known).todo("did you mean " + Nearest.of(u.getPropertyName(), known) + "?");
            }
            case MismatchedInputException m -> SxiException.usage("recipe has something else than is expected here")
                    .column(where).limit(shape(m.getTargetType()))
                    .todo("docs/calibration.md has an example of every part");
            default -> SxiException.usage("recipe is no YAML")
                    .value(e.getOriginalMessage().lines().map(String::strip).filter(l -> !l.startsWith("in reader"))
                            .limit(2).collect(Collectors.joining(", ")))
                    .todo("correct it: two blanks for each level, a blank after each colon");
        };
        return (row < 1 ? b : b.row(row)).in(file).cause(e).build();
    }

    /** Line in which a name stands first; 0 if there is none. */
    private static long row(String text, String name) {
        Pattern key = Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "[\"']?\\s*:");
        List<String> lines = text.lines().toList();
        return 1 + IntStream.range(0, lines.size()).filter(i -> key.matcher(lines.get(i)).find()).findFirst()
                .orElse(-1);
    }

    /** Database to begin with. */
    Caldb base(Path file) {
        return caldb.equals("model") ? Caldb.model()
                : Caldb.open(Optional.of(file.toAbsolutePath().getParent().resolve(caldb)));
    }

    /** Place in the recipe, such as {@code steps[2].options}. */
    private static String where(JacksonException e) {
        StringBuilder out = new StringBuilder();
        for (JacksonException.Reference r : e.getPath()) {
            out.append(r.getPropertyName() == null ? "[" + (r.getIndex() + 1) + "]"
                    : (out.isEmpty() ? "" : ".") + r.getPropertyName());
        }
        return out.toString();
    }

    private static String shape(Class<?> type) {
        return type == null ? "another value" : Collection.class.isAssignableFrom(type) ? "a list: [a, b]"
                : Map.class.isAssignableFrom(type) || type.isRecord() ? "names with values: {name: value}"
                : type == Boolean.class ? "true or false" : "a word";
    }
}
