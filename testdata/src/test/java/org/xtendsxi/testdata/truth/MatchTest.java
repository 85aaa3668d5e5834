// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xtendsxi.testdata.truth.Match.Place;

class MatchTest {
    @Test
    void takesTheNearestEventWithinOnePixelOfTheSameCcd() {
        List<Place> photons = List.of(new Place(0, 10, 10), new Place(0, 100, 100), new Place(1, 50, 50));
        List<Place> events = List.of(new Place(0, 11, 11), new Place(0, 10, 10), new Place(0, 102, 100),
                new Place(2, 50, 50));
        assertThat(Match.events(photons, events)).containsExactly(1, Match.NONE, Match.NONE);
    }

    @Test
    void anEventBelongsToOnePhotonOnly() {
        List<Place> photons = List.of(new Place(0, 10, 10), new Place(0, 11, 10));
        assertThat(Match.events(photons, List.of(new Place(0, 11, 10)))).containsExactly(0, Match.NONE);
    }

    @Test
    void isolationReachesFourPixels() {
        Place p = new Place(0, 10, 10);
        assertThat(Match.isolated(0, List.of(p, new Place(0, 14, 10)))).isFalse();
        assertThat(Match.isolated(0, List.of(p, new Place(0, 15, 10), new Place(1, 10, 10)))).isTrue();
    }

    @Test
    void anEventTwoPixelsFromAPhotonIsExplained() {
        assertThat(Match.unexplained(new Place(0, 12, 12), List.of(new Place(0, 10, 10)))).isFalse();
        assertThat(Match.unexplained(new Place(0, 13, 10), List.of(new Place(0, 10, 10)))).isTrue();
    }
}
