// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.provenance.Environment;

/** An open calibration database. */
public final class Caldb {
    /** Name of the index in a folder of calibration files. */
    static final String INDEX = "caldb.indx";
    private static final String MODEL = "/org/xtendsxi/caldb/model/data/";

    private final Path root;
    private final Path index;
    private final List<CaldbEntry> entries;

    private Caldb(Path root, Path index) {
        this.root = root;
        this.index = index;
        this.entries = IndexFile.read(index);
    }

    /**
     * Opens a database.
     *
     * @param directory given by the user: a folder with {@code caldb.indx}, or the root of a CALDB tree; empty takes
     *        {@code $CALDB}, and without it the model values that come with the program
     */
    public static Caldb open(Optional<Path> directory) {
        Optional<Path> wanted = directory.or(() -> Environment.variable("CALDB").map(Path::of));
        return wanted.isPresent() ? at(wanted.get()) : model();
    }

    /** Opens the model values that come with the program. */
    public static Caldb model() {
        return at(unpacked());
    }

    private static Caldb at(Path directory) {
        if (Files.exists(directory.resolve(INDEX))) {
            return new Caldb(directory, directory.resolve(INDEX));
        }
        Path config = directory.resolve("software/tools/caldb.config");
        if (Files.exists(config)) {
            Path dir = configured(directory, config);
            return new Caldb(directory, dir);
        }
        throw SxiException.calibration("no calibration database here").in(directory)
                .limit(INDEX + " or software/tools/caldb.config").todo("give another --caldb, or set CALDB").build();
    }

    /** Index file of XRISM/XTEND in {@code caldb.config}: MISSION INSTRUMENT device directory indexfile ... */
    private static Path configured(Path root, Path config) {
        try (Stream<String> lines = Files.lines(config)) {
            return lines.map(String::strip).filter(l -> !l.startsWith("#")).map(l -> l.split("\\s+"))
                    .filter(t -> t.length >= 5 && t[0].equalsIgnoreCase("XRISM") && t[1].equalsIgnoreCase("XTEND"))
                    .findFirst().map(t -> root.resolve(t[3]).resolve(t[4]))
                    .orElseThrow(() -> SxiException.calibration("configuration does not know XRISM XTEND").in(config)
                            .todo("install the XRISM calibration database").build());
        } catch (IOException e) {
            throw SxiException.calibration("configuration cannot be read").in(config).value(e.getMessage()).cause(e)
                    .todo("check its permissions").build();
        }
    }

    /** Unpacks the model database once per version into the temporary folder. */
    private static Path unpacked() {
        try {
            String list = text(MODEL + "files.txt");
            Path target = Path.of(System.getProperty("java.io.tmpdir"),
                    "sxi-caldb-" + Digest.of(list).substring(0, 16) + "-" + System.getProperty("user.name"));
            List<String> names = list.lines().map(line -> line.substring(line.indexOf(' ') + 1).strip()).toList();
            if (complete(target, names)) {
                return target;
            }
            Path work = Files.createTempDirectory("sxi-caldb-");
            for (String name : names) {
                try (InputStream in = Caldb.class.getResourceAsStream(MODEL + name)) {
                    Files.copy(in, work.resolve(name));
                }
            }
            try {
                Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException
                    | DirectoryNotEmptyException e) {
                return complete(target, names) ? target : work;
            }
            return target;
        } catch (IOException e) {
            throw SxiException.calibration("model calibration cannot be unpacked").value(e.getMessage()).cause(e)
                    .todo("make the temporary folder writable, or give --caldb").build();
        }
    }

    /** Whether all files are there: those who tidy temporary folders take them one by one. */
    private static boolean complete(Path folder, List<String> names) {
        return names.stream().allMatch(n -> Files.exists(folder.resolve(n)));
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Caldb.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("resource is missing: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Folder of the database. */
    public Path root() {
        return root;
    }

    /** Index file. */
    public Path index() {
        return index;
    }

    /** All rows of the index. */
    public List<CaldbEntry> entries() {
        return entries;
    }

    /** File of an entry. */
    public Path file(CaldbEntry e) {
        return root.resolve(e.file());
    }

    /**
     * Selects one entry: instrument, code name, quality 0 and boundaries must match; of those not younger than the date
     * the youngest counts; of several the first in the index (energy-chain section 11.1).
     *
     * @throws SxiException (calibration) if none matches, with the query and the nearest rows, or if its file is
     *     missing
     */
    public CaldbEntry select(CaldbQuery q) {
        Boundary boundary = Boundary.parse(q.expression());
        List<CaldbEntry> named = entries.stream().filter(e -> e.instrument().equalsIgnoreCase(q.instrument())
                && e.codeName().equalsIgnoreCase(q.kind().name())).toList();
        List<CaldbEntry> good =
                named.stream().filter(e -> e.quality() == 0 && boundary.holds(e.boundaries())).toList();
        Optional<CaldbEntry> found = q.mjd().isEmpty() ? good.stream().findFirst()
                : good.stream().filter(e -> e.refTime() <= q.mjd().getAsDouble())
                        .max(Comparator.comparingDouble(CaldbEntry::refTime)
                                .thenComparing(CaldbEntry::row, Comparator.reverseOrder()));
        CaldbEntry e = found.orElseThrow(() -> SxiException.calibration("calibration is missing").in(index)
                .value(q.text()).limit(named.isEmpty() ? "no row of this kind" : named.size()
                        + " rows of this kind, none of good quality, matching boundary and date, the first: "
                        + named.getFirst().boundaries() + " from " + named.getFirst().validFrom())
                .todo("give another --caldb, or switch the step off").build());
        if (!Files.exists(file(e))) {
            throw SxiException.calibration("index names a file that is missing").in(index).row(e.row())
                    .column("CAL_FILE").value(file(e)).todo("restore the file or rebuild the index").build();
        }
        return e;
    }
}
