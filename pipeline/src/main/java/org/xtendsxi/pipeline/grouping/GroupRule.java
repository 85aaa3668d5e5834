// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.grouping;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xtendsxi.caldb.error.SxiException;

/**
 * How the channels of a spectrum are joined: {@code none}, {@code min:COUNTS}, {@code optimal} or {@code optimal:COUNTS}.
 *
 * @param optimal whether bins follow the resolution
 * @param least least counts of a bin, 0 for no such wish
 */
public record GroupRule(boolean optimal, long least) {
    /** Every channel for itself. */
    public static final GroupRule NONE = new GroupRule(false, 0);
    private static final Pattern RULE = Pattern.compile("none|min:([1-9]\\d{0,8})|optimal(?::([1-9]\\d{0,8}))?");

    /** Parses the words of the user. */
    public static GroupRule parse(String text) {
        Matcher m = RULE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            throw SxiException.usage("not a rule for bins").value(text).limit("none, min:COUNTS, optimal, optimal:COUNTS")
                    .todo("give one of these").build();
        }
        String least = m.group(1) != null ? m.group(1) : m.group(2);
        return new GroupRule(m.group().startsWith("optimal"), least == null ? 0 : Long.parseLong(least));
    }

    /**
     * The bins of a spectrum.
     *
     * @param counts counts per channel
     * @param range first and last channel to bin, from 0
     * @param response gives the response file, which only optimal bins ask for
     * @return empty if channels are not joined
     */
    public Optional<Grouping> apply(long[] counts, int[] range, Supplier<Path> response) {
        if (optimal) {
            return Optional.of(Grouping.optimal(counts, range, ChannelResolution.of(response.get(), counts.length), least));
        }
        return least == 0 ? Optional.empty() : Optional.of(Grouping.minimum(counts, range, least));
    }
}
