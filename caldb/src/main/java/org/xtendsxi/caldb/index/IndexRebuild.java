// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * Makes the index of a folder anew from the keywords of its files.
 *
 * <p>Rows are ordered by kind and, within a kind, from the youngest to the oldest, of one age from the highest version
 * to the lowest, because of rows that fit a query the first good one is taken (energy-chain section 11.1). Quality
 * stands in no file: a row that the old index has keeps it, a new one is good.
 *
 * @param entries rows of the new index
 * @param ignored FITS files that carry no code name
 */
public record IndexRebuild(List<CaldbEntry> entries, List<Path> ignored) {
    /** Comes after the name of the index that is replaced. */
    public static final String OLD = ".old";
    private static final Pattern FITS = Pattern.compile("[^.].*\\.fits?(\\.gz)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERSION = Pattern.compile("_\\d{8}v(\\d{3})\\.fits?(\\.gz)?$",
            Pattern.CASE_INSENSITIVE);

    /** Copies the lists. */
    public IndexRebuild {
        entries = List.copyOf(entries);
        ignored = List.copyOf(ignored);
    }

    /**
     * Rebuilds the index of a folder; an old one stays as {@code caldb.indx.old}.
     *
     * @param directory folder with calibration files, also in folders below
     * @param date CAL_DATE, {@code yyyy-mm-dd}
     */
    public static IndexRebuild write(Path directory, String date) {
        Path index = directory.resolve(Caldb.INDEX);
        List<CaldbEntry> old = Files.exists(index) ? IndexFile.read(index) : List.of();
        List<CaldbEntry> found = new ArrayList<>();
        List<Path> ignored = new ArrayList<>();
        for (Path file : files(directory)) {
            List<CaldbEntry> rows = SxiException.asCalibration(() -> rows(directory, file, old));
            found.addAll(rows);
            if (rows.isEmpty()) {
                ignored.add(file);
            }
        }
        if (found.isEmpty()) {
            throw SxiException.calibration("no calibration file here").in(directory)
                    .value(ignored.size() + " FITS files").limit("files with keyword CCNM0001")
                    .todo("give the folder of the calibration files").build();
        }
        found.sort(Comparator.comparing((CaldbEntry e) -> kind(e.codeName())).thenComparing(CaldbEntry::codeName)
                .thenComparing(CaldbEntry::refTime, Comparator.reverseOrder())
                .thenComparing(IndexRebuild::version, Comparator.reverseOrder()).thenComparing(CaldbEntry::file)
                .thenComparing(CaldbEntry::extension));
        List<CaldbEntry> numbered = new ArrayList<>();
        for (CaldbEntry e : found) {
            numbered.add(e.atRow(numbered.size() + 1));
        }
        keep(index);
        IndexFile.write(index, numbered, date);
        return new IndexRebuild(numbered, ignored);
    }

    private static int kind(String codeName) {
        return CaldbKind.of(codeName).map(Enum::ordinal).orElse(Integer.MAX_VALUE);
    }

    /** Version of a file by its name, {@code ..._YYYYMMDDvNNN.fits}; 0 without one. */
    private static int version(CaldbEntry e) {
        Matcher m = VERSION.matcher(e.file().getFileName().toString());
        return m.find() ? Integer.parseInt(m.group(1)) : 0;
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(p -> FITS.matcher(p.getFileName().toString()).matches())
                    .filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw SxiException.calibration("folder cannot be read").in(directory).value(e.getMessage()).cause(e)
                    .todo("check the path and its permissions").build();
        }
    }

    private static List<CaldbEntry> rows(Path directory, Path file, List<CaldbEntry> old) {
        List<CaldbEntry> rows = new ArrayList<>();
        try (FitsReader f = FitsReader.open(file)) {
            for (Hdu h : f.hdus()) {
                for (DataSetKeywords k : DataSetKeywords.of(h.keywords())) {
                    Path relative = directory.relativize(file);
                    rows.add(new CaldbEntry(0, word(f, h, "TELESCOP"), word(f, h, "INSTRUME"), word(f, h, "DETNAM"),
                            word(f, h, "FILTER"), relative, h.index(), k.codeName(), k.boundaries(), k.refTime(),
                            k.validFrom(), quality(old, relative, h.index(), k.codeName()),
                            description(k.description(), word(f, h, "ORIGIN"))));
                }
            }
        }
        return rows;
    }

    private static String word(FitsReader f, Hdu h, String key) {
        Keywords primary = f.primary().keywords();
        return h.keywords().text(key).or(() -> primary.text(key)).map(String::strip).filter(s -> !s.isEmpty())
                .orElse("NONE");
    }

    /** Files of the model say so by ORIGIN, the index by its description. */
    private static String description(String text, String origin) {
        return origin.equalsIgnoreCase(CaldbEntry.MODEL) ? CaldbEntry.MODEL + ": " + text : text;
    }

    private static int quality(List<CaldbEntry> old, Path file, int extension, String codeName) {
        Optional<CaldbEntry> same = old.stream().filter(e -> e.file().equals(file) && e.extension() == extension
                && e.codeName().equalsIgnoreCase(codeName)).findFirst();
        return same.map(CaldbEntry::quality).orElse(0);
    }

    private static void keep(Path index) {
        try {
            if (Files.exists(index)) {
                Files.copy(index, index.resolveSibling(index.getFileName() + OLD), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw SxiException.output("old index cannot be kept").in(index).value(e.getMessage()).cause(e)
                    .todo("check that the folder is writable").build();
        }
    }
}
