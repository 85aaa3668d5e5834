// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.pipeline.flags.FlagInputs;

/** Mask, bad and hot pixels of a data set, read once; the mask is the largest calibration file. */
final class PixelLists {
    private final Optional<Path> hot;
    private Optional<FlagInputs> loaded = Optional.empty();

    /** Lists with the hot pixels of a file. */
    PixelLists(Optional<Path> hot) {
        this.hot = hot;
    }

    /** The lists without flickering pixels. */
    FlagInputs inputs(StageContext c) {
        if (loaded.isEmpty()) {
            loaded = Optional.of(FlagInputs.load(Optional.of(c.calibration(CaldbKind.MASK).path()),
                    Optional.of(c.calibration(CaldbKind.BADPIX).path()), hot, Optional.empty()));
        }
        return loaded.get();
    }
}
