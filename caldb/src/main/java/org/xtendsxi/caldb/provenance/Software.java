// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Name and version of this program. */
public final class Software {
    /** Name as it stands in CREATOR. */
    public static final String NAME = "sxi";
    /** Version of the build. */
    public static final String VERSION = version();

    private Software() {
    }

    private static String version() {
        try (InputStream in = Software.class.getResourceAsStream("version.properties")) {
            Properties p = new Properties();
            p.load(in);
            return p.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Name and version, for CREATOR. */
    public static String creator() {
        return NAME + " " + VERSION;
    }
}
