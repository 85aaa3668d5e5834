// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.StatusFlag;

/** The list of flags that make an event bad: numbers and ranges {@code a:b} from 1 (section 9.1). */
public final class BadStatus {
    /** Default list. */
    public static final String DEFAULT = "3:9,11,12,16:19,25:28,30,37";

    private BadStatus() {
    }

    /** Bits of a list; flag n is bit n-1. */
    public static long parse(String list) {
        long bits = 0;
        for (String part : list.strip().split(",")) {
            String[] ends = part.strip().split(":", -1);
            int from = number(ends[0], list);
            int to = ends.length == 1 ? from : number(ends[1], list);
            if (ends.length > 2 || from < 1 || to < from || to > StatusFlag.BITS) {
                throw wrong(list);
            }
            for (int n = from; n <= to; n++) {
                bits |= 1L << n - 1;
            }
        }
        return bits;
    }

    private static int number(String text, String list) {
        if (!text.strip().matches("\\d{1,2}")) {
            throw wrong(list);
        }
        return Integer.parseInt(text.strip());
    }

    private static SxiException wrong(String list) {
        return SxiException.usage("list of flags cannot be read").column("bad_status").value(list)
                .limit("numbers and ranges a:b of 1.." + StatusFlag.BITS).todo("write it like " + DEFAULT).build();
    }
}
