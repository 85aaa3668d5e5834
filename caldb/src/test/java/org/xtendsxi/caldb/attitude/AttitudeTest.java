// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.attitude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;

/** Quaternions and the interpolation of attitudes. */
class AttitudeTest {
    /** Numbers of events-coords-screening section 18. */
    @ParameterizedTest
    @Tag("validation")
    @CsvSource({"83.633, 22.0145, 0, 0.03104838, 0.55822521, 0.82782884, 0.04604368",
        "83.633, 22.0145, 80, -0.33503581, 0.44758283, 0.60455738, 0.56738963",
        "83.643, 22.0245, 80, -0.3350315, 0.44749567, 0.60464247, 0.56737025",
        "266.557125937341, -28.8894110496133, 80.0010553813334, 0.67599623, 0.5334692, -0.33832841, 0.37943853"})
    void pointingsAsQuaternions(double ra, double dec, double roll, double p0, double p1, double p2, double p3) {
        Quaternion q = RollConvention.DEFAULT.attitude(ra, dec, roll);
        assertThat(new double[] {q.p0(), q.p1(), q.p2(), q.p3()}).containsExactly(new double[] {p0, p1, p2, p3},
                within(1e-8));
    }

    @Test
    void matrixAndBack() {
        Random r = new Random(5);
        for (int i = 0; i < 1000; i++) {
            Quaternion q = Quaternion.normal(r.nextGaussian(), r.nextGaussian(), r.nextGaussian(), r.nextGaussian());
            Quaternion back = Quaternion.ofMatrix(q.matrix());
            Quaternion none = q.then(back.inverse());
            assertThat(Math.abs(none.p3())).isCloseTo(1, within(1e-14));
            assertThat(q.p3()).isNotNegative();
        }
        assertThat(Quaternion.normal(0, 0, 0, 0).known()).isFalse();
    }

    @Test
    void productIsTheProductOfTheMatrices() {
        Quaternion a = RollConvention.DEFAULT.attitude(10, 20, 30);
        Quaternion b = RollConvention.DEFAULT.attitude(200, -60, 170);
        double[][] ma = a.matrix();
        double[][] mb = b.matrix();
        double[][] m = a.then(b).matrix();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += mb[i][k] * ma[k][j];
                }
                assertThat(m[i][j]).isCloseTo(sum, within(1e-14));
            }
        }
    }

    private static AttitudeTable rolls(boolean linear) {
        double[] q = new double[12];
        for (int i = 0; i < 3; i++) {
            Quaternion p = RollConvention.DEFAULT.attitude(50, -10, 10 * i);
            double sign = i == 1 ? -1 : 1;
            double[] v = {sign * p.p0(), sign * p.p1(), sign * p.p2(), sign * p.p3()};
            System.arraycopy(v, 0, q, 4 * i, 4);
        }
        return AttitudeTable.of(new double[] {100, 200, 300}, q, new AttitudeTable.Settings(linear, 32));
    }

    private static double apart(Quaternion a, Quaternion b) {
        Quaternion d = a.then(b.inverse());
        return Math.toDegrees(2 * Math.asin(Math.sqrt(d.p0() * d.p0() + d.p1() * d.p1() + d.p2() * d.p2())));
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "150, 5", "175, 7.5", "200, 10", "290, 19", "300, 20", "331.9, 20", "68.1, 0"})
    void rotationIsDoneInPart(double time, double roll) {
        assertThat(apart(rolls(true).at(time), RollConvention.DEFAULT.attitude(50, -10, roll)))
                .isCloseTo(0, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"149, 0", "151, 10", "249, 10", "251, 20"})
    void nearestRow(double time, double roll) {
        assertThat(apart(rolls(false).at(time), RollConvention.DEFAULT.attitude(50, -10, roll)))
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void unknownFarFromTheTable() {
        for (double t : new double[] {67.9, 332.1, Double.NaN}) {
            assertThat(rolls(true).at(t).known()).isFalse();
        }
    }

    private static void write(Path file, double[] time, double[] q) {
        EventSchema s = new EventSchema(List.of(Column.of("TIME", ColumnType.DOUBLE, 1).unit("s"),
                Column.of("QPARAM", ColumnType.DOUBLE, 4)));
        try (FitsWriter w = FitsWriter.create(file); EventChunk c = EventChunk.allocate(s, 0, time.length)) {
            c.put("TIME", time);
            c.put("QPARAM", q);
            w.primary(new Keywords());
            w.table("ATTITUDE", c, new Keywords().set("ABERRAT", true, "").set("TIMEZERO", 1000.0, ""));
            w.commit();
        }
    }

    @Test
    void filesAreReadAndChecked(@TempDir Path dir) {
        Path file = dir.resolve("att.fits");
        write(file, new double[] {0, 10}, new double[] {0, 0, 0, 2, 0, 0, 1, 0});
        AttitudeTable t = AttitudeTable.load(file, AttitudeTable.Layout.DEFAULT, AttitudeTable.Settings.DEFAULT);
        assertThat(t.at(1000)).isEqualTo(Quaternion.IDENTITY);
        assertThat(t.annualAberrationRemoved()).isTrue();
        assertThat(t.orbitalAberrationRemoved()).isFalse();
        write(file, new double[] {10, 0}, new double[] {0, 0, 0, 1, 0, 0, 1, 0});
        assertThatThrownBy(
                () -> AttitudeTable.load(file, AttitudeTable.Layout.DEFAULT, AttitudeTable.Settings.DEFAULT))
                .isInstanceOf(SxiException.class).hasMessageContaining("row 2");
        write(file, new double[] {0, 10}, new double[] {0, 0, 0, 1, 0, 0, 0, 0});
        assertThatThrownBy(
                () -> AttitudeTable.load(file, AttitudeTable.Layout.DEFAULT, AttitudeTable.Settings.DEFAULT))
                .isInstanceOf(SxiException.class).hasMessageContaining("attitude is null");
    }
}
