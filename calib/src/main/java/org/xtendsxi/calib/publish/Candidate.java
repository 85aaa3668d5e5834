// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.publish;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.Checksums;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.IndexRebuild;
import org.xtendsxi.pipeline.caldbcommand.CaldbCheck;

/**
 * Files that are to be published, checked in a folder of their own: name, keywords, checksums, and whether their tables
 * can be used.
 *
 * @param folder folder with copies of the files
 * @param entries their index rows
 */
record Candidate(Path folder, List<CaldbEntry> entries) implements AutoCloseable {
    private static final String WORK = ".publish-";
    private static final Pattern NAME = Pattern.compile("xa_xtd_([a-z0-9]+)_(\\d{4})(\\d\\d)(\\d\\d)v(\\d{3})\\.fits");
    private static final List<String> NEEDED = List.of("CCLS0001", "CDTP0001", "CVSD0001", "CVST0001", "CDES0001",
            "TELESCOP", "INSTRUME");
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
    /** Held while a database changes; the end of the program waits for it, and keeps it then. */
    private static final ReentrantLock CHANGING = new ReentrantLock();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            CHANGING.lock();
            OPEN.forEach(Candidate::remove);
        }));
    }

    /**
     * Copies files beside the index and checks them. The caller has the lock of the index: working folders that are
     * there were left by a process that was interrupted, and go.
     *
     * @throws SxiException (calibration) with everything that is wrong
     */
    static Candidate of(List<Path> files, Path index, String date) {
        files.stream().filter(p -> !Files.isRegularFile(p)).findFirst().ifPresent(p -> {
            throw SxiException.usage("calibration file does not exist").in(p).todo("check the path").build();
        });
        Path folder = null;
        Path beside = index.toAbsolutePath().getParent();
        try {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(beside, WORK + "*")) {
                left.forEach(Candidate::remove);
            }
            folder = Files.createTempDirectory(beside, WORK);
            OPEN.add(folder);
            for (Path p : files) {
                Files.copy(p, folder.resolve(p.getFileName()));
            }
            List<String> problems = new ArrayList<>();
            for (Path p : files) {
                problems.addAll(problems(folder.resolve(p.getFileName())));
            }
            refuse(files, problems);
            List<CaldbEntry> entries = IndexRebuild.write(folder, date).entries();
            for (CaldbCheck.Finding f : new CaldbCheck(Caldb.open(Optional.of(folder))).all()) {
                f.problems().forEach(t -> problems.add(f.entry().file() + "[" + f.entry().extension() + "]: " + t));
            }
            refuse(files, problems);
            return new Candidate(folder, entries);
        } catch (IOException e) {
            remove(folder);
            throw SxiException.output("files cannot be copied to the database").in(index).value(e.toString()).cause(e)
                    .todo("check the files, and that the folder is writable").build();
        } catch (SxiException e) {
            remove(folder);
            throw e;
        }
    }

    private static void refuse(List<Path> files, List<String> problems) {
        if (!problems.isEmpty()) {
            throw SxiException.calibration("calibration file is not fit to be published").in(files.getFirst())
                    .value(String.join("; ", problems)).limit("name, keywords, checksums and tables as the format asks")
                    .todo("make the file again, or repair it").build();
        }
    }

    private static List<String> problems(Path file) {
        List<String> out = new ArrayList<>();
        String name = file.getFileName().toString();
        Matcher m = NAME.matcher(name);
        if (!m.matches()) {
            return List.of(name + " is no name of the form xa_xtd_WORD_YYYYMMDDvNNN.fits");
        }
        String date = m.group(2) + "-" + m.group(3) + "-" + m.group(4);
        try (FitsReader f = FitsReader.open(file)) {
            int sets = 0;
            for (Hdu h : f.hdus()) {
                if (Checksums.of(f, h) != Checksums.Verdict.RIGHT) {
                    out.add(name + "[" + h.index() + "]: checksum is absent or wrong");
                }
                Keywords k = h.keywords();
                if (k.has("CCNM0001")) {
                    sets++;
                    NEEDED.stream().filter(key -> !k.has(key)).forEach(key -> out.add(name + "[" + h.index() + "]: "
                            + key + " is missing"));
                    String kind = k.needText("CCNM0001").strip();
                    if (CaldbKind.of(kind).filter(x -> !x.fileWord().equals(m.group(1))).isPresent()) {
                        out.add(name + "[" + h.index() + "]: CCNM0001 is " + kind + ", the name says " + m.group(1));
                    }
                    if (!k.text("CVSD0001").orElse("").strip().equals(date)) {
                        out.add(name + "[" + h.index() + "]: CVSD0001 is " + k.text("CVSD0001").orElse("missing")
                                + ", the name says " + date);
                    }
                }
            }
            if (sets == 0) {
                out.add(name + ": no extension has a code name (CCNM0001)");
            }
        }
        return out;
    }

    private static void remove(Path folder) {
        if (folder == null) {
            return;
        }
        OPEN.remove(folder);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException e) {
            throw SxiException.output("working folder cannot be removed").in(folder).value(e.getMessage()).cause(e)
                    .todo("remove it by hand").build();
        }
    }

    /** Changes the database, whole or not at all if the user interrupts the program. */
    static void uninterrupted(Runnable change) {
        CHANGING.lock();
        try {
            change.run();
        } finally {
            CHANGING.unlock();
        }
    }

    /** Takes the working folder away. */
    @Override
    public void close() {
        remove(folder);
    }
}
