// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.pixel.PixelEntry;
import org.xtendsxi.caldb.pixel.PixelList;
import org.xtendsxi.caldb.pixel.PixelMask;

/**
 * What the map of flags is made from; absent parts are left out.
 *
 * @param mask mask of CALDB
 * @param bad bad pixels and columns of CALDB
 * @param hot hot pixels of the pre-pipeline
 * @param flickering flickering pixels
 */
public record FlagInputs(Optional<PixelMask> mask, Optional<PixelList> bad, Optional<PixelList> hot,
        Optional<PixelList> flickering) {

    /** Reads the files that are given. */
    public static FlagInputs load(Optional<Path> mask, Optional<Path> bad, Optional<Path> hot,
            Optional<Path> flickering) {
        return new FlagInputs(mask.map(PixelMask::load), bad.map(PixelList::bad), hot.map(PixelList::hot),
                flickering.map(PixelList::flickering));
    }

    /** The same with flickering pixels of a file. */
    public FlagInputs withFlickering(Path file) {
        return new FlagInputs(mask, bad, hot, Optional.of(PixelList.flickering(file)));
    }

    /**
     * Flags of all pixels, in the order of the reference (section 9.3).
     *
     * @param header keywords of the events
     * @param s settings
     * @param echo counts of the echo search, if it was done
     */
    public FlagMap map(Keywords header, FlagSettings s, Optional<EchoSearch> echo) {
        return complete(given(header, s), header, s, echo);
    }

    /**
     * Flags of all pixels as far as they are known before the searches; a step on the way to {@link #complete}, which
     * may be taken several times from here.
     *
     * @param header keywords of the events
     * @param s settings
     */
    public FlagMap given(Keywords header, FlagSettings s) {
        FlagMap map = new FlagMap();
        mask.ifPresent(m -> GeometryFlags.mask(map, m, s));
        GeometryFlags.areas(map, header, s);
        GeometryFlags.window(map, header, s);
        GeometryFlags.injection(map, header, s);
        bad.ifPresent(list -> {
            List<PixelEntry> rows = ListFlags.bad(list, header.needReal("TSTART"), s);
            ListFlags.pixels(map, rows, StatusFlag.BAD_PIXEL, StatusFlag.NEAR_BAD, s);
            ListFlags.columns(map, rows, s);
        });
        hot.ifPresent(list -> ListFlags.pixels(map, list.near(header.needReal("TSTART"), header.needReal("TSTOP")),
                StatusFlag.HOT_PIXEL, StatusFlag.NEAR_BAD, s));
        return map;
    }

    /**
     * Adds what the searches found and the neighbours of useless pixels.
     *
     * @param given flags of all pixels from {@link #given}, which stay as they are
     * @param header keywords of the events
     * @param s settings
     * @param echo counts of the echo search, if it was done
     */
    public FlagMap complete(FlagMap given, Keywords header, FlagSettings s, Optional<EchoSearch> echo) {
        FlagMap map = new FlagMap(given);
        flickering.ifPresent(list -> ListFlags.pixels(map,
                list.between(header.needReal("TSTART"), header.needReal("TSTOP")), StatusFlag.FLICKERING_PIXEL,
                StatusFlag.NEAR_FLICKERING, s));
        map.surround();
        echo.ifPresent(e -> e.flag(map, s));
        map.index();
        return map;
    }
}
