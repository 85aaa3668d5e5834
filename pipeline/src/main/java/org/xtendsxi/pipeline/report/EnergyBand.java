// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xtendsxi.caldb.error.SxiException;

/**
 * A range of channels with a name, for an image of its own.
 *
 * @param name part of the file name
 * @param low lowest PI
 * @param high highest PI
 */
public record EnergyBand(String name, int low, int high) {
    private static final Pattern BAND = Pattern.compile("([A-Za-z]\\w*)=(\\d{1,6}):(\\d{1,6})");

    /** Parses {@code soft=83:333,hard=333:1667}; blank is none. */
    public static List<EnergyBand> parse(String text) {
        List<EnergyBand> bands = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",")) {
            Matcher m = BAND.matcher(part.strip());
            if (!m.matches() || Integer.parseInt(m.group(2)) > Integer.parseInt(m.group(3))
                    || bands.stream().anyMatch(b -> b.name().equals(m.group(1)))) {
                throw SxiException.usage("not a list of energy bands").value(part).limit("NAME=LO:HI, joined by commas")
                        .todo("give PI channels and a name of its own to each band").build();
            }
            bands.add(new EnergyBand(m.group(1), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3))));
        }
        return bands;
    }
}
