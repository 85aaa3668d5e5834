// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xtendsxi.caldb.frame.FrameOrder;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.frames.CcdCycle;

/**
 * Reads a frame file cycle by cycle into reused buffers. Rows of a cycle stand together, as the format demands; their
 * order within a cycle does not matter.
 */
public final class CycleReader {
    private final FrameReader file;
    private final FrameType type;
    private final FrameOrder order;
    private final Deque<ByteBuffer> spare = new ArrayDeque<>();
    private long row;
    private Optional<SegmentFrame> ahead = Optional.empty();
    private Optional<ByteBuffer> aheadBuffer = Optional.empty();

    /**
     * All raw frames of one cycle.
     *
     * @param ccds one per CCD, in order of CCD_ID
     * @param frames number of segment frames
     * @param buffers memory to give back with {@link CycleReader#release}
     */
    public record Cycle(List<CcdCycle> ccds, int frames, List<ByteBuffer> buffers) {
    }

    /** Reads the frames of one type from the start of a file. */
    public CycleReader(FrameReader file, FrameType type) {
        this.file = file;
        this.type = type;
        this.order = new FrameOrder(file.path(), type);
    }

    /** Gives the buffers of a cycle back. */
    public void release(Cycle cycle) {
        giveBack(cycle.buffers());
    }

    private synchronized void giveBack(List<ByteBuffer> buffers) {
        spare.addAll(buffers);
    }

    private synchronized ByteBuffer buffer() {
        return spare.isEmpty() ? ByteBuffer.allocateDirect(file.rowBytes()) : spare.pop();
    }

    /**
     * Next cycles, or empty at the end.
     *
     * @param most segment frames after which no further cycle is taken
     */
    public Optional<List<Cycle>> next(int most) {
        List<Cycle> group = new ArrayList<>();
        int frames = 0;
        for (Optional<Cycle> c = next(); c.isPresent(); c = frames < most ? next() : Optional.empty()) {
            group.add(c.get());
            frames += c.get().frames();
        }
        return group.isEmpty() ? Optional.empty() : Optional.of(group);
    }

    /** Next cycle, or empty at the end. */
    public Optional<Cycle> next() {
        List<SegmentFrame> frames = new ArrayList<>();
        List<ByteBuffer> buffers = new ArrayList<>();
        ahead.ifPresent(f -> {
            frames.add(f);
            buffers.add(aheadBuffer.orElseThrow());
        });
        ahead = Optional.empty();
        while (row < file.rows() && ahead.isEmpty()) {
            ByteBuffer b = buffer();
            SegmentFrame f = file.read(row++, b);
            order.accept(f);
            if (f.type() != type) {
                giveBack(List.of(b));
            } else if (frames.isEmpty() || f.number() == frames.getFirst().number()) {
                frames.add(f);
                buffers.add(b);
            } else {
                ahead = Optional.of(f);
                aheadBuffer = Optional.of(b);
            }
        }
        if (frames.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, List<SegmentFrame>> byCcd = new TreeMap<>(Comparator.naturalOrder());
        frames.forEach(f -> byCcd.computeIfAbsent(f.ccdId(), k -> new ArrayList<>()).add(f));
        return Optional.of(new Cycle(byCcd.values().stream().map(CcdCycle::of).toList(), frames.size(), buffers));
    }
}
