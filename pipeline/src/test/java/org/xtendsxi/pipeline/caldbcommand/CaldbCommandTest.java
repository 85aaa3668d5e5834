// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.index.IndexRebuild;
import org.xtendsxi.caldb.model.ModelCaldb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CaldbCommandTest {
    @TempDir
    static Path model;
    @TempDir
    static Path small;
    @TempDir
    Path dir;

    /** The small one lacks the mask, which is slow to read. */
    @BeforeAll
    static void make() throws IOException {
        ModelCaldb.write(model);
        Damage.copy(model, small);
        Files.delete(small.resolve("xa_xtd_mask_20190101v001.fits.gz"));
        IndexRebuild.write(small, "2019-01-01");
    }

    private static JsonNode json(CommandLineRun run) {
        return JsonMapper.builder().build().readTree(run.out());
    }

    @Test
    void listsTheIndex() {
        CommandLineRun table = CommandLineRun.of("caldb", "list", "--caldb", model);
        assertThat(table.code()).isZero();
        assertThat(table.out().lines()).hasSize(25);
        assertThat(table.out()).containsPattern("HIT_PATTERN +xa_xtd_hitpattern_20190101v001.fits");
        JsonNode rows = json(CommandLineRun.of("caldb", "list", "--json", "--caldb", model));
        assertThat(rows.size()).isEqualTo(24);
        assertThat(rows.get(1).get("boundaries").get(0).asString()).isEqualTo("DATAMODE(WINDOW1)");
    }

    @ParameterizedTest
    @CsvSource({"WINDOW1,1,1", "WINDOW1BURST,1,1", "w8,1,2", "WINDOW1,0,3", "w8burst,0,4"})
    void findsTheExtensionOfAMode(String mode, String ci, int extension) {
        JsonNode row = json(CommandLineRun.of("caldb", "query", "gain", "--mode", mode, "--ci", ci, "--date",
                "2024-03-01T12:00:00", "--caldb", model, "--json")).get(0);
        assertThat(row.get("file").asString()).isEqualTo(model.resolve("xa_xtd_gain_20190101v001.fits").toString());
        assertThat(row.get("extension").asInt()).isEqualTo(extension);
        assertThat(row.get("row").asInt()).isEqualTo(10 + extension);
    }

    @Test
    void nothingFoundEndsWithFourAndTheQuery() {
        CommandLineRun early = CommandLineRun.of("caldb", "query", "GAIN", "--date", "2018-12-31", "--mode", "WINDOW2",
                "--caldb", model);
        assertThat(early.code()).isEqualTo(4);
        assertThat(early.out()).isEmpty();
        assertThat(early.err()).contains("XRISM/XTEND GAIN", "58483.", "DATAMODE.eq.WINDOW2");
        assertThat(CommandLineRun.of("caldb", "query", "RMF_PARAMETERS", "--caldb", model).code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"caldb", "caldb lst", "caldb query", "caldb query NOISE", "caldb query GAIN --date yesterday",
        "caldb query GAIN --mode full-frame", "caldb query GAIN --ci 2", "caldb model", "caldb index"})
    void wrongWordsEndWithTwo(String line) {
        CommandLineRun run = CommandLineRun.of((Object[]) line.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("sxi: ").hasLineCount(1);
    }

    @Test
    void aDatabaseWithoutIndexEndsWithFour() {
        for (String[] line : new String[][] {{"list", "--caldb"}, {"query", "GAIN", "--caldb"}, {"verify"}}) {
            Object[] words = new Object[line.length + 2];
            words[0] = "caldb";
            System.arraycopy(line, 0, words, 1, line.length);
            words[words.length - 1] = dir;
            CommandLineRun run = CommandLineRun.of(words);
            assertThat(run.code()).isEqualTo(4);
            assertThat(run.err()).contains(dir.toString(), "caldb.indx");
        }
    }

    @Test
    void theModelIsGood() {
        CommandLineRun run = CommandLineRun.of("caldb", "verify", model);
        assertThat(run.err()).isEqualTo("24 rows are good: " + model.resolve("caldb.indx") + "\n");
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().skip(1)).hasSize(24).allMatch(l -> l.endsWith("good"));
    }

    @Test
    void modelAndIndexMakeADatabaseThatIsGood() throws IOException {
        Path made = dir.resolve("new/model");
        assertThat(CommandLineRun.of("caldb", "model", "--out", made).code()).isZero();
        byte[] before = Files.readAllBytes(made.resolve("caldb.indx"));
        assertThat(CommandLineRun.of("caldb", "index", made).code()).isZero();
        assertThat(Files.readAllBytes(made.resolve("caldb.indx.old"))).isEqualTo(before);
        assertThat(CommandLineRun.of("caldb", "verify", made).code()).isZero();
    }

    private String problem(Path database, int row) {
        CommandLineRun run = CommandLineRun.of("caldb", "verify", database, "--json");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).startsWith("sxi: " + database.resolve("caldb.indx") + " (row " + row);
        JsonNode found = json(run).get(row - 1);
        assertThat(found.get("verdict").asString()).isEqualTo("BAD");
        return found.get("problems").toString();
    }

    @Test
    void findsAMissingFile() throws IOException {
        Path copy = Damage.copy(small, dir.resolve("c"));
        Files.delete(copy.resolve("xa_xtd_spth_20190101v001.fits"));
        assertThat(problem(copy, 10)).contains("file is missing", "xa_xtd_spth");
        assertThat(CommandLineRun.of("caldb", "query", "SPLIT_TH", "--caldb", copy).code()).isEqualTo(4);
    }

    @Test
    void findsATruncatedFile() throws IOException {
        Path copy = Damage.copy(small, dir.resolve("c"));
        Damage.truncate(copy.resolve("xa_xtd_hitpattern_20190101v001.fits"));
        assertThat(problem(copy, 15)).contains("truncated");
    }

    @Test
    void findsATruncatedCompressedFile() throws IOException {
        Path copy = Damage.copy(model, dir.resolve("c"));
        Damage.truncate(copy.resolve("xa_xtd_mask_20190101v001.fits.gz"));
        assertThat(problem(copy, 18)).contains("damaged");
    }

    @Test
    void findsAChangedByte() throws IOException {
        Path copy = Damage.copy(small, dir.resolve("c"));
        Path file = copy.resolve("xa_xtd_badpix_20190101v001.fits");
        byte[] all = Files.readAllBytes(file);
        all[all.length - 1] ^= 1;
        Files.write(file, all);
        assertThat(problem(copy, 16)).contains("checksum of BADPIX is wrong");
    }

    @Test
    void findsAWrongUnit() throws IOException {
        Path copy = Damage.copy(small, dir.resolve("c"));
        Damage.replace(copy.resolve("xa_xtd_spth_20190101v001.fits"), "TUNIT1  = 's ", "TUNIT1  = 'd ");
        assertThat(problem(copy, 10)).contains("another unit", "checksum");
    }

    @ParameterizedTest
    @CsvSource({"CCNM0001= 'SPLIT_TH',CCNM0001= 'SPLIT_XX',CCNM is [SPLIT_XX]",
        "CVSD0001= '2019-01-01',CVSD0001= '2020-01-01',CVSD is 2020-01-01"})
    void findsKeywordsThatContradictTheIndex(String text, String by, String problem) throws IOException {
        Path copy = Damage.copy(small, dir.resolve("c"));
        Damage.replace(copy.resolve("xa_xtd_spth_20190101v001.fits"), text, by);
        assertThat(problem(copy, 10)).contains(problem);
    }

    @Test
    void findsAWrongBoundary() throws IOException {
        Path copy = Damage.copy(small, dir.resolve("c"));
        Damage.replace(copy.resolve("xa_xtd_chtrail_20190101v001.fits"), "'CISTATUS(0)'", "'CISTATUS(7)'");
        assertThat(problem(copy, 4)).contains("CBD is [DATAMODE(WINDOW1), CISTATUS(7)]");
    }

    @Test
    void findsAnExtensionThatIsNotThere() throws IOException {
        Path copy = Damage.copy(small, dir.resolve("c"));
        Files.copy(copy.resolve("xa_xtd_spth_20190101v001.fits"), copy.resolve("xa_xtd_gain_20190101v001.fits"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(problem(copy, 11)).contains("CCNM is [SPLIT_TH], the index says GAIN");
        assertThat(json(CommandLineRun.of("caldb", "verify", copy, "--json")).get(11).get("problems").toString())
                .contains("there is no extension 2");
    }
}
