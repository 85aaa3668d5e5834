// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import java.util.List;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Numbers and switches of the flagging (events-coords-screening section 9.1).
 *
 * @param pixelReach half-width of the neighbourhood of bad, hot and flickering pixels
 * @param boundaryReach distance of neighbours of boundaries
 * @param trailing rows after a charge-injection row
 * @param preceding rows before a charge-injection row
 * @param bad flags that make flag 1, as bits
 * @param echo search for echoes, as {@link EchoSettings}
 * @param reset whether flags and PHAS_MASK start from zero
 * @param compat behaviour where the reference is at fault
 */
public record FlagSettings(int pixelReach, int boundaryReach, int trailing, int preceding, long bad, EchoSettings echo,
        boolean reset, Compat compat) {
    /** Largest reach that makes sense. */
    private static final int FAR = 100;

    /**
     * Settings of the search for cosmic-ray echoes (section 9.10).
     *
     * @param search whether to search
     * @param reach half-width of the neighbourhood flagged
     * @param minimum tests of a pixel needed
     * @param threshold pulse height above which a pixel counts
     * @param fraction fraction of tests above which a pixel is an echo
     */
    public record EchoSettings(boolean search, int reach, int minimum, int threshold, double fraction) {
    }

    /** Parameters with the names of the task. */
    public static List<Parameter> parameters() {
        return List.of(Parameter.integer("npixnbr", "pixel", 0, FAR, 1, "neighbourhood of bad, hot, flickering pixels"),
                Parameter.integer("nboundnbr", "pixel", 0, FAR, 1, "neighbourhood of boundaries"),
                Parameter.integer("citrailnbr", "pixel", 0, FAR, 2, "rows after a charge-injection row (flag 16)"),
                Parameter.integer("ciprenbr", "pixel", 0, FAR, 1, "rows before a charge-injection row (flag 17)"),
                Parameter.yesNo("echoflag", true, "search for cosmic-ray echoes"),
                Parameter.integer("echonbr", "pixel", 0, FAR, 2, "neighbourhood of an echo pixel"),
                Parameter.integer("echomin", "", 0, Integer.MAX_VALUE, 6, "tests of a pixel needed"),
                Parameter.integer("echospth", "chan", Short.MIN_VALUE, Short.MAX_VALUE, 15, "threshold of an echo"),
                Parameter.real("echofrac", "", 0, 1, 0.7, "fraction of tests above which a pixel is an echo"),
                Parameter.text("bad_status", BadStatus.DEFAULT, "flags that make flag 1"),
                Parameter.yesNo("resetflags", true, "flags and PHAS_MASK start from zero"));
    }

    /** Settings of checked parameters. */
    public static FlagSettings of(Parameters p, Compat compat) {
        return new FlagSettings(p.integer("npixnbr"), p.integer("nboundnbr"), p.integer("citrailnbr"),
                p.integer("ciprenbr"), BadStatus.parse(p.text("bad_status")),
                new EchoSettings(p.yes("echoflag"), p.integer("echonbr"), p.integer("echomin"), p.integer("echospth"),
                        p.real("echofrac")),
                p.yes("resetflags"), compat);
    }
}
