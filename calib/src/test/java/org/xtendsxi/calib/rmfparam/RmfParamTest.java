// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.rmfparam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.table.ResponseTable;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;
import org.xtendsxi.calib.common.Finding;
import org.xtendsxi.calib.common.LineEvents;
import org.xtendsxi.calib.common.ModelCopy;
import org.xtendsxi.calib.common.NaturalLine;
import org.xtendsxi.calib.common.ResultConsole;
import org.xtendsxi.calib.common.Selection;
import org.xtendsxi.pipeline.cli.Main;
import org.xtendsxi.pipeline.measure.LineFit;

/** A known line shape comes back from the events that it made. */
@Tag("validation")
class RmfParamTest {
    private static final double SIGMA = 60;
    private static final double SECOND = 0.1;
    private static final double OFFSET = 150;
    private static final double SECOND_SIGMA = 110;
    private static final double MJD = 61300;

    @TempDir
    Path dir;

    private static NaturalLine sharp(double energy) {
        return new NaturalLine((int) energy + "eV", List.of(new NaturalLine.Component(energy, 0, 1)));
    }

    private static PiSpectrum spectrum(int events, double second, SplittableRandom random) {
        PiSpectrum s = new PiSpectrum(Selection.Source.ALL);
        for (int i = 0; i < events; i++) {
            boolean low = random.nextDouble() < second / (1 + second);
            s.add(low ? 5900 - OFFSET + SECOND_SIGMA * random.nextGaussian() : 5900 + SIGMA * random.nextGaussian());
        }
        return s;
    }

    @Test
    void pullsOfTheShapeAreUnbiased() {
        int seeds = 120;
        double[] width = new double[seeds];
        double[] part = new double[seeds];
        for (int i = 0; i < seeds; i++) {
            ShapeFit f = ShapeFit.of(spectrum(30_000, SECOND, new SplittableRandom(50 + i)), sharp(5900), true, 0, 0)
                    .orElseThrow();
            width[i] = (f.fwhm() - SIGMA * LineFit.FWHM_PER_SIGMA) / f.fwhmError();
            part[i] = (f.values()[4] - SECOND) / f.errors()[4];
        }
        assertThat(StatUtils.mean(width)).isCloseTo(0, within(0.25));
        assertThat(Math.sqrt(StatUtils.variance(width))).isCloseTo(1, within(0.2));
        // a small part is bounded from below, so its median is looked at
        assertThat(StatUtils.percentile(part, 50)).isCloseTo(0, within(0.3));
    }

    @Test
    void aSecondPeakThatIsNotThereIsNotFound() {
        ShapeFit f = ShapeFit.of(spectrum(20_000, 0, new SplittableRandom(1)), sharp(5900), true, 0, 0).orElseThrow();
        assertThat(f.second()).isFalse();
        assertThat(f.fwhm()).isCloseTo(SIGMA * LineFit.FWHM_PER_SIGMA, within(3 * f.fwhmError()));
    }

    @Test
    void aSecondPeakThatIsHardlyKnownDoesNotStandInTheTable() {
        List<Double> good = table(0.05, 0.005);
        assertThat(good).as("known").allMatch(v -> v > 0.039 && v < 0.061).contains(0.05);
        assertThat(table(0.9, 0.6)).as("hardly known").allMatch(v -> v > 0.039 && v < 0.061);
    }

    /** SECONDARY_AMP of three lines, of which that in the middle is given. */
    private static List<Double> table(double part, double error) {
        List<ShapeFit> lines = List.of(line(2000, 0.06, 0.005), line(6000, part, error), line(9000, 0.04, 0.005));
        return new ResponseRows(new RegionShape(new PiSpectrum(Selection.Source.ALL), lines,
                WidthLaw.of(lines, 0).orElseThrow(), new double[3], 0, 0, List.of()))
                .values(ResponseTable.Term.SECONDARY_AMP).boxed().toList();
    }

