// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.pipeline.cli.Main;

/** Runs of the reference tool on synthetic events; skipped where the golden collection is absent. */
class GoldenGainFitTest {
    private static final List<String> EXACT = List.of("TIME", "CCD_ID", "NEVENT", "TELAPSE", "EXPOSURE", "AVGUNBIN",
            "AVGBIN", "SPECTRUM");
    private static final List<String> FITTED = List.of("COR_FIT", "COR_AVE", "CHISQ", "AVGFIT", "SHIFT", "SCALE",
            "BGRND", "SLOPE", "WIDTH", "FITPROF");

    @TempDir
    Path dir;

    private static Path golden() {
        Path shared = Path.of(System.getProperty("sxi.shared",
                System.getProperty("sxi.root", "..") + "/../shared"));
        Path golden = shared.resolve("golden/gainfit");
        assumeTrue(Files.isDirectory(golden), "no golden collection at " + golden);
        return golden;
    }

    private int run(Path out, String... more) {
        Path in = golden().resolve("input");
        List<String> words = new ArrayList<>(List.of("-q", "ahgainfit", "infile=" + in.resolve("events.fits.gz"),
                "outfile=" + out, "linefitfile=" + in.resolve("lines.fits.gz"), "linetocorrect=SXI_MNK",
                "energycol=PI", "splitcol=CCD_ID", "evchannel=6", "extraspread=200"));
        for (String word : more) {
            words.add(word.replace("gti.fits", in.resolve("gti.fits.gz").toString()));
        }
        return Main.run(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @Tag("validation")
    @CsvSource({
            "01_shift, numevent=300 minevent=150 broadening=150 calcerr=yes",
            "02_shift_and_width, numevent=400 minevent=200 broadening=12 fitwidth=yes calcerr=yes r2tol=0.01 "
                    + "bisectolshift=0.1 bisectolwidth=0.2",
            "03_gti, numevent=250 minevent=100 broadening=150 gtifile=gti.fits background=SLOPE",
            "04_gti_spanned, numevent=250 minevent=100 broadening=150 gtifile=gti.fits spangti=yes background=NONE "
                    + "grpoverlap=50"})
    void agreesWithTheReference(String step, String words) {
        Path out = dir.resolve("g.fits");
        assertThat(run(out, words.split(" "))).isZero();
        try (FitsReader mine = FitsReader.open(out);
                FitsReader theirs = FitsReader.open(golden().resolve("expected/" + step + ".fits.gz"));
                EventChunk a = mine.whole(mine.need("Drift_energy"));
                EventChunk e = theirs.whole(theirs.need("Drift_energy"))) {
            EXACT.forEach(c -> close(c, a, e, 0, 1e-9));
            FITTED.forEach(c -> close(c, a, e, 1e-6, 1e-9));
            if (e.has("SIGSHLIKE")) {
                for (String c : List.of("SIGSHLIKE", "SIGSHCHI2", "SIGWDLIKE", "SIGWDCHI2")) {
                    close(c, a, e, 1e-6, 1e-9);
                }
            }
            for (String k : List.of("TSTART", "TSTOP", "CH_START", "CH_STOP", "CH_WIDTH")) {
                assertThat(mine.need("Drift_energy").keywords().needReal(k)).as(k)
                        .isEqualTo(theirs.need("Drift_energy").keywords().needReal(k),
                                org.assertj.core.data.Offset.offset(1e-6));
            }
        }
    }

    private static void close(String column, EventChunk mine, EventChunk theirs, double relative, double absolute) {
        double[] a = mine.doubles(column);
        double[] e = theirs.doubles(column);
        assertThat(a).as(column).hasSameSizeAs(e);
        for (int i = 0; i < a.length; i++) {
            boolean same = Double.isNaN(e[i]) ? Double.isNaN(a[i])
                    : Math.abs(a[i] - e[i]) <= Math.max(absolute, relative * Math.abs(e[i]));
            assertThat(same).as("%s element %d: %s, not %s", column, i, a[i], e[i]).isTrue();
        }
    }

    @Test
    void badInputHasAClearEnd() {
        Path out = dir.resolve("bad.fits");
        assertThat(run(out, "compat=strict", "broadening=150", "numevent=100000", "minevent=100000")).isEqualTo(3);
        assertThat(run(out, "broadening=150", "binwidth=0.001")).isEqualTo(2);
        assertThat(run(out, "background=CUBIC")).isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void aMissingColumnIsAnError() {
        Path in = golden().resolve("input");
        Path out = dir.resolve("bad.fits");
        assertThat(Main.run("-q", "ahgainfit", "infile=" + in.resolve("events.fits.gz"), "outfile=" + out,
                "linefitfile=" + in.resolve("lines.fits.gz"), "linetocorrect=SXI_MNK", "energycol=PI",
                "splitcol=NO_SUCH", "evchannel=6", "extraspread=200")).isEqualTo(3);
        assertThat(out).doesNotExist();
    }

    @Test
    void noMoreEventsAreAskedForThanAGroupHas() {
        Path out = dir.resolve("g.fits");
        assertThat(run(out, "broadening=150", "numevent=300", "minevent=100000")).isZero();
        try (FitsReader f = FitsReader.open(out); EventChunk t = f.whole(f.need("Drift_energy"))) {
            assertThat(Arrays.stream(t.ints("NEVENT"))).hasSize(8).allMatch(n -> n >= 300);
        }
    }
}
