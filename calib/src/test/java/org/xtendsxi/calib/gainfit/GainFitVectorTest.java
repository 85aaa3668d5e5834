// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/** Numbers that the original functions gave (energy-chain section 16), and the rules of grouping (section 13.4). */
class GainFitVectorTest {
    private static final LineSet LINES = new LineSet("SXI_MNK", new double[] {5898.8, 5887.8}, new double[] {2, 2.5},
            new double[] {1, 0.5}, (5898.8 + 0.5 * 5887.8) / 1.5);
    private static final Percentage MILLIONTH = Percentage.withPercentage(1e-4);

    private static GainFitSettings settings(Compat compat, String... more) {
        Map<String, String> given = new HashMap<>(Map.of("evchannel", "6", "extraspread", "200", "r2tol", "0.01",
                "bisectolshift", "0.1", "bisectolwidth", "0.2", "calcerr", "yes"));
        for (String word : more) {
            given.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return GainFitSettings.of(Parameters.of("ahgainfit", GainFitParameters.all(), given), compat);
    }

    /** The events of the vectors: a Gaussian about channel 984. */
    private static Group events() {
        List<Double> all = new ArrayList<>();
        for (int channel = 950; channel <= 1015; channel++) {
            int n = (int) (40 * Math.exp(-0.5 * Math.pow((channel - 984) / 10.0, 2)));
            for (int i = 0; i < n; i++) {
                all.add((double) channel);
            }
        }
        return new Group(0, 0, all.size() - 1, 0, all.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Test
    @Tag("validation")
    void fitsTheShift() {
        GainFitSettings s = settings(Compat.HEASOFT_6_20, "broadening=150");
        LineMesh mesh = LineMesh.of(LINES, s);
        assertThat(mesh.x()).hasSize(69);
        assertThat(mesh.x()[0]).isCloseTo(947.9666666666667, MILLIONTH);
        assertThat(mesh.moments().mean()).isCloseTo(982.5147351837583, within(1e-9));
        assertThat(mesh.moments().variance()).isCloseTo(111.8989931615148, within(1e-9));
        assertThat(mesh.reach()).isCloseTo(39.05747533025396, within(1e-9));
        assertThat(events().energy()).hasSize(972);
        DriftRow r = DriftRow.of(mesh, s, events());
        assertThat(r.corFit()).isCloseTo(0.998587838602599, MILLIONTH);
        assertThat(r.corAve()).isCloseTo(0.998524409888978, MILLIONTH);
        assertThat(r.chisq()).isCloseTo(0.07587927114810385, MILLIONTH);
        assertThat(r.unbinned()).isCloseTo(984, within(1e-9));
        assertThat(r.binned()).isCloseTo(983.9666666666669, within(1e-9));
        assertThat(r.fitted()).isCloseTo(983.9041666666669, within(1e-9));
        assertThat(r.shift()).isCloseTo(1.3894314829086625, MILLIONTH);
        assertThat(r.scale()).isCloseTo(26.84893388876322, MILLIONTH);
        assertThat(r.background()).isCloseTo(-1.4245176063249543, MILLIONTH);
        assertThat(r.width()).isCloseTo(25, MILLIONTH);
        assertThat(r.shiftError().sigmaLikelihood()).isCloseTo(0.4728144383861594, MILLIONTH);
        assertThat(r.shiftError().sigmaChi2()).isCloseTo(0.36405488815017595, MILLIONTH);
    }

    @Test
    @Tag("validation")
    void fitsShiftAndWidth() {
        GainFitSettings s = settings(Compat.HEASOFT_6_20, "broadening=12", "fitwidth=yes");
        LineMesh mesh = LineMesh.of(LINES, s);
        assertThat(mesh.moments().mean()).isCloseTo(982.5222176149106, within(1e-9));
        assertThat(mesh.moments().variance()).isCloseTo(1.468256290408588, within(1e-9));
        assertThat(mesh.reach()).isCloseTo(4.570415797255081, within(1e-9));
        DriftRow r = DriftRow.of(mesh, s, events());
        assertThat(r.corFit()).isCloseTo(0.9985954434399459, MILLIONTH);
        assertThat(r.corAve()).isCloseTo(0.9985320142432776, MILLIONTH);
        assertThat(r.chisq()).isCloseTo(0.052487508673751605, MILLIONTH);
        assertThat(r.shift()).isCloseTo(1.3819490517562372, MILLIONTH);
        assertThat(r.scale()).isCloseTo(304.2900629396253, MILLIONTH);
        assertThat(r.background()).isCloseTo(0.28653232776698606, MILLIONTH);
        assertThat(r.width()).isCloseTo(21.91572340278725, MILLIONTH);
        assertThat(r.shiftError().sigmaLikelihood()).isCloseTo(0.40333017038968166, MILLIONTH);
        assertThat(r.shiftError().sigmaChi2()).isCloseTo(0.35876016514576325, MILLIONTH);
        assertThat(r.widthError().sigmaLikelihood()).isCloseTo(0.28086615064276704, MILLIONTH);
        assertThat(r.widthError().sigmaChi2()).isCloseTo(0.21159700601609988, MILLIONTH);
    }

    @Test
    void strictPutsWholeChannelsAtTheirMiddle() {
        assertThat(DriftRow.inChannel(settings(Compat.STRICT), true)).isEqualTo(0.5);
        assertThat(DriftRow.inChannel(settings(Compat.STRICT), false)).isZero();
        assertThat(DriftRow.inChannel(settings(Compat.HEASOFT_6_20), true)).isZero();
    }

    @Test
    void strictTakesTheOffsetOfAGivenRangeAway() {
        // Events that follow the profile itself: the factor must be near 1 although the mesh is not centred on it.
        GainFitSettings s = settings(Compat.STRICT, "broadening=150", "startenergy=5700", "stopenergy=6110");
        LineMesh mesh = LineMesh.of(LINES, s);
        assertThat(mesh.offset()).isCloseTo(1.4, within(0.5));
        assertThat(DriftRow.of(mesh, s, events()).corFit()).isCloseTo(5895.1333 / 6 / 984, within(2e-4));
    }

    @Test
    void failedFitIsNullWithTheBareProfile() {
        GainFitSettings s = settings(Compat.STRICT, "broadening=150");
        LineMesh mesh = LineMesh.of(LINES, s);
        DriftRow r = DriftRow.of(mesh, s, new Group(0, 0, 1, 1, new double[] {1, 2}));
        assertThat(r.fittedWell()).isFalse();
        assertThat(r.shift()).isNaN();
        assertThat(r.profile()).isEqualTo(mesh.profile());
    }

    @Test
    void impossibleMeshesAreRefused() {
        assertThatThrownBy(() -> LineMesh.of(LINES, settings(Compat.STRICT, "binwidth=0.01")))
                .isInstanceOf(SxiException.class).hasMessageContaining("number of bins");
        assertThatThrownBy(() -> LineMesh.of(
                new LineSet("X", new double[] {1e5}, new double[] {2}, new double[] {0}, 1e5),
                settings(Compat.STRICT))).isInstanceOf(SxiException.class).hasMessageContaining("no line component");
    }

    private static List<Group> group(Grouping.Rules rules, Optional<GtiList> gti, double... times) {
        List<Group> all = new ArrayList<>();
        Grouping g = new Grouping(rules, gti, all::add);
        Arrays.stream(times).forEach(t -> g.accept(t, t, 0));
        g.finish(0);
        return all;
    }

    @Test
    void overlappingGroupsAndTheRest() {
        List<Group> all = group(new Grouping.Rules(4, 2, -1, 50, false, true), Optional.empty(), 0, 1, 2, 3, 4, 5, 6, 7,
                8);
        assertThat(all).extracting(Group::first).containsExactly(0.0, 2.0, 4.0);
        assertThat(all).extracting(g -> g.energy().length).containsExactly(4, 4, 5);
    }

    @Test
    void intervalsAndGapsEndGroupsAndSmallRestsAreKept() {
        GtiList gti = GtiList.of(List.of(new Gti(0, 3), new Gti(5, 9)));
        Grouping.Rules rules = new Grouping.Rules(10, 2, -1, 0, false, true);
        assertThat(group(rules, Optional.of(gti), 0, 1, 4, 5, 6, 20)).extracting(g -> g.energy().length)
                .containsExactly(2, 2);
        assertThat(group(rules, Optional.of(gti), 0, 5, 6)).extracting(g -> g.energy().length).containsExactly(3);
        assertThat(group(new Grouping.Rules(10, 2, 5, 0, false, true), Optional.empty(), 0, 1, 9, 10))
                .extracting(Group::last).containsExactly(1.0, 10.0);
    }

    @Test
    void exposureCountsGoodTimeOnly() {
        GtiList gti = GtiList.of(List.of(new Gti(0, 3), new Gti(5, 9)));
        List<Group> all = group(new Grouping.Rules(10, 2, -1, 0, true, true), Optional.of(gti), 0, 1, 6);
        assertThat(all).extracting(Group::elapsed).containsExactly(6.0);
        assertThat(all.getFirst().exposure()).isCloseTo(4, Offset.offset(1e-12));
    }
}
