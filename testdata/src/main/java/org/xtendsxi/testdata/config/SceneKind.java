// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.error.SxiException;

/**
 * What the camera looks at (contract section 1); the 55Fe sources shine in every scene but {@link #BLANK} and
 * {@link #GROUND}.
 */
public enum SceneKind {
    /** Calibration sources only. */
    FE55,
    /** A point source at the aim point. */
    POINT,
    /** A cluster of galaxies at the aim point. */
    CLUSTER,
    /** Nothing but background. */
    BLANK,
    /** A ground calibration: X-ray lines all over the camera, no 55Fe sources. */
    GROUND;

    /** Name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Scene of a word; an unknown one is a usage error. */
    public static SceneKind parse(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst()
                .orElseThrow(() -> SxiException.usage("scene is not known").value(word)
                        .limit(Arrays.stream(values()).map(SceneKind::word).collect(Collectors.joining(", ")))
                        .todo("give one of these to --scene").build());
    }
}
