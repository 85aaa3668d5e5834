// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.CaldbQuery;
import org.xtendsxi.caldb.index.IndexEdition;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.calib.common.ModelCopy;

/** A file gets into the database whole or not at all, and out again. */
@Tag("validation")
class PublisherTest {
    private static final String BOUNDARY = "DATAMODE.eq.WINDOW1.and.CISTATUS.eq.1";
    private static final double MJD_2024 = 60310;

    @TempDir
    Path dir;
    private Path database;
    private Path index;

    @BeforeEach
    void copy() {
        database = ModelCopy.in(dir.resolve("db"));
        index = database.resolve("caldb.indx");
    }

    /** The gain of the model as a file of another date and version. */
    private Path gain(String date, int version, UnaryOperator<Keywords> change) {
        Path file = dir.resolve(String.format("xa_xtd_gain_%sv%03d.fits", date.replace("-", ""), version));
        try (FitsReader in = FitsReader.open(database.resolve("xa_xtd_gain_20190101v001.fits"));
                FitsWriter out = FitsWriter.create(file)) {
            out.primary(in.primary().keywords().observation());
            for (Hdu h : in.hdus()) {
                if (h.kind() == Hdu.Kind.TABLE) {
                    try (EventChunk t = in.whole(h)) {
                        out.table(h.name(), t, change.apply(h.keywords().observation().set("CVSD0001", date, "")));
                    }
                }
            }
            out.commit();
        }
        return file;
    }

    private CaldbEntry inForce(double mjd) {
        return Caldb.open(Optional.of(database)).select(new CaldbQuery(CaldbKind.GAIN, "XRISM", "XTEND",
                Double.isNaN(mjd) ? OptionalDouble.empty() : OptionalDouble.of(mjd), BOUNDARY));
    }

    @Test
    void theNewFileIsTakenByDateAndTheOldOneStays() throws IOException {
        String before = Digest.of(index);
        Publisher.Result r = new Publisher(database).publish(List.of(gain("2024-01-01", 2, k -> k)), true);
        assertThat(r.entries()).hasSize(4);
        assertThat(r.superseded()).isEmpty();
        assertThat(inForce(MJD_2024 + 1).file()).hasToString("xa_xtd_gain_20240101v002.fits");
        assertThat(inForce(MJD_2024 - 1).file()).hasToString("xa_xtd_gain_20190101v001.fits");
        assertThat(inForce(Double.NaN).file()).as("without a date the first good row").hasToString(
                "xa_xtd_gain_20240101v002.fits");
        assertThat(Digest.of(database.resolve(Files.readSymbolicLink(index)))).isEqualTo(Digest.of(r.edition()));
        assertThat(Files.list(database).filter(p -> !Files.isSymbolicLink(p)).filter(p -> p.getFileName().toString()
                .startsWith("caldb.indx")).map(Digest::of)).contains(before).hasSize(2);
        assertThat(Files.list(database).map(p -> p.getFileName().toString())).noneMatch(n -> n.startsWith(".publish"));
    }

    @Test
    void aNewVersionOfTheSameDateSupersedes() {
        long good = Caldb.open(Optional.of(database)).entries().stream().filter(e -> e.quality() == 0).count();
        Publisher.Result r = new Publisher(database).publish(List.of(gain("2019-01-01", 2, k -> k)), true);
        assertThat(r.superseded()).hasSize(4);
        assertThat(inForce(MJD_2024).file()).hasToString("xa_xtd_gain_20190101v002.fits");
        assertThat(Caldb.open(Optional.of(database)).entries()).filteredOn(e -> e.quality() == 5).hasSize(4);
        assertThat(Caldb.open(Optional.of(database)).entries()).filteredOn(e -> e.quality() == 0).hasSize((int) good);
    }

    @Test
    void publicationsAreUndoneOneByOne() {
        String first = Digest.of(index);
        new Publisher(database).publish(List.of(gain("2024-01-01", 2, k -> k)), true);
        String second = Digest.of(index);
        new Publisher(database).publish(List.of(gain("2025-01-01", 3, k -> k)), true);
        assertThat(new Publisher(database).undo()).containsExactly("xa_xtd_gain_20250101v003.fits");
        assertThat(Digest.of(index)).isEqualTo(second);
        assertThat(new Publisher(database).undo()).containsExactly("xa_xtd_gain_20240101v002.fits");
        assertThat(Digest.of(index)).isEqualTo(first);
        assertThat(database.resolve("xa_xtd_gain_20240101v002.fits")).doesNotExist();
        assertThatThrownBy(() -> new Publisher(database).undo()).isInstanceOf(SxiException.class)
                .hasMessageContaining("nothing to undo");
        new Publisher(database).publish(List.of(gain("2024-01-01", 2, k -> k)), true);
        assertThat(inForce(MJD_2024 + 1).file()).hasToString("xa_xtd_gain_20240101v002.fits");
    }

