// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xtendsxi.testdata.scene.Source;

class PhotonMatchTest {
    private static TruePhoton photon(double time, int ccd, double x, double y) {
        return new TruePhoton(time, ccd, x, y, 5895, Source.CAL);
    }

    private static FoundEvent event(double time, int ccd, double x, double y) {
        return new FoundEvent(time, ccd, x, y, 5895, 0, Double.NaN, Double.NaN);
    }

    @Test
    void theClosestPairWinsAndNobodyHasTwoPartners() {
        List<TruePhoton> photons = List.of(photon(0, 1, 10.4, 20), photon(0, 1, 11.4, 20), photon(0, 1, 300, 300));
        assertThat(PhotonMatch.pair(photons, List.of(event(0, 1, 11, 20)))).containsExactly(-1, 0, -1);
        assertThat(PhotonMatch.pair(photons, List.of(event(0, 1, 11, 20), event(0, 1, 10, 20))))
                .containsExactly(1, 0, -1);
    }

    @Test
    void ccdTimeAndReachMustAgree() {
        List<TruePhoton> photons = List.of(photon(100, 1, 10, 20));
        assertThat(PhotonMatch.pair(photons, List.of(event(100, 2, 10, 20)))).containsExactly(-1);
        assertThat(PhotonMatch.pair(photons, List.of(event(100.002, 1, 10, 20)))).containsExactly(-1);
        assertThat(PhotonMatch.pair(photons, List.of(event(100.0005, 1, 11, 21)))).containsExactly(0);
        assertThat(PhotonMatch.pair(photons, List.of(event(100, 1, 11.1, 21.1)))).containsExactly(-1);
        assertThat(PhotonMatch.pair(photons, List.of(event(100, 1, Double.NaN, 20)))).containsExactly(-1);
    }

    @Test
    void neighboursInSpaceAndTimeAreNotAlone() {
        List<TruePhoton> photons = List.of(photon(0, 1, 10, 20), photon(0, 1, 13.9, 16.1), photon(0, 2, 10, 20),
                photon(4, 1, 10, 20), photon(0, 1, 18, 20));
        assertThat(PhotonMatch.alone(photons)).containsExactly(false, false, true, true, true);
    }
}
