// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.IndexRebuild;
import org.xtendsxi.caldb.table.GradePatternTable;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.teldef.Affine;
import org.xtendsxi.caldb.teldef.CoordinateSystem;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.teldef.Transformation;

class ModelCaldbTest {
    private static final Path ROOT = Path.of(System.getProperty("sxi.root", ".."));

    @TempDir
    static Path made;

    @BeforeAll
    static void make() {
        ModelCaldb.write(made);
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(made)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    /** Compressed files are compared unpacked: another zlib packs the same content otherwise. */
    private static byte[] content(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readAllBytes(file);
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static Path file(CaldbKind kind) {
        Caldb caldb = Caldb.open(Optional.of(made));
        return caldb.file(caldb.entries().stream().filter(e -> e.codeName().equals(kind.name())).findFirst()
                .orElseThrow());
    }

    @Test
    @Tag("non-regression")
    void isWhatTheRepositoryKeeps() throws IOException {
        Path kept = ROOT.resolve("caldb/data");
        assertThat(names()).hasSize(14);
        for (String name : names()) {
            if (name.equals("files.txt")) {
                assertThat(digests(made.resolve(name))).isEqualTo(digests(kept.resolve(name)));
            } else {
                assertThat(Arrays.equals(content(made.resolve(name)), content(kept.resolve(name))))
                        .as("%s is the same as in caldb/data", name).isTrue();
            }
        }
    }

    private static List<String> digests(Path list) throws IOException {
        return Files.readAllLines(list).stream().map(l -> l.endsWith(".gz") ? l.substring(64) : l).toList();
    }

    @Test
    void theEmbeddedModelOpens() throws IOException {
        assumeTrue(System.getenv("CALDB") == null, "CALDB is set: the embedded model is not used");
        Caldb caldb = Caldb.open(Optional.empty());
        assertThat(caldb.entries()).isEqualTo(Caldb.open(Optional.of(made)).entries()).hasSize(24)
                .allMatch(CaldbEntry::model);
        for (CaldbEntry e : caldb.entries()) {
            assertThat(content(caldb.file(e))).isEqualTo(content(made.resolve(e.file())));
        }
    }

    @Test
    void itsIndexCanBeRebuiltFromItsFiles(@TempDir Path copy) throws IOException {
        for (String name : names()) {
            if (!name.equals("caldb.indx")) {
                Files.copy(made.resolve(name), copy.resolve(name));
            }
        }
        assertThat(IndexRebuild.write(copy, "2019-01-01").entries()).extracting(e -> e.atRow(0))
                .containsExactlyInAnyOrderElementsOf(Caldb.open(Optional.of(made)).entries().stream()
                        .map(e -> e.atRow(0)).toList());
    }

    @Test
    @Tag("validation")
    void hitPatternsHaveThePublishedCounts() {
        GradePatternTable t = GradePatternTable.load(TableSource.of(file(CaldbKind.HIT_PATTERN)));
        Map<Integer, Long> counts = IntStream.range(0, GradePatternTable.PATTERNS).filter(p -> (p & 1) == 1)
                .mapToObj(t::grade).collect(Collectors.groupingBy(g -> g, Collectors.counting()));
        assertThat(counts).isEqualTo(
                Map.of(0, 1L, 1, 15L, 2, 8L, 3, 4L, 4, 4L, 5, 32L, 6, 8L, 7, 176L, 8, 8L));
    }

    @Test
    @Tag("validation")
    void hitPatternsAreThoseOfTheReference() {
        Path golden = Stream.of(Optional.ofNullable(System.getProperty("sxi.shared")).map(Path::of),
                Optional.of(ROOT.resolve("../shared"))).flatMap(Optional::stream)
                .map(p -> p.resolve("golden/caldb/pattern.fits.gz")).filter(Files::exists).findFirst()
                .orElse(Path.of(""));
        assumeTrue(Files.isRegularFile(golden), "reference data are not here (property sxi.shared)");
        GradePatternTable model = GradePatternTable.load(TableSource.of(file(CaldbKind.HIT_PATTERN)));
        GradePatternTable reference = GradePatternTable.load(TableSource.of(golden));
        for (int p = 0; p < GradePatternTable.PATTERNS; p++) {
            assertThat(model.grade(p)).as("pattern %d", p).isEqualTo(reference.grade(p));
        }
    }

    /** The aim point is on CCD2, segment CD (frames-and-science section 1). */
    @Test
    @Tag("validation")
    void theAimPointIsOnSegmentCdOfCcd2() {
        TelDef t = TelDef.load(file(CaldbKind.TELDEF));
        TelDef.OpticalAxis axis = t.axis().orElseThrow();
        assertThat(t.systems().get(axis.system()).name()).isEqualTo("DET");
        Transformation.Segmented toDet = (Transformation.Segmented) t.transformations().get(t.index("ACT"));
        CoordinateSystem act = t.systems().get(t.index("ACT"));
        int found = 0;
        for (int ccd = 0; ccd < 4; ccd++) {
            double[] p = inverse(toDet.maps().get(ccd), axis.x(), axis.y());
            if (act.contains(p[0], p[1])) {
                found++;
                assertThat(ccd).isEqualTo(1);
                assertThat(segments(t, p[0])).containsOnly(1);
            }
        }
        assertThat(found).isEqualTo(1);
    }

    private static double[] inverse(Affine a, double x, double y) {
        double det = a.xB() * a.yC() - a.xC() * a.yB();
        double u = x - a.xA();
        double v = y - a.yA();
        return new double[] {(a.yC() * u - a.xC() * v) / det, (a.xB() * v - a.yB() * u) / det};
    }

    /** Segments some node of which reads a column. */
    private static List<Integer> segments(TelDef t, double actX) {
        Transformation.MultiSegment raw = (Transformation.MultiSegment) t.transformations().getFirst();
        int segment = raw.properties().indexOf("SEGMENT");
        return raw.rows().stream().filter(r -> IntStream.range(0, 320)
                .anyMatch(x -> Math.abs(r.map().x(x, 0) - actX) <= 0.5)).map(r -> r.values().get(segment)).toList();
    }

    @Test
    @Tag("validation")
    void fitsverifyHasNothingToSay() throws IOException, InterruptedException {
        boolean installed = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(d -> Files.isExecutable(Path.of(d, "fitsverify")));
        assumeTrue(installed, "fitsverify is not installed");
        for (String name : names()) {
            if (!name.equals("files.txt")) {
                Process p = new ProcessBuilder("fitsverify", "-q", made.resolve(name).toString())
                        .redirectErrorStream(true).start();
                String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(p.waitFor()).as(said).isZero();
                assertThat(said).startsWith("verification OK");
            }
        }
    }
}
