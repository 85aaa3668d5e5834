// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.ContentId;

/**
 * The files of an observation directory in the archive's layout (events-coords-screening section 2).
 *
 * @param directory the observation directory
 * @param obsid nine digits
 * @param dataSets one per pointing or slew, split index and data class, in order of name
 * @param auxiliary other files by what follows {@code xa<OBSID>} in their name, without {@code .gz}, such as {@code
 *     .att}
 * @param derived files that a run makes in their place, likewise
 */
public record Observation(Path directory, String obsid, List<DataSet> dataSets, Map<String, Path> auxiliary,
        Map<String, Derived> derived) {
    private static final Pattern DATA =
            Pattern.compile("xa(\\d{9})(xtd_([ps])(\\d)([0-9a-f]{8}))_(fr\\.fits|dk\\.fits|uf\\.evt)(\\.gz)?");
    private static final Pattern ANY = Pattern.compile("xa(\\d{9})(.+?)(\\.gz)?");

    /**
     * Frames, dark frames and events of one data class.
     *
     * @param stem name without suffix, such as {@code xa900000001xtd_p030000010}
     * @param dataClass eight hexadecimal digits
     * @param frames raw frames
     * @param dark dark frames
     * @param events unfiltered event list
     */
    public record DataSet(String stem, String dataClass, Optional<Path> frames, Optional<Path> dark,
            Optional<Path> events) {
    }

    /**
     * A file that is made of others.
     *
     * @param path where it lies, or will
     * @param identity what its content depends on
     */
    record Derived(Path path, String identity) {
    }

    /** Looks into a directory: an observation, or a folder that holds nothing but one. */
    public static Observation open(Path given) {
        Path directory = single(given).orElse(given);
        if (!Files.isDirectory(directory)) {
            throw SxiException.data("observation directory does not exist").in(directory)
                    .todo("give the directory that holds auxil and xtend").build();
        }
        Map<String, Map<String, Path>> sets = new TreeMap<>();
        Map<String, Path> other = new TreeMap<>();
        String obsid = "";
        for (Path p : files(directory)) {
            String name = p.getFileName().toString();
            Matcher d = DATA.matcher(name);
            Matcher a = ANY.matcher(name);
            if (d.matches()) {
                obsid = d.group(1);
                put(sets.computeIfAbsent("xa" + d.group(1) + d.group(2), k -> new TreeMap<>()),
                        d.group(6).substring(0, 2), p);
            } else if (a.matches()) {
                put(other, a.group(2), p);
            }
        }
        List<DataSet> list = new ArrayList<>();
        sets.forEach((stem, m) -> {
            if (m.containsKey("fr") || m.containsKey("uf")) {
                list.add(new DataSet(stem, stem.substring(stem.length() - 8), Optional.ofNullable(m.get("fr")),
                        Optional.ofNullable(m.get("dk")), Optional.ofNullable(m.get("uf"))));
            }
        });
        if (list.isEmpty()) {
            throw SxiException.data("no frames and no event list found").in(directory)
                    .limit("xtend/frames/xa*xtd_*_fr.fits or xtend/event_uf/xa*xtd_*_uf.evt")
                    .todo("check the directory").build();
        }
        return new Observation(directory, obsid, List.copyOf(list), Map.copyOf(other), Map.of());
    }

    /** The one observation in a folder that is none itself. */
    private static Optional<Path> single(Path given) {
        if (!Files.isDirectory(given) || Files.exists(given.resolve("xtend"))) {
            return Optional.empty();
        }
        try (Stream<Path> s = Files.list(given)) {
            List<Path> inside = s.filter(p -> p.getFileName().toString().matches("\\d{9}") && Files.isDirectory(p))
                    .toList();
            return inside.size() == 1 ? Optional.of(inside.getFirst()) : Optional.empty();
        } catch (IOException e) {
            throw SxiException.data("directory cannot be read").in(given).value(e.getMessage()).cause(e)
                    .todo("check its permissions").build();
        }
    }

    private static List<Path> files(Path directory) {
        List<Path> all = new ArrayList<>();
        for (String sub : List.of("auxil", "xtend/hk", "xtend/frames", "xtend/event_uf")) {
            Path d = directory.resolve(sub);
            if (Files.isDirectory(d)) {
                try (Stream<Path> s = Files.list(d)) {
                    s.filter(Files::isRegularFile).sorted().forEach(all::add);
                } catch (IOException e) {
                    throw SxiException.data("directory cannot be read").in(d).value(e.getMessage()).cause(e)
                            .todo("check its permissions").build();
                }
            }
        }
        return all;
    }

    private static void put(Map<String, Path> map, String key, Path p) {
        Path old = map.put(key, p);
        if (old != null) {
            throw SxiException.data("the same file exists twice").in(p).value(old.getFileName())
                    .todo("remove one of the two, for instance the compressed twin").build();
        }
    }

    /**
     * The same observation with other auxiliary files.
     *
     * @param files by suffix; an empty one is left out
     */
    Observation replacing(Map<String, Optional<Path>> files) {
        Map<String, Path> all = new TreeMap<>(auxiliary);
        files.forEach((suffix, file) -> file.ifPresentOrElse(f -> all.put(suffix, f), () -> all.remove(suffix)));
        return new Observation(directory, obsid, dataSets, Map.copyOf(all), derived);
    }

    /** An auxiliary file by what follows {@code xa<OBSID>} in its name. */
    public Optional<Path> file(String suffix) {
        return Optional.ofNullable(auxiliary.get(suffix)).or(() -> Optional.ofNullable(derived.get(suffix))
                .map(Derived::path));
    }

    /** Content of an auxiliary file, or what that of a derived one depends on; it need not exist yet. */
    Optional<String> identity(String suffix) {
        return Optional.ofNullable(derived.get(suffix)).map(Derived::identity)
                .or(() -> file(suffix).map(ContentId::of));
    }

    /** The same observation with a file that the run makes. */
    Observation with(String suffix, Derived file) {
        Map<String, Derived> all = new TreeMap<>(derived);
        all.put(suffix, file);
        return new Observation(directory, obsid, dataSets, auxiliary, Map.copyOf(all));
    }
}
