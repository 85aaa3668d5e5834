// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.dark;

/**
 * A dark that follows the frames of the observation: it begins with a dark made before, and every frame in order of
 * time moves it a little. Values that the limits of {@link DarkSettings} exclude do not enter.
 */
public sealed interface FollowingDark extends DarkEstimator permits RollingWindow, RunningUpdate {
    /** The levels made of the frames taken so far; the caller releases them after use. */
    LevelBuffer hold();

    /** What became of the pixels of the last frame. */
    DarkCounts counts();

    @Override
    default boolean full() {
        return false;
    }
}
