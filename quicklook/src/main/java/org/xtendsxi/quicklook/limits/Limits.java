// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.limits;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.error.Nearest;
import org.xtendsxi.caldb.error.SxiException;

/** The limits file: the shipped proposals, and over them the lines of the user's file. */
public final class Limits {
    private static final String DEFAULTS = "limits.properties";
    private static final double SECONDS_PER_DAY = 86400;

    private final Properties values;
    private final String file;

    private Limits(Properties values, String file) {
        this.values = values;
        this.file = file;
    }

    /**
     * Reads the limits.
     *
     * @param file the user's file, empty for the proposals
     * @throws SxiException (usage) on an unknown word or a value that is no number
     */
    public static Limits load(Optional<Path> file) {
        Properties all = new Properties();
        try (InputStream in = Limits.class.getResourceAsStream(DEFAULTS)) {
            all.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (file.isPresent()) {
            Properties own = new Properties();
            try (Reader in = Files.newBufferedReader(file.get(), StandardCharsets.UTF_8)) {
                own.load(in);
            } catch (NoSuchFileException e) {
                throw SxiException.usage("limits file does not exist").in(file.get()).cause(e)
                        .todo("sxi quicklook --print-limits writes one").build();
            } catch (IOException | IllegalArgumentException e) {
                throw SxiException.usage("limits file cannot be read").in(file.get()).value(e.getMessage()).cause(e)
                        .todo("check the path and its permissions").build();
            }
            own.stringPropertyNames().forEach(k -> {
                if (!all.containsKey(k)) {
                    throw SxiException.usage("limits file has an unknown word").in(file.get()).value(k)
                            .todo("did you mean " + Nearest.of(k, new TreeSet<>(all.stringPropertyNames()))
                                    + "?").build();
                }
                all.setProperty(k, own.getProperty(k));
            });
        }
        Limits l = new Limits(all, file.map(Path::toString).orElse(DEFAULTS));
        all.stringPropertyNames().stream().filter(k -> !k.startsWith("housekeeping.")).forEach(l::number);
        l.housekeepingColumns();
        return l;
    }

    /** The limits in force, as lines of a limits file in the order of their names. */
    public String text() {
        return values.stringPropertyNames().stream().sorted().map(k -> k + " = " + values.getProperty(k).strip() + "\n")
                .collect(Collectors.joining("", "# limits in force: " + file + "\n", ""));
    }

    /** The shipped file, as text. */
    public static String defaults() {
        try (InputStream in = Limits.class.getResourceAsStream(DEFAULTS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the limits come from. */
    public String file() {
        return file;
    }

    /** Limits of a quantity. */
    public Limit of(String quantity) {
        return new Limit(number(quantity + ".warning"), number(quantity + ".alarm"));
    }

    /** Time without data after which they are stale, s. */
    public double stale() {
        return number("stale.seconds");
    }

    /** Set point of the CCDs, deg C. */
    public double nominalTemperature() {
        return number("temperature.nominal");
    }

    /** Time for which events are kept, s. */
    public double eventSeconds() {
        return number("events.days") * SECONDS_PER_DAY;
    }

    /** EXTNAME of housekeeping. */
    public String housekeepingExtension() {
        return values.getProperty("housekeeping.extension").strip();
    }

    /** Columns of housekeeping by the name of the series. */
    public Map<String, String> housekeepingColumns() {
        Map<String, String> out = new LinkedHashMap<>();
        for (String pair : values.getProperty("housekeeping.columns").split(",")) {
            String[] p = pair.strip().split("=", 2);
            if (p.length != 2) {
                throw SxiException.usage("housekeeping column cannot be read").in(file).value(pair.strip())
                        .limit("NAME=COLUMN").todo("correct housekeeping.columns").build();
            }
            out.put(p[0].strip(), p[1].strip());
        }
        return out;
    }

    private double number(String key) {
        String text = values.getProperty(key).strip();
        if (text.equals("off")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double v = Double.parseDouble(text);
            if (Double.isFinite(v)) {
                return v;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw SxiException.usage("limit is no number").in(file).value(key + " = " + text).limit("a number, or off")
                .todo("correct the limits file").build();
    }
}
