// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.Optional;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.pipeline.flags.FlagInputs;
import org.xtendsxi.pipeline.flags.FlagMap;
import org.xtendsxi.pipeline.flags.FlagSettings;

/** Mask, bad and hot pixels of a data set, read once; the mask is the largest calibration file. */
final class PixelLists {
    private final Optional<Path> hot;
    private Optional<FlagInputs> loaded = Optional.empty();
    private Optional<FlagMap> given = Optional.empty();

    /** Lists with the hot pixels of a file. */
    PixelLists(Optional<Path> hot) {
        this.hot = hot;
    }

    /** Flags from these lists and the header; the keywords that make them are the same before and after all stages. */
    FlagMap given(StageContext c) {
        if (given.isEmpty()) {
            given = Optional.of(inputs(c).given(c.header(), FlagSettings.of(c.parameters(), c.compat())));
        }
        return given.get();
    }

    /** Flags of all pixels without flickering ones and echoes. */
    FlagMap map(StageContext c) {
        return inputs(c).complete(given(c), c.header(), FlagSettings.of(c.parameters(), c.compat()), Optional.empty());
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
