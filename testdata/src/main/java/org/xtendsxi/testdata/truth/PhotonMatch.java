// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which event belongs to which photon, and which photons are alone; pure functions over the rows of one cycle. */
final class PhotonMatch {
    /** No partner. */
    static final int NONE = -1;
    /** Largest distance of an event's centre pixel from its photon, pixels: the next pixel along a diagonal. */
    static final double REACH = 1.5;
    /** Photons closer than this along both axes share pixels of their 5x5 islands. */
    static final double ALONE = 4;
    /** Times of one sub-exposure agree within this, s. */
    static final double SAME_TIME = 1e-3;

    private PhotonMatch() {
    }

    private record Pair(int photon, int event, double distance) {
    }

    /**
     * Pairs photons and events of the same CCD and sub-exposure, the closest first, each at most once.
     *
     * @return event of every photon, or {@link #NONE}
     */
    static int[] pair(List<TruePhoton> photons, List<FoundEvent> events) {
        List<Pair> near = new ArrayList<>();
        for (int i = 0; i < photons.size(); i++) {
            TruePhoton p = photons.get(i);
            for (int j = 0; j < events.size(); j++) {
                FoundEvent e = events.get(j);
                double d = Math.hypot(e.actX() - p.actX(), e.actY() - p.actY());
                if (p.ccdId() == e.ccdId() && d <= REACH && Math.abs(p.time() - e.time()) < SAME_TIME) {
                    near.add(new Pair(i, j, d));
                }
            }
        }
        near.sort(Comparator.comparingDouble(Pair::distance));
        int[] out = new int[photons.size()];
        Arrays.fill(out, NONE);
        boolean[] taken = new boolean[events.size()];
        for (Pair n : near) {
            if (out[n.photon()] == NONE && !taken[n.event()]) {
                out[n.photon()] = n.event();
                taken[n.event()] = true;
            }
        }
        return out;
    }

    /** Whether no other photon of the CCD and sub-exposure lies within {@link #ALONE}. */
    static boolean[] alone(List<TruePhoton> photons) {
        boolean[] out = new boolean[photons.size()];
        Arrays.fill(out, true);
        for (int i = 0; i < photons.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (near(photons.get(i), photons.get(j))) {
                    out[i] = false;
                    out[j] = false;
                }
            }
        }
        return out;
    }

    private static boolean near(TruePhoton a, TruePhoton b) {
        return a.ccdId() == b.ccdId() && Math.abs(a.time() - b.time()) < SAME_TIME
                && Math.abs(a.actX() - b.actX()) < ALONE && Math.abs(a.actY() - b.actY()) < ALONE;
    }
}
