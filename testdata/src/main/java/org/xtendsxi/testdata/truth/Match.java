// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.util.List;

/** Which events belong to which photons of one CCD in one exposure. */
final class Match {
    /** No event belongs to the photon. */
    static final int NONE = -1;
    private static final int REACH = 1;
    private static final int NEAR = 4;

    private Match() {
    }

    /**
     * A place on a CCD.
     *
     * @param ccdId 0..3
     * @param x ACTX
     * @param y ACTY
     */
    record Place(int ccdId, int x, int y) {
        int distance(Place o) {
            return ccdId == o.ccdId ? Math.max(Math.abs(x - o.x), Math.abs(y - o.y)) : Integer.MAX_VALUE;
        }
    }

    /** For each photon the nearest event that lies within one pixel and belongs to no earlier photon, or {@link #NONE}. */
    static int[] events(List<Place> photons, List<Place> events) {
        int[] out = new int[photons.size()];
        boolean[] taken = new boolean[events.size()];
        for (int p = 0; p < out.length; p++) {
            out[p] = NONE;
            int best = REACH + 1;
            for (int e = 0; e < taken.length; e++) {
                int d = photons.get(p).distance(events.get(e));
                if (!taken[e] && d < best) {
                    best = d;
                    out[p] = e;
                }
            }
            if (out[p] != NONE) {
                taken[out[p]] = true;
            }
        }
        return out;
    }

    /** Whether no other photon lies within four pixels, so that the 5x5 of the event holds this photon only. */
    static boolean isolated(int photon, List<Place> photons) {
        for (int i = 0; i < photons.size(); i++) {
            if (i != photon && photons.get(photon).distance(photons.get(i)) <= NEAR) {
                return false;
            }
        }
        return true;
    }

    /** Whether no photon lies near enough to have made the event. */
    static boolean unexplained(Place event, List<Place> photons) {
        return photons.stream().noneMatch(p -> p.distance(event) <= REACH + 1);
    }
}