    private static ShapeFit line(double energy, double part, double error) {
        return new ShapeFit(sharp(energy), new double[] {energy, 150, 1e4, 0, part, 150, 250},
                new double[] {1, 1, 100, 0, error, 1, 1}, 1, 1, 0, new double[0], false);
    }

    /** Three lines; escape of the first lies beside the second, that of the third on the first. */
    private static PiSpectrum lamp(double escape) {
        SplittableRandom random = new SplittableRandom(5);
        PiSpectrum s = new PiSpectrum(Selection.Source.ALL);
        for (int i = 0; i < 300_000; i++) {
            double line = List.of(8048, 5895, 9800).get(i % 3);
            double at = random.nextDouble() < escape / (1 + escape) ? line - ResponseRows.SILICON : line;
            s.add(at + PiSpectrum.width(at) * random.nextGaussian());
        }
        return s;
    }

    @Test
    void escapeUnderAnotherLineIsNotMeasured() {
        ResultConsole console = new ResultConsole(Console.silent());
        List<NaturalLine> lines = List.of(sharp(5895), sharp(8048), sharp(9800));
        RegionShape shape = RegionShape.of(new Division.Area("lamp", 0, new short[0], new short[0]), lamp(0.01),
                new RegionShape.Wanted(lines, 500, true, false, 0), console);
        assertThat(shape.escape()[2]).as("on a line").isNaN();
        List<Finding> escapes = shape.findings().stream().filter(f -> f.parameter().startsWith("ESCAPE")).toList();
        assertThat(escapes).as("free, and beside a line").hasSize(2).allSatisfy(f ->
                assertThat((f.value() - 0.01) / f.error()).isBetween(-4.0, 4.0));
        assertThat(console.warnings()).anySatisfy(w -> assertThat(w).contains("not measured", "ESCAPE 9800eV")
                .doesNotContain("8048eV"));
        assertThat(new ResponseRows(shape).values(ResponseTable.Term.ESCAPE_AMP).boxed())
                .allMatch(v -> v == 0 || Math.abs(v - 0.01) < 0.003);
    }

    @Test
    void aLineEndsWhereTheNextBelowBegins() {
        SplittableRandom random = new SplittableRandom(6);
        PiSpectrum s = new PiSpectrum(Selection.Source.ALL);
        for (int i = 0; i < 100_000; i++) {
            double line = i % 10 < 8 ? 5895 : 6490;
            s.add(line + PiSpectrum.width(line) * random.nextGaussian());
        }
        List<NaturalLine> lines = List.of(sharp(5895), sharp(6490));
        RegionShape shape = RegionShape.of(new Division.Area("iron", 0, new short[0], new short[0]), s,
                new RegionShape.Wanted(lines, 500, true, false, 0), Console.silent());
        assertThat(shape.lines()).hasSize(2).allSatisfy(f -> {
            assertThat(f.second()).isFalse();
            assertThat(f.undecided()).isFalse();
            assertThat((f.centre() - f.line().energy()) / f.errors()[0]).isBetween(-4.0, 4.0);
        });
    }

    @ParameterizedTest
    @EnumSource(Division.class)
    void everyPixelOfACcdBelongsToItsPartAlone(Division division) {
        Caldb model = Caldb.model();
        TelDef teldef = TelDef.load(model.file(model.select(new CaldbQuery(CaldbKind.TELDEF, "XRISM", "XTEND",
                OptionalDouble.of(MJD), CaldbQuery.boundaries(CaldbKind.TELDEF, "WINDOW1", 1)))));
        List<Division.Area> areas = division.areas(teldef, new int[] {0, 1, 0, 1, 0, 1, 0, 1});
        Transformation.Segmented map = (Transformation.Segmented) teldef.transformations().get(teldef.index("ACT"));
        for (int ccd = 0; ccd < 4; ccd++) {
            for (int x = 1; x <= 640; x += 71) {
                for (int y = 1; y <= 640; y += 71) {
                    Affine a = map.maps().get(ccd);
                    int mine = division.of((ccd * 2 + (x > 320 ? 1 : 0)) * 2);
                    List<Integer> in = IntStream.range(0, areas.size()).filter(inside(areas, Math.round(a.x(x, y)),
                            Math.round(a.y(x, y)))).boxed().toList();
                    assertThat(in).as("CCD_ID %d, ACT %d %d", ccd, x, y).containsExactly(mine);
                }
            }
        }
    }

