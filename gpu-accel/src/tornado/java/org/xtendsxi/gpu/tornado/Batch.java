// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.gpu.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.Cut;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.pipeline.kernel.Hits;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.Search;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The frames of one launch: into the arrays of the device, and its finds out of them. */
final class Batch {
    /** Levels beyond this are left to the host, so that sums stay far within 32 bits. */
    private static final long REACH = 1 << 24;
    private static final ValueLayout.OfShort NATIVE = ValueLayout.JAVA_SHORT;

    private final List<Search> searches = new ArrayList<>();
    private final Map<DarkLevel, Integer> darks = new IdentityHashMap<>();
    private Size size = new Size(0, 0, 0);

    /** Whether 32 bits do for the dark of a frame. */
    static boolean suits(DarkLevel dark) {
        return IntStream.range(0, dark.pixels()).allMatch(i -> Math.abs(dark.at(i)) < REACH);
    }

    /** Whether 32 bits do for the rest of a frame. */
    static boolean suits(Search s) {
        Cut cut = new Cut(s.plane(), s.threshold());
        return s.plane().geometry().active() <= Short.MAX_VALUE && IntStream.range(0, s.rows().rows())
                .allMatch(y -> Math.abs(cut.offset(y, 0)) < REACH && Math.abs(cut.offset(y, 1)) < REACH);
    }

    /** Room that the batch needs. */
    Size size() {
        return size;
    }

    /** Takes a frame, unless it goes beyond the limit; the first is always taken. */
    boolean add(Search s, Size limit) {
        PixelPlane p = s.plane();
        int dark = darks.containsKey(p.dark()) ? 0 : p.dark().pixels();
        Size with = size.plus(new Size(p.geometry().pixels(), dark, s.rows().rows()));
        if (!searches.isEmpty() && !limit.holds(with)) {
            return false;
        }
        darks.putIfAbsent(p.dark(), size.darks());
        searches.add(s);
        size = with;
        return true;
    }

    /** Searches all frames. */
    void run(DevicePlan plan) {
        write(plan);
        plan.execute();
        read(plan);
    }

    /** Fills the arrays. Rows in which no event may be centred are not described, so they cost nothing. */
    private void write(DevicePlan plan) {
        darks.forEach((dark, first) -> {
            for (int i = 0; i < dark.pixels(); i++) {
                plan.dark().set(first + i, (int) Math.floor(dark.at(i)));
            }
        });
        int firstWord = 0;
        int row = 0;
        for (Search s : searches) {
            PixelPlane p = s.plane();
            MemorySegment.copy(p.pixels(), SegmentFrame.WORD, 0, plan.words().getSegment(), NATIVE,
                    (long) firstWord * Short.BYTES, p.geometry().pixels());
            row = describe(s, firstWord, darks.get(p.dark()), plan.rows(), row);
            firstWord += p.geometry().pixels();
        }
        for (; row < plan.size().rows(); row++) {
            plan.rows().set(row * RowSearch.FIELDS + RowSearch.COLUMNS, 0);
        }
    }

    private static int describe(Search s, int firstWord, int firstDark, IntArray rows, int row) {
        Cut cut = new Cut(s.plane(), s.threshold());
        FrameGeometry g = s.plane().geometry();
        // w <= offset - d of inverted polarity is -w - d >= -offset
        int sign = s.plane().adc().inverted() ? -1 : 1;
        int next = row;
        for (int y = 0; y < s.rows().rows(); y++) {
            if (s.rows().inside(y)) {
                int at = next++ * RowSearch.FIELDS;
                rows.set(at + RowSearch.FIRST_WORD, firstWord + g.index(0, y));
                rows.set(at + RowSearch.FIRST_DARK, firstDark + y * g.active());
                rows.set(at + RowSearch.COLUMNS, g.active());
                rows.set(at + RowSearch.EVEN, sign * (int) cut.offset(y, 0));
                rows.set(at + RowSearch.ODD, sign * (int) cut.offset(y, 1));
                rows.set(at + RowSearch.SIGN, sign);
            }
        }
        return next;
    }

    /** Hands the finds over, in order. A row with more finds than slots is searched here, with exact pulse heights. */
    private void read(DevicePlan plan) {
        int row = 0;
        for (Search s : searches) {
            int width = s.plane().geometry().active();
            for (int y = 0; y < s.rows().rows(); y++) {
                if (s.rows().inside(y)) {
                    int count = plan.counts().get(row);
                    if (count > RowSearch.SLOTS) {
                        exact(s, y);
                    }
                    for (int k = 0; k < count && count <= RowSearch.SLOTS; k++) {
                        s.hits().add(y * width + plan.found().get(row * RowSearch.SLOTS + k));
                    }
                    row++;
                }
            }
        }
    }

    private static void exact(Search s, int y) {
        PixelPlane p = s.plane();
        Hits hits = s.hits();
        for (int x = 0; x < p.geometry().active(); x++) {
            if (p.height(x, y) >= s.threshold()) {
                hits.add(y * p.geometry().active() + x);
            }
        }
    }
}
