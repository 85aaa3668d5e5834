// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.frame;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Checks the order of the frames of one type in a file (contract, section 3): cycles in order of time, all rows of a
 * cycle together, FRAMENUM unique with CCD_ID and SEGMENT. Keeps one number per cycle.
 */
public final class FrameOrder {
    private final Path path;
    private final FrameType type;
    private final Set<Integer> numbers = new HashSet<>();
    private double time = Double.NEGATIVE_INFINITY;
    private int number;
    private int segments;

    /**
     * Starts.
     *
     * @param path the file, for errors
     * @param type frames that count; others are passed over
     */
    public FrameOrder(Path path, FrameType type) {
        this.path = path;
        this.type = type;
    }

    /**
     * Takes the next frame of the file.
     *
     * @throws SxiException (data) that names the row, if it is out of order or comes twice
     */
    public void accept(SegmentFrame f) {
        if (f.type() != type) {
            return;
        }
        boolean first = numbers.isEmpty();
        if (first || f.time() != time || f.number() != number) {
            if (f.number() == number && !first) {
                throw bad(f, "TIME", "frames of one cycle have different times", f.time(), "TIME " + time,
                        "give each cycle a FRAMENUM of its own");
            }
            if (f.time() < time) {
                throw bad(f, "TIME", "frames are not in order of time", f.time(), "at least " + time, "sort the rows");
            }
            if (f.time() == time) {
                throw bad(f, "FRAMENUM", "cycles have the same time", f.number(), "FRAMENUM " + number + " at " + time,
                        "repair TIME or FRAMENUM");
            }
            if (!numbers.add(f.number())) {
                throw bad(f, "FRAMENUM", "cycle number comes again", f.number(), "once per CCD and segment",
                        "renumber the cycles");
            }
            time = f.time();
            number = f.number();
            segments = 0;
        }
        int bit = 1 << Sxi.segmentIndex(f.ccdId(), f.segment());
        if ((segments & bit) != 0) {
            throw bad(f, "SEGMENT", "segment comes twice in a cycle", "CCD_ID " + f.ccdId() + ", SEGMENT " + f.segment()
                    + ", FRAMENUM " + number, "once", "remove one of the rows");
        }
        segments |= bit;
    }

    private SxiException bad(SegmentFrame f, String column, String what, Object value, Object limit, String todo) {
        return SxiException.data(what).in(path).hdu("FRAMES").row(f.row() + 1).column(column).value(value).limit(limit)
                .todo(todo).build();
    }
}
