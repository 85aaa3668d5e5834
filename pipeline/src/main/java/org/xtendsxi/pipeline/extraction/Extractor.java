// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.instrument.EventPixels;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Hits;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.kernel.RowBlocks;
import org.xtendsxi.pipeline.kernel.Search;

/**
 * Finds the events of a CCD in a cycle (contract section 3; frames-and-science section 2).
 *
 * <p>The kernel proposes centres; here they are tested with exact pulse heights. A pure function of frames, levels and
 * settings; may be shared by threads.
 */
public final class Extractor {
    /** Most candidates that all get room as events from the start. */
    private static final int ROOM = 1024;

    private final ExtractionSettings settings;
    private final AreaDiscrimination area;
    private final ExtractionKernel kernel;
    private final FrameTiming timing;
    private final RowBlocks rows;

    /**
     * Prepares for frames of one header.
     *
     * @throws SxiException (data) if the window does not divide the frame into the sub-exposures of the timing
     */
    public Extractor(FrameHeader header, ExtractionSettings settings, AreaDiscrimination area,
            ExtractionKernel kernel) {
        this.settings = settings;
        this.area = area;
        this.kernel = kernel;
        this.timing = header.timing();
        this.rows = blocks(header, settings.wideMargin() ? 2 : 1);
    }

    private static RowBlocks blocks(FrameHeader h, int margin) {
        FrameGeometry g = h.geometry();
        int exposures = h.timing().exposures();
        if (!h.mode().windowed()) {
            return new RowBlocks(g.rows(), g.rows(), margin);
        }
        if (h.windowSize() < 1 || (long) exposures * h.windowSize() != g.rows()) {
            throw SxiException.data("window does not fit the frame").hdu("FRAMES").column("WIN_SIZE")
                    .value(h.windowSize() + " rows x " + exposures + " sub-exposures").limit(g.rows() + " imaging rows")
                    .todo("repair WIN_SIZE, IMGHEGHT or the timing keywords").build();
        }
        return new RowBlocks(g.rows(), h.windowSize(), margin);
    }

    /** Rows of the sub-exposures. */
    public RowBlocks rows() {
        return rows;
    }

    /**
     * One segment ready for extraction.
     *
     * @param segment 0..1
     * @param readNode 0..1
     * @param plane frame with its levels
     */
    public record Segment(int segment, int readNode, PixelPlane plane) {
    }

    /**
     * Events and what was rejected.
     *
     * @param events in the order sub-exposure, segment, RAWY, RAWX
     * @param perSegment number of events of each segment given, in their order
     * @param cut number of events that the limit per sub-exposure took from each segment
     * @param rejects pixels that gave no event
     */
    public record Extraction(ExtractedEvents events, int[] perSegment, long[] cut, Rejects rejects) {
    }

    /**
     * What was read of a CCD in a cycle.
     *
     * @param cycleStart TIME of the cycle, s
     * @param ccdId 0..3
     * @param segments one or two segments of the CCD in the order of SEGMENT; one that is missing counts as off the CCD
     */
    public record Ccd(double cycleStart, int ccdId, List<Segment> segments) {
    }

    /** Extracts from several CCDs or cycles; a kernel that takes batches sees all their segments at once. */
    public List<Extraction> extract(List<Ccd> ccds) {
        List<List<Search>> searches = ccds.stream().map(this::searches).toList();
        boolean batch = kernel.batch() > 1;
        if (batch) {
            kernel.scanAll(searches.stream().flatMap(List::stream).toList());
        }
        List<Extraction> found = new ArrayList<>();
        for (int i = 0; i < ccds.size(); i++) {
            found.add(extract(ccds.get(i), searches.get(i), batch));
        }
        return found;
    }

    private List<Search> searches(Ccd c) {
        return c.segments().stream().map(s -> new Search(s.plane(),
                settings.eventThreshold()[Sxi.segmentIndex(c.ccdId(), s.segment())], rows, new Hits())).toList();
    }

    private Extraction extract(Ccd ccd, List<Search> searches, boolean searched) {
        List<ExtractedEvents> lists = new ArrayList<>();
        Rejects rejects = Rejects.NONE;
        List<Long> cut = new ArrayList<>();
        for (int i = 0; i < searches.size(); i++) {
            Segment s = ccd.segments().get(i);
            Search search = searches.get(i);
            if (!searched) {
                // candidates are tested while the processor's cache still holds their frame
                kernel.scan(search.plane(), search.threshold(), rows, search.hits());
            }
            Optional<CcdPixels.SisterSegment> sister = ccd.segments().stream().filter(o -> o.segment() != s.segment())
                    .findFirst().map(o -> new CcdPixels.SisterSegment(o.plane(), o.readNode()));
            SegmentRun run = new SegmentRun(ccd.ccdId(), s, new CcdPixels(s.plane(), sister, s.segment(), s.readNode()),
                    ccd.cycleStart(), search.hits());
            run.run();
            lists.add(run.found);
            rejects = rejects.plus(run.rejects());
            cut.add(run.rejects().limit());
        }
        return new Extraction(ExtractedEvents.bySubExposure(lists),
                lists.stream().mapToInt(ExtractedEvents::size).toArray(),
                cut.stream().mapToLong(c -> c).toArray(), rejects);
    }