    @Test
    void aChangeByOthersIsNotUndone() throws IOException {
        new Publisher(database).publish(List.of(gain("2024-01-01", 2, k -> k)), true);
        Path edition = database.resolve(Files.readSymbolicLink(index));
        Files.write(edition, new byte[2880], StandardOpenOption.APPEND);
        assertThatThrownBy(() -> new Publisher(database).undo()).isInstanceOf(SxiException.class)
                .hasMessageContaining("changed since");
    }

    @Test
    void aDryRunChangesNothing() throws IOException {
        List<Path> before = Files.list(database).filter(p -> !p.toString().endsWith(".lock")).sorted().toList();
        new Publisher(database).publish(List.of(gain("2024-01-01", 2, k -> k)), false);
        assertThat(Files.list(database).filter(p -> !p.toString().endsWith(".lock")).sorted()).isEqualTo(before);
    }

    @Test
    void whatIsNotFitIsRefusedAndNothingChanges() throws IOException {
        String before = Digest.of(index);
        refused(gain("2024-01-01", 2, k -> k.set("CVSD0001", "2024-02-01", "")), "the name says");
        refused(gain("2024-01-01", 2, k -> k.set("CCNM0001", "CTI", "")), "the name says gain");
        refused(gain("2024-01-01", 2, k -> {
            k.remove("CDES0001");
            return k;
        }), "CDES0001 is missing");
        Path damaged = gain("2024-01-01", 2, k -> k);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length - 3000] ^= 1;
        Files.write(damaged, bytes);
        refused(damaged, "checksum");
        Path other = dir.resolve("gain.fits");
        Files.copy(gain("2024-01-01", 2, k -> k), other);
        refused(other, "no name of the form");
        assertThat(Digest.of(index)).isEqualTo(before);
        assertThat(Files.list(database).map(p -> p.getFileName().toString())).noneMatch(n -> n.startsWith(".publish"));
    }

    private void refused(Path file, String why) {
        assertThatThrownBy(() -> new Publisher(database).publish(List.of(file), true)).isInstanceOf(SxiException.class)
                .hasMessageContaining(why);
    }

    @Test
    void anExistingVersionIsRefused() {
        new Publisher(database).publish(List.of(gain("2024-01-01", 2, k -> k)), true);
        refused(gain("2024-01-01", 2, k -> k), "version exists already");
    }

    @Test
    void anotherProcessKeepsTheIndex() throws Exception {
        Path file = gain("2024-01-01", 2, k -> k);
        Process other = LockHolder.start(index);
        try {
            assertThatThrownBy(() -> new Publisher(database).publish(List.of(file), true))
                    .isInstanceOf(SxiException.class)
                    .hasMessageContaining("locked by another process").hasMessageContaining("process " + other.pid());
        } finally {
            other.outputWriter(StandardCharsets.US_ASCII).close();
            other.waitFor();
        }
        new Publisher(database).publish(List.of(file), true);
        assertThat(inForce(MJD_2024 + 1).file()).hasToString("xa_xtd_gain_20240101v002.fits");
    }

    /** Killed between the move of the file and the entry of the history: nothing is in force, and the user is told. */
    @Test
    void whatAKilledPublicationLeavesIsNamed() throws IOException {
        Path file = gain("2024-01-01", 2, k -> k);
        Path left = database.resolve(file.getFileName());
        Files.createDirectory(database.resolve(".publish-1"));
        Files.copy(file, left);
        assertThat(inForce(MJD_2024 + 1).file()).hasToString("xa_xtd_gain_20190101v001.fits");
        refused(file, "a file without a row in the index");
        assertThat(database.resolve(".publish-1")).doesNotExist();
        Files.delete(left);
        new Publisher(database).publish(List.of(file), true);
        assertThat(inForce(MJD_2024 + 1).file()).hasToString("xa_xtd_gain_20240101v002.fits");
    }

    @Test
    void aPublicationCutShortIsUndone() {
        String before = Digest.of(index);
        new Publisher(database).publish(List.of(gain("2024-01-01", 2, k -> k)), true);
        // as after a power cut between the entry of the history and the change of the index
        History.Change last = History.of(index).last().orElseThrow();
        IndexEdition.activate(index, database.resolve(last.before()));
        assertThat(new Publisher(database).undo()).containsExactly("xa_xtd_gain_20240101v002.fits");
        assertThat(Digest.of(index)).isEqualTo(before);
    }

    @Test
    void theNextPublicationTakesBackOneThatWasCutShort() throws IOException {
        Path file = gain("2024-01-01", 2, k -> k);
        Path edition = new Publisher(database).publish(List.of(file), true).edition();
        IndexEdition.activate(index, database.resolve(History.of(index).last().orElseThrow().before()));
        assertThat(new Publisher(database).publish(List.of(file), true).edition()).as("the name is free again")
                .isEqualTo(edition);
        assertThat(inForce(MJD_2024 + 1).file()).hasToString("xa_xtd_gain_20240101v002.fits");
        assertThat(Files.readAllLines(History.of(index).file())).hasSize(3);
        assertThat(Files.list(database).filter(p -> p.getFileName().toString().startsWith("caldb.indx2"))).hasSize(2);
    }
}
