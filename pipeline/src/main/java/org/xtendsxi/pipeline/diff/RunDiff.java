// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.diff;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.provenance.Digest;

/** Compares two output directories, or two files. Records and reports are not compared: they say why, not what. */
final class RunDiff {
    private static final List<String> ASIDE = List.of("log/", "report.html");

    private RunDiff() {
    }

    /** Compares two directories or two files. */
    static Differences of(Path a, Path b) {
        for (Path p : List.of(a, b)) {
            if (!Files.exists(p)) {
                throw SxiException.data("does not exist").in(p).todo("check the path").build();
            }
        }
        boolean folders = Files.isDirectory(a);
        if (folders != Files.isDirectory(b)) {
            throw SxiException.usage("one is a folder and the other is not").value(a + " and " + b)
                    .todo("give two output directories or two files").build();
        }
        Map<String, Path> left = files(a);
        Map<String, Path> right = files(b);
        TreeSet<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        List<Differences.File> out = new ArrayList<>();
        int compared = 0;
        for (String name : names) {
            if (!left.containsKey(name) || !right.containsKey(name)) {
                out.add(new Differences.File(name, left.containsKey(name) ? "only in A" : "only in B", List.of()));
            } else {
                compared++;
                file(folders ? name : a.getFileName().toString(), left.get(name), right.get(name)).ifPresent(out::add);
            }
        }
        Optional<RecordFile> x = RecordFile.of(a);
        Optional<RecordFile> y = RecordFile.of(b);
        boolean recorded = x.isPresent() && y.isPresent();
        return new Differences(a.toString(), b.toString(), compared, out,
                recorded ? x.get().differences(y.get()) : List.of(), recorded);
    }

    private static Map<String, Path> files(Path root) {
        if (!Files.isDirectory(root)) {
            return Map.of("", root);
        }
        Map<String, Path> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(Files::isRegularFile)
                    .forEach(p -> all.put(root.relativize(p).toString().replace('\\', '/'), p));
        } catch (IOException e) {
            throw SxiException.data("folder cannot be read").in(root).value(e.getMessage()).cause(e)
                    .todo("check its permissions").build();
        }
        all.keySet().removeIf(name -> ASIDE.stream().anyMatch(name::startsWith));
        return all;
    }

    private static Optional<Differences.File> file(String name, Path a, Path b) {
        if (!fits(a) || !fits(b)) {
            return Digest.of(a).equals(Digest.of(b)) ? Optional.empty()
                    : Optional.of(new Differences.File(name, "contents differ", List.of()));
        }
        try (FitsReader x = FitsReader.open(a); FitsReader y = FitsReader.open(b)) {
            List<Differences.Unit> units = new ArrayList<>();
            List<Hdu> p = x.hdus();
            List<Hdu> q = y.hdus();
            for (int i = 0; i < Math.min(p.size(), q.size()); i++) {
                UnitDiff.of(x, p.get(i), y, q.get(i)).ifPresent(units::add);
            }
            String what = p.size() == q.size() ? "" : "units " + names(p) + " and " + names(q);
            return units.isEmpty() && what.isEmpty() ? Optional.empty()
                    : Optional.of(new Differences.File(name, what, units));
        }
    }

    private static List<String> names(List<Hdu> units) {
        return units.stream().map(Hdu::name).toList();
    }

    private static boolean fits(Path p) {
        try (InputStream in = Files.newInputStream(p)) {
            String start = new String(in.readNBytes(6), StandardCharsets.ISO_8859_1);
            return start.equals("SIMPLE") || start.startsWith("\u001f\u008b");
        } catch (IOException e) {
            throw SxiException.data("file cannot be read").in(p).value(e.getMessage()).cause(e)
                    .todo("check its permissions").build();
        }
    }
}
