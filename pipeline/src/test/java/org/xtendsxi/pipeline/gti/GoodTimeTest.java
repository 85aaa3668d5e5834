// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.gti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.attitude.Quaternion;
import org.xtendsxi.caldb.attitude.RollConvention;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.stage.Parameters;

/** Ingredients of the good time, and their intersection. */
class GoodTimeTest {
    @TempDir
    Path folder;

    private static GtiList gti(double... ends) {
        List<Gti> all = new java.util.ArrayList<>();
        for (int i = 0; i < ends.length; i += 2) {
            all.add(new Gti(ends[i], ends[i + 1]));
        }
        return GtiList.of(all);
    }

    private Path ehk(double... elevation) {
        EventSchema s = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
                Column.of("ELV", ColumnType.DOUBLE, 1).unit("deg")));
        double[] time = new double[elevation.length];
        java.util.Arrays.setAll(time, i -> 100 + i);
        Path file = folder.resolve("test.ehk");
        try (FitsWriter w = FitsWriter.create(file); EventChunk c = EventChunk.allocate(s, 0, time.length)) {
            c.put("TIME", time);
            c.put("ELV", elevation);
            w.primary(new Keywords());
            w.table("EHK", c, new Keywords());
            w.commit();
        }
        return file;
    }

    @Test
    void rowsHoldUntilTheNext() {
        assertThat(HousekeepingGti.make(ehk(1, 7, 8, 2, Double.NaN, 9, 9), List.of("EHK"), "ELV>5"))
                .isEqualTo(gti(101, 103, 105, 106));
    }

    @Test
    void unknownColumnIsNamed() {
        Path file = ehk(1, 2);
        assertThatThrownBy(() -> HousekeepingGti.make(file, List.of("EHK"), "ELV>5&&SAA==0"))
                .isInstanceOf(SxiException.class).hasMessageContaining("test.ehk (column SAA)")
                .hasMessageContaining("character 8 (ELV>5&&SAA==0)");
    }

    @Test
    void attitudeFarFromTheTargetIsNotGood() {
        EventSchema s = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
                Column.of("QPARAM", ColumnType.DOUBLE, 4)));
        double[] declinations = {22, 22 + 1.0 / 60, 22 + 2.0 / 60, 22};
        Path file = folder.resolve("test.att");
        try (FitsWriter w = FitsWriter.create(file); EventChunk c = EventChunk.allocate(s, 0, declinations.length)) {
            double[] q = new double[16];
            for (int i = 0; i < declinations.length; i++) {
                Quaternion a = RollConvention.DEFAULT.attitude(83, declinations[i], 40);
                System.arraycopy(new double[] {a.p0(), a.p1(), a.p2(), a.p3()}, 0, q, 4 * i, 4);
            }
            c.put("TIME", new double[] {0, 10, 20, 30});
            c.put("QPARAM", q);
            w.primary(new Keywords());
            w.table("ATTITUDE", c, new Keywords());
            w.commit();
        }
        assertThat(PointingGti.make(file, Quaternion.IDENTITY, 83, 22, 1.5)).isEqualTo(gti(0, 20));
        assertThat(PointingGti.make(file, Quaternion.IDENTITY, 83, 22, 0.5)).isEqualTo(gti(0, 10));
    }

    @Test
    void emptyIngredientAndEmptyIntersectionAreErrors() {
        GoodTime good = new GoodTime().add("GTI", gti(0, 10), "events").add("GTIATT", gti(5, 20), "a.att");
        assertThat(good.merged()).isEqualTo(gti(5, 10));
        assertThatThrownBy(() -> good.add("GTIEHK", GtiList.EMPTY, "x.ehk: ELV>5").merged())
                .hasMessageContaining("GTIEHK").hasMessageContaining("x.ehk: ELV>5");
        assertThatThrownBy(() -> new GoodTime().add("GTI", gti(0, 1), "events").add("GTITEL", gti(2, 3), "t").merged())
                .isInstanceOf(SxiException.class).hasMessageContaining("GTI, GTITEL");
    }

    @Test
    void labelsAndConditionsOfTheModel() {
        assertThat(GoodTime.label("SXI#SCI", "CCD")).isEqualTo("SXICCDW1SCI");
        assertThat(GoodTime.label("XTD#SCI", "CCD34")).isEqualTo("XTDCCD34WFSCI");
        assertThatThrownBy(() -> GoodTime.label("XTDSCI", "CCD")).hasMessageContaining("#");
        Parameters p = Parameters.of("gti", GoodTime.SPEC.parameters(), Map.of());
        assertThat(GoodTime.modelCondition(p, new Keywords().set("DETNAM", "CCD12", "")))
                .contains("STATUS[1]==b0").contains("PROC_STATUS[17]==b0");
        Parameters other = Parameters.of("gti", GoodTime.SPEC.parameters(), Map.of("label", "RSL#SCI"));
        assertThatThrownBy(() -> GoodTime.modelCondition(other, new Keywords())).hasMessageContaining("RSLCCDW1SCI");
    }
}