    private static IntPredicate inside(List<Division.Area> areas, long x, long y) {
        return i -> x >= areas.get(i).cornerX()[0] && x <= areas.get(i).cornerX()[2] && y >= areas.get(i).cornerY()[0]
                && y <= areas.get(i).cornerY()[2];
    }

    @Test
    void theFileIsPublishedAndRead() {
        Path database = ModelCopy.in(dir.resolve("db"));
        Path events = LineEvents.of(30_000, 8, s -> 6.15).write(dir.resolve("a.evt"));
        Path out = dir.resolve("out");
        assertThat(Main.run("-q", "calib", "rmfparam", events.toString(), "--caldb", database.toString(), "--out",
                out.toString(), "--valid-from", "2026-08-01")).isZero();
        Path file = out.resolve("xa_xtd_rmfparam_20260801v002.fits");
        assertThat(Main.run("-q", "calib", "publish", file.toString(), "--caldb", database.toString())).isZero();
        Caldb caldb = Caldb.open(Optional.of(database));
        CaldbEntry e = caldb.select(new CaldbQuery(CaldbKind.RMF_PARAMETERS, "XRISM", "XTEND", OptionalDouble.of(MJD),
                "DATAMODE.eq.WINDOW1.and.CISTATUS.eq.1"));
        ResponseTable t = ResponseTable.load(new TableSource(caldb.file(e), Integer.toString(e.extension())),
                new TableChoice("WINDOW1", 1, 2.5e8, false));
        assertThat(t.at(0, 5.9)[ResponseTable.Term.PRIMARY_FWHM.ordinal()]).isCloseTo(0.153, within(0.003));
        assertThat(t.at(0, 5.9)[ResponseTable.Term.ESCAPE_AMP.ordinal()]).isCloseTo(0, within(0.003));
        assertThat(Main.run("-q", "calib", "rmfparam", events.toString(), "--caldb", database.toString(), "--out",
                out.toString(), "--valid-from", "2026-08-01", "--regions", "ccd")).isZero();
        ResponseTable parts = ResponseTable.load(new TableSource(out.resolve("xa_xtd_rmfparam_20260801v003.fits"), "1"),
                new TableChoice("WINDOW1", 1, 2.5e8, false));
        assertThat(parts.regions()).isEqualTo(4);
        assertThat(parts.at(0, 5.9)[ResponseTable.Term.PRIMARY_FWHM.ordinal()]).isCloseTo(0.153, within(0.005));
        assertThat(parts.at(2, 5.9)).as("without events, that of the whole plane").isEqualTo(parts.at(3, 5.9));
        assertThat(Main.run("-q", "calib", "rmfparam", events.toString(), "--out", out.toString(), "--regions", "x"))
                .as("regions").isEqualTo(2);
        assertThat(Main.run("-q", "calib", "rmfparam", events.toString(), "--out", out.toString(), "--lines", "FKa"))
                .as("no line").isEqualTo(3);
        assertThat(Main.run("-q", "calib", "rmfparam", events.toString(), "--out", out.toString(), "--min-counts",
                "1000000"))
                .as("too few").isEqualTo(3);
        assertThat(Main.run("-q", "calib", "rmfparam", events.toString(), "--out", out.toString(), "--systematic",
                "-1"))
                .as("systematic").isEqualTo(2);
    }
}