    /** The test of the candidates of one segment. */
    private final class SegmentRun {
        private final Segment segment;
        private final CcdPixels pixels;
        private final double cycleStart;
        private final int[] where;
        private final int threshold;
        private final int split;
        private final int[] heights = new int[EventPixels.ALL];
        private final Hits hits;
        private final ExtractedEvents found;
        private final long[] counts = new long[Verdict.values().length];
        private int exposure = -1;
        private int inExposure;

        SegmentRun(int ccdId, Segment segment, CcdPixels pixels, double cycleStart, Hits hits) {
            this.hits = hits;
            this.found = new ExtractedEvents(Math.min(hits.size(), ROOM));
            this.segment = segment;
            this.pixels = pixels;
            this.cycleStart = cycleStart;
            this.where = new int[] {ccdId, segment.segment(), segment.readNode(), 0, 0};
            int i = Sxi.segmentIndex(ccdId, segment.segment());
            this.threshold = settings.eventThreshold()[i];
            this.split = settings.splitThreshold()[i];
        }

        void run() {
            int width = segment.plane().geometry().active();
            segment.plane().dark().checkAround(hits, width);
            for (int i = 0; i < hits.size(); i++) {
                int y = hits.get(i) / width;
                int x = hits.get(i) % width;
                counts[test(x, y).ordinal()]++;
            }
        }

        Rejects rejects() {
            return new Rejects(counts[Verdict.NOT_MAXIMUM.ordinal()], counts[Verdict.TIE.ordinal()],
                    counts[Verdict.SURROUND.ordinal()], counts[Verdict.UPPER.ordinal()],
                    counts[Verdict.AREA.ordinal()], counts[Verdict.LIMIT.ordinal()]);
        }

        private boolean insideColumns(int x) {
            return settings.wideMargin() ? CcdPixels.own(x - 2) && CcdPixels.own(x + 2)
                    : pixels.exists(x - 1) && pixels.exists(x + 1);
        }

        private Verdict test(int x, int y) {
            int centre = segment.plane().height(x, y);
            if (centre < threshold || !insideColumns(x)) {
                return Verdict.BELOW;
            }
            heights[0] = centre;
            Verdict v = neighbours(x, y);
            if (v != Verdict.EVENT) {
                return v;
            }
            if (settings.upper() > 0 && centre > settings.upper()) {
                return Verdict.UPPER;
            }
            if (settings.areaDiscrimination() && !area.keeps(where[0], where[1], where[2], x, y)) {
                return Verdict.AREA;
            }
            int sub = rows.of(y);
            inExposure = sub == exposure ? inExposure + 1 : 1;
            exposure = sub;
            if (settings.limit() > 0 && inExposure > settings.limit()) {
                return Verdict.LIMIT;
            }
            record(x, y, sub);
            return Verdict.EVENT;
        }

        private Verdict neighbours(int x, int y) {
            int high = 0;
            Verdict v = Verdict.EVENT;
            for (int i = 1; i < EventPixels.INNER; i++) {
                int nx = x + EventPixels.dx(i);
                int h = pixels.height(nx, y + EventPixels.dy(i));
                heights[i] = h;
                if (h > heights[0]) {
                    return Verdict.NOT_MAXIMUM;
                }
                if (h == heights[0] && !(settings.tiesByOrder() && readFirst(i, nx))) {
                    v = Verdict.TIE;
                }
                high += h >= settings.surroundThreshold() ? 1 : 0;
            }
            boolean blob = settings.surround() && high == EventPixels.INNER - 1;
            return v == Verdict.EVENT && blob ? Verdict.SURROUND : v;
        }

        /** Whether neighbour i may equal the centre with tie=acis: 1-4; across the border, segment AB is first. */
        private boolean readFirst(int i, int nx) {
            boolean sameRow = EventPixels.dy(i) == 0;
            return sameRow && !CcdPixels.own(nx) ? segment.segment() == 1 : i <= 4;
        }

        private void record(int x, int y, int sub) {
            int first = rows.start(y);
            int end = first + rows.block();
            int mask = 0;
            long sum = 0;
            for (int i = EventPixels.INNER; i < EventPixels.ALL; i++) {
                int ny = y + EventPixels.dy(i);
                // the inner eight are in the block by the margin; the outer ring may reach beyond it
                int h = ny < first || ny >= end ? CcdPixels.NONE : pixels.height(x + EventPixels.dx(i), ny);
                heights[i] = h;
                if (h == CcdPixels.NONE) {
                    continue;
                }
                if (h >= split) {
                    mask |= 1 << i - EventPixels.INNER;
                } else {
                    sum += h;
                }
            }
            where[3] = x;
            where[4] = y;
            found.add(cycleStart + timing.liveStart(sub), sub, where, mask,
                    Math.clamp(sum, -PixelPlane.LIMIT, PixelPlane.LIMIT), heights);
        }
    }

    /** What becomes of a candidate. */
    private enum Verdict {
        EVENT, BELOW, NOT_MAXIMUM, TIE, SURROUND, UPPER, AREA, LIMIT
    }
}
