// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.testdata.config.SimulationConfig;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The configuration of a simulation as JSON. */
public final class ConfigFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConfigFile() {
    }

    /** Writes a configuration. */
    public static void write(Path path, SimulationConfig config) {
        try {
            Files.writeString(path, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config));
        } catch (IOException e) {
            throw SxiException.output("file cannot be written").in(path).value(e.getMessage()).cause(e)
                    .todo("check that the folder is writable").build();
        }
    }

    /** Reads a configuration back. */
    public static SimulationConfig read(Path path) {
        try {
            return JSON.readValue(Files.readString(path), SimulationConfig.class);
        } catch (IOException | JacksonException e) {
            throw SxiException.data("configuration of the simulation cannot be read").in(path).value(e.getMessage())
                    .cause(e).todo("simulate the observation again").build();
        }
    }
}
