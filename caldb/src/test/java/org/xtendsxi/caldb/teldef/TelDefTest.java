// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.teldef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.error.ExitCode;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;

/** Reading of TelDef files. */
class TelDefTest {
    @TempDir
    Path dir;

    /** ACT to DET to SKY by keywords only. */
    private TelDef load(Consumer<Keywords> change) {
        Keywords k = new Keywords().set("NCOORDS", 3L, "").set("COORD0", "ACT", "").set("COORD1", "DET", "")
                .set("COORD2", "SKY", "").set("TRTYPE0", "RAWTODET", "").set("TRTYPE1", "SKYATT", "");
        for (String s : new String[] {"ACT", "DET"}) {
            k.set(s + "_XSIZ", 100L, "").set(s + "_YSIZ", 200L, "").set(s + "_XSCL", 0.05, "").set(s + "_YSCL", 0.05,
                    "");
        }
        k.set("FOCALLEN", 5000.0, "").set("SEG_COL", "CCD_ID", "");
        for (int s = 0; s < 2; s++) {
            k.set("CO0_X" + s + "_A", 10.0 * s, "").set("CO0_X" + s + "_B", 0.0, "").set("CO0_X" + s + "_C", 1.0, "")
                    .set("CO0_Y" + s + "_A", 0.0, "").set("CO0_Y" + s + "_B", 1.0, "")
                    .set("CO0_Y" + s + "_C", 0.0, "");
        }
        change.accept(k);
        Path file = dir.resolve("teldef.fits");
        try (FitsWriter w = FitsWriter.create(file)) {
            w.primary(k);
            w.commit();
        }
        return TelDef.load(file);
    }

    @Test
    void systemsAndDefaults() {
        TelDef t = load(k -> { });
        assertThat(t.systems()).extracting(CoordinateSystem::name).containsExactly("ACT", "DET", "SKY");
        CoordinateSystem det = t.systems().get(t.index("det"));
        assertThat(det.centreX()).isEqualTo(50.5);
        assertThat(det.centreY()).isEqualTo(100.5);
        assertThat(det.xColumn()).isEqualTo("DETX");
        assertThat(det.contains(0.5, 200.5)).isTrue();
        assertThat(det.contains(0.49, 100)).isFalse();
        assertThat(det.contains(Double.NaN, 100)).isFalse();
        assertThat(t.sky().xColumn()).isEqualTo("X");
        assertThat(t.sky().sizeX()).isEqualTo(100);
        assertThat(t.sky().scaleX()).isCloseTo(Math.toDegrees(1e-5), within(1e-15));
        assertThat(t.toSky().pixelsPerRadian()).isEqualTo(1e5);
        assertThat(t.toSky().roll().sign()).isEqualTo(-1);
        assertThat(t.randomised()).hasValue(0);
        assertThat(t.axis()).isEmpty();
    }

    @Test
    void segmentsAreFlippedByDefaultAndTurned() {
        Transformation.Segmented plain = (Transformation.Segmented) load(k -> { }).transformations().getFirst();
        Affine a = plain.maps().get(1);
        assertThat(a.x(3, 4)).isEqualTo(50.5 + 14);
        assertThat(a.y(3, 4)).isEqualTo(100.5 - 3);
        Transformation.Segmented turned = (Transformation.Segmented) load(k -> k.set("DET_ROTD", 90.0, "")
                .set("DETYFLIP", 1L, "").set("DET_XOFF", 2.0, "").set("DET_SCAL", 2.0, "").set("INT_YCEN", 1.0, ""))
                .transformations().getFirst();
        Affine b = turned.maps().get(0);
        // u = (4 - 2)/2 = 1, v = (3 - 1)/2 = 1; a quarter turn gives (v, -u).
        assertThat(b.x(3, 4)).isCloseTo(50.5 + 1, within(1e-12));
        assertThat(b.y(3, 4)).isCloseTo(100.5 - 1, within(1e-12));
    }

    @Test
    void randomisation() {
        assertThat(load(k -> k.set("RANCOORD", "NONE", "")).randomised()).isEmpty();
        TelDef t = load(k -> k.set("RANCOORD", "DET", "").set("RAN_SCAL", "ACT", ""));
        assertThat(t.randomised()).hasValue(1);
        assertThat(t.randomScale()).isZero();
    }

    @Test
    void wrongFilesAreCalibrationErrors() {
        refused(k -> k.remove("FOCALLEN"), "FOCALLEN");
        refused(k -> k.set("FOCALLEN", -1.0, ""), "FOCALLEN");
        refused(k -> k.remove("DET_XSIZ"), "DET_XSIZ");
        refused(k -> k.set("TRTYPE0", "MAGIC", ""), "TRTYPE0");
        refused(k -> k.set("TRTYPE1", "BASIC", ""), "TRTYPE1");
        refused(k -> k.set("TRTYPE0", "MULTISEG", ""), "MULTISEG0_COEFF");
        refused(k -> k.remove("CO0_Y1_B"), "CO0_Y1_B");
        refused(k -> k.set("DET_YSCL", 0.06, ""), "DET_YSCL");
        refused(k -> k.set("NCOORDS", 1L, ""), "NCOORDS");
        refused(k -> k.set("OPTAXISX", 1.0, "").set("OPTAXISY", 1.0, "").set("OPTCOORD", "XYZ", ""), "OPTCOORD");
    }

    private void refused(Consumer<Keywords> change, String named) {
        assertThatThrownBy(() -> load(change)).as(named).isInstanceOfSatisfying(SxiException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.CALIBRATION);
            assertThat(e.getMessage()).contains(named);
        });
    }

    @Test
    void skyPlaneGoesThereAndBack() {
        SkyPlane p = new SkyPlane(359.99, 60, 1215.5, 1215.5, 116666.7);
        SkyPlane.Direction d = p.direction(100, 2000);
        assertThat(p.position(d.ra(), d.dec()).x()).isCloseTo(100, within(1e-6));
        assertThat(p.position(d.ra(), d.dec()).y()).isCloseTo(2000, within(1e-6));
        assertThat(p.position(179.99, -60).x()).isNaN();
    }
}
