// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Finds the cycles of a growing frame file that are complete: the next cycle has begun, or every segment is there.
 */
final class CycleScan {
    /** Cycles after which the segments seen are believed to be all that are read out. */
    private static final int SETTLED = 5;

    private final FrameType type;
    private final int nominal;
    private int seen;
    private int cycles;

    /**
     * Rows of a cycle.
     *
     * @param number FRAMENUM
     * @param time start, s
     * @param rows those of them that are frames of the type asked for
     * @param end row after the last
     * @param segments bit per segment that is there
     */
    record Span(int number, double time, List<Long> rows, long end, int segments) {
    }

    /** Starts with the CCDs that a file says it has; frames of other types are passed over. */
    CycleScan(String detnam, FrameType type) {
        this.type = type;
        this.nominal = switch (detnam.strip()) {
            case "CCD12" -> 0x0f;
            case "CCD34" -> 0xf0;
            default -> 0xff;
        };
    }

    /** Bit per segment seen so far: those that a complete cycle has. */
    int seen() {
        return seen;
    }

    /**
     * Cycles from a row on.
     *
     * @param from first row not taken yet
     * @param last whether no more rows will come
     * @param most cycles wanted
     */
    List<Span> next(FrameReader f, long from, boolean last, int most) {
        List<Span> out = new ArrayList<>();
        List<Long> rows = new ArrayList<>();
        SegmentFrame head = null;
        int mask = 0;
        for (long row = from; row < f.rows() && out.size() < most; row++) {
            SegmentFrame s = f.readIndex(row);
            if (s.type() != type) {
                continue;
            }
            if (head != null && s.number() != head.number()) {
                out.add(close(head, rows, row, mask));
                rows = new ArrayList<>();
                mask = 0;
                head = s;
                if (out.size() == most) {
                    return out;
                }
            }
            head = head == null ? s : head;
            rows.add(row);
            mask |= 1 << Sxi.segmentIndex(s.ccdId(), s.segment());
            if (mask == nominal || cycles >= SETTLED && mask == seen) {
                out.add(close(head, rows, row + 1, mask));
                rows = new ArrayList<>();
                mask = 0;
                head = null;
            }
        }
        if (last && head != null && out.size() < most) {
            out.add(close(head, rows, f.rows(), mask));
        }
        return out;
    }

    private Span close(SegmentFrame head, List<Long> rows, long end, int mask) {
        return new Span(head.number(), head.time(), rows, end, mask);
    }

    /** A cycle has been taken; from now on its segments are expected. */
    int taken(int segments) {
        seen |= segments;
        cycles++;
        return seen;
    }

    /** Goes on after a restart. */
    void resume(int segments, int count) {
        seen = segments;
        cycles = count;
    }
}
