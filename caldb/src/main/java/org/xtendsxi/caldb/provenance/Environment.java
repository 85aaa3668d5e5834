// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.provenance;

import java.util.Optional;

/** Variables of the environment that users may set. */
public final class Environment {
    private Environment() {
    }

    /** Value of a variable that is set and not blank. */
    public static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).map(String::strip).filter(v -> !v.isEmpty());
    }
}
