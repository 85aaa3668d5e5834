// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.bias.SegmentBias;
import org.xtendsxi.pipeline.dark.DarkCounts;
import org.xtendsxi.pipeline.dark.DarkMap;
import org.xtendsxi.pipeline.dark.DarkSettings;
import org.xtendsxi.pipeline.dark.FollowingDark;
import org.xtendsxi.pipeline.dark.LevelBuffer;
import org.xtendsxi.pipeline.kernel.Adc;

/**
 * The darks of all segments in the course of an observation: a frame gets the dark made of the frames before it, and
 * then enters it. Frames come in order of time, on one thread; the levels given out stay as they are until released.
 */
final class DarkFollower {
    private final FrameHeader header;
    private final DarkSettings settings;
    private final DarkMaps begin;
    private final boolean begunWithRaw;
    private final FollowingDark[] darks = new FollowingDark[2 * Sxi.ALL_SEGMENTS];
    private final int[] toSkip = new int[darks.length];
    private final double[] newest = new double[darks.length];

    /**
     * Prepares.
     *
     * @param settings with a method that follows
     * @param begin darks to begin with
     * @param begunWithRaw whether they were made of the first raw frames, which then do not enter again
     */
    DarkFollower(FrameHeader header, DarkSettings settings, DarkMaps begin, boolean begunWithRaw) {
        this.header = header;
        this.settings = settings;
        this.begin = begin;
        this.begunWithRaw = begunWithRaw;
    }

    /** The dark for a frame that was read out; the frame enters it afterwards. */
    SegmentLevels next(SegmentFrame f, SegmentBias bias) {
        int slot = DarkMaps.slot(f.ccdId(), f.segment(), f.readNode());
        if (darks[slot] == null) {
            DarkMap map = begin.need(f.ccdId(), f.segment(), f.readNode());
            darks[slot] = settings.follow(header.geometry(), Adc.of(header), map).orElseThrow();
            toSkip[slot] = begunWithRaw ? map.frames() : 0;
            newest[slot] = begin.newest(f.ccdId(), f.segment(), f.readNode());
        }
        LevelBuffer level = darks[slot].hold();
        double age = DarkMaps.age(f.time(), newest[slot]);
        if (toSkip[slot] > 0) {
            toSkip[slot]--;
            return new SegmentLevels(bias, Optional.of(level.view()), age, DarkCounts.NONE, Optional.of(level));
        }
        darks[slot].accept(f.pixels(), bias.level());
        newest[slot] = f.time();
        return new SegmentLevels(bias, Optional.of(level.view()), age, darks[slot].counts(), Optional.of(level));
    }

    /** The darks as they are now. */
    DarkMaps result() {
        List<Optional<DarkMap>> maps = new ArrayList<>();
        for (int slot = 0; slot < darks.length; slot++) {
            maps.add(darks[slot] == null ? begin.at(slot) : Optional.of(darks[slot].result()));
        }
        return new DarkMaps(maps, Arrays.copyOf(newest, newest.length));
    }
}
