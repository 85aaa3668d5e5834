// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.dark.DarkMap;
import org.xtendsxi.pipeline.frames.DarkBuilder;
import org.xtendsxi.pipeline.frames.DarkMaps;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.quicklook.store.DarkRow;

/**
 * The darks of a data set, made as a run makes them: trimmed mean of the dark frames, or median of the first raw
 * frames.
 * Once made they hold for the data set, after a restart too.
 *
 * @param maps darks of all segments
 * @param time last frame that went in, s
 * @param rows the same for the trend
 */
record Darks(DarkMaps maps, double time, List<DarkRow> rows) {

    /**
     * Makes darks of a file.
     *
     * @param dataset data set that they will hold for
     * @param from dark frames, or the raw frames themselves
     * @param source identity of that file
     * @param darkFrames whether it has dark frames
     * @param frames frames per segment to use, as when the darks were first made; 0 for all
     * @param complete whether no more frames will come
     * @return the darks, or empty if more frames are needed
     */
    static Optional<Darks> make(String dataset, Path from, String source, boolean darkFrames, int frames,
            boolean complete, Map<String, Parameters> parameters) {
        try (FrameReader f = FrameReader.open(from)) {
            DarkBuilder b = new DarkBuilder(f.header(), parameters.get("bias"), parameters.get("dark"), darkFrames);
            int wanted = frames > 0 ? frames : darkFrames ? Integer.MAX_VALUE
                    : parameters.get("dark").integer("frames");
            int[] taken = new int[Sxi.ALL_SEGMENTS];
            List<Long> rows = new ArrayList<>();
            double time = Double.NEGATIVE_INFINITY;
            for (long row = 0; row < f.rows(); row++) {
                SegmentFrame head = f.readIndex(row);
                int at = Sxi.segmentIndex(head.ccdId(), head.segment());
                if (head.type() == (darkFrames ? FrameType.DARK : FrameType.RAW) && taken[at] < wanted) {
                    rows.add(row);
                    taken[at]++;
                    time = Math.max(time, head.time());
                }
            }
            if (!complete && (rows.isEmpty() || Arrays.stream(taken).anyMatch(n -> n != 0 && n < wanted))) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.allocateDirect(f.rowBytes());
            rows.forEach(row -> b.accept(f.read(row, buffer)));
            DarkMaps maps = b.build();
            return Optional.of(new Darks(maps, time, rows(dataset, source, maps, time)));
        }
    }

    /** Whether these are the darks of a source made of so many frames per segment, 0 for all. */
    boolean serves(String dataset, String source, int frames) {
        return rows.stream().allMatch(r -> r.dataset().equals(dataset) && r.source().equals(source)
                && (frames == 0 || r.frames() == frames));
    }

    private static List<DarkRow> rows(String dataset, String source, DarkMaps maps, double time) {
        List<DarkRow> out = new ArrayList<>();
        for (int ccd = 0; ccd < Sxi.CCDS; ccd++) {
            for (int s = 0; s < Sxi.SEGMENTS; s++) {
                for (int node = 0; node < 2; node++) {
                    int c = ccd;
                    int segment = s;
                    maps.find(ccd, s, node).ifPresent(m -> out.add(row(dataset, source, time, c, segment, m)));
                }
            }
        }
        return out;
    }

    private static DarkRow row(String dataset, String source, double time, int ccd, int segment, DarkMap m) {
        double[] noise = m.noise().clone();
        Arrays.sort(noise);
        return new DarkRow(dataset, time, ccd, segment, m.method(), source, m.frames(), m.mean(),
                noise[noise.length / 2],
                m.hot().cardinality(), m.stuck().cardinality());
    }
}
