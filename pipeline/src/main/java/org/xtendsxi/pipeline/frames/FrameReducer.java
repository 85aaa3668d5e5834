// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.bias.BiasEstimator;
import org.xtendsxi.pipeline.bias.BiasSettings;
import org.xtendsxi.pipeline.bias.SegmentBias;
import org.xtendsxi.pipeline.dark.DarkCounts;
import org.xtendsxi.pipeline.dark.DarkResidual;
import org.xtendsxi.pipeline.dark.DarkStage;
import org.xtendsxi.pipeline.dark.FrameOffsets;
import org.xtendsxi.pipeline.dark.LevelBuffer;
import org.xtendsxi.pipeline.dark.LightLeak;
import org.xtendsxi.pipeline.dark.StaleRule;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.extraction.ExtractionSettings;
import org.xtendsxi.pipeline.extraction.Extractor;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Bias, dark and extraction of one unit of work. With a fixed dark threads share it, and each result depends on its
 * unit alone; with a dark that follows the frames, units are begun in order of time on one thread and finished on any.
 */
public final class FrameReducer {
    private final FrameHeader header;
    private final Adc adc;
    private final BiasEstimator bias;
    private final DarkMaps darks;
    private final Optional<DarkFollower> follower;
    private final FrameOffsets offsets;
    private final StaleRule stale;
    private final ExtractionKernel kernel;
    private final Extractor extractor;

    /**
     * Prepares for the frames of one file with fixed darks and the defaults of the dark stage.
     *
     * @param header header of the file
     * @param area area discrimination of the same header
     * @param biasParameters parameters of the bias stage
     * @param extractionParameters parameters of the extraction stage
     * @param darks darks of all segments
     * @param kernel search for candidates
     * @throws SxiException if header and parameters do not fit together
     */
    public FrameReducer(FrameHeader header, AreaDiscrimination area, Parameters biasParameters,
            Parameters extractionParameters, DarkMaps darks, ExtractionKernel kernel) {
        this(header, area, Map.of("bias", biasParameters, "extraction", extractionParameters, "dark",
                Parameters.of("dark", DarkStage.SPEC.parameters(), Map.of())), darks, Optional.empty(), kernel);
    }

    /**
     * Prepares for the frames of one file.
     *
     * @param header header of the file
     * @param area area discrimination of the same header
     * @param parameters parameters of the stages bias, dark and extraction
     * @param darks what made the darks, with all their frames
     * @param kernel search for candidates
     * @throws SxiException if header and parameters do not fit together
     */
    public static FrameReducer of(FrameHeader header, AreaDiscrimination area, Map<String, Parameters> parameters,
            DarkBuilder darks, ExtractionKernel kernel) {
        DarkMaps maps = darks.build();
        return new FrameReducer(header, area, parameters, maps, darks.follower(maps), kernel);
    }

    private FrameReducer(FrameHeader header, AreaDiscrimination area, Map<String, Parameters> parameters,
            DarkMaps darks,
            Optional<DarkFollower> follower, ExtractionKernel kernel) {
        this.header = header;
        this.adc = Adc.of(header);
        this.bias = new BiasEstimator(header.geometry(), adc, BiasSettings.of(parameters.get("bias")), kernel);
        this.darks = darks;
        this.follower = follower;
        this.kernel = kernel;
        this.extractor = new Extractor(header, ExtractionSettings.of(parameters.get("extraction"), header), area,
                kernel);
        this.offsets = new FrameOffsets(parameters.get("dark"), extractor.rows());
        this.stale = StaleRule.of(parameters.get("dark"));
    }

    /** The darks; those that follow the frames as they are now. */
    public DarkMaps darks() {
        return follower.map(DarkFollower::result).orElse(darks);
    }

    /** Shape of the light-leak map, if it is measured. */
    public Optional<LightLeak> leakShape() {
        return offsets.shape(header.geometry().active());
    }

    /** Segment frames that are best given to {@link #begin} at once. */
    public int batch() {
        // each frame of a dark that follows has levels of its own, too many to hold for a whole batch
        return follower.isPresent() ? 1 : kernel.batch();
    }

    /** Reduces the frames of one CCD in one cycle; in order of time. The pixels are not needed after the call. */
    public ReducedCycle reduce(CcdCycle unit) {
        return begin(List.of(unit)).get().getFirst();
    }

    /**
     * Begins with units, each the frames of one CCD in one cycle: what has to be done in order of time, on one thread.
     *
     * @return the rest, for any thread, once, with a result per unit; the pixels are not needed after it
     */
    public Supplier<List<ReducedCycle>> begin(List<CcdCycle> units) {
        if (batch() == 1 && units.size() > 1) {
            List<Supplier<List<ReducedCycle>>> each = units.stream().map(u -> begin(List.of(u))).toList();
            return () -> each.stream().flatMap(s -> s.get().stream()).toList();
        }
        if (follower.isEmpty()) {
            return () -> finish(units, units.stream().map(this::levels).toList());
        }
        List<List<SegmentLevels>> levels = units.stream().map(this::levels).toList();
        return () -> finish(units, levels);
    }

    private List<SegmentLevels> levels(CcdCycle unit) {
        List<SegmentLevels> all = new ArrayList<>();
        for (SegmentFrame f : unit.segments()) {
            SegmentBias b = bias.estimate(f.pixels());
            if (DeadFrame.is(f.pixels(), header, b)) {
                all.add(new SegmentLevels(b, Optional.empty(), Double.NaN, DarkCounts.NONE, Optional.empty()));
            } else if (follower.isPresent()) {
                all.add(follower.get().next(f, b));
            } else {
                all.add(new SegmentLevels(b, Optional.of(dark(f)),
                        DarkMaps.age(f.time(), darks.newest(f.ccdId(), f.segment(), f.readNode())), DarkCounts.NONE,
                        Optional.empty()));
            }
        }
        return all;
    }

    /** What stands ready for extraction of a unit. */
    private record Ready(CcdCycle unit, List<SegmentLevels> levels, List<SegmentDark> judged, Extractor.Ccd ccd) {
    }

    private List<ReducedCycle> finish(List<CcdCycle> units, List<List<SegmentLevels>> levels) {
        List<Ready> ready = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            ready.add(prepare(units.get(i), levels.get(i)));
        }
        List<Extractor.Extraction> found = extractor.extract(ready.stream().map(Ready::ccd).toList());
        List<ReducedCycle> out = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            out.add(reduced(ready.get(i), found.get(i)));
        }
        return out;
    }

    private Ready prepare(CcdCycle unit, List<SegmentLevels> levels) {
        List<Extractor.Segment> segments = new ArrayList<>();
        List<SegmentDark> judged = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            SegmentFrame f = unit.segments().get(i);
            SegmentLevels l = levels.get(i);
            if (!l.usable()) {
                judged.add(SegmentDark.NONE);
                continue;
            }
            FrameOffsets.Result r = offsets.apply(
                    new PixelPlane(f.pixels(), header.geometry(), adc, l.bias().level(), l.dark().orElseThrow()));
            segments.add(new Extractor.Segment(f.segment(), f.readNode(), r.plane()));
            DarkResidual rest = DarkResidual.measure(r.plane());
            judged.add(new SegmentDark(l.age(), rest, stale.judge(l.age(), rest), l.counts(), r.leak(), r.common()));
        }
        return new Ready(unit, levels, judged, new Extractor.Ccd(unit.time(), unit.ccdId(), segments));
    }

    private static ReducedCycle reduced(Ready ready, Extractor.Extraction found) {
        CcdCycle unit = ready.unit();
        List<SegmentExposure> exposures = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < ready.levels().size(); i++) {
            SegmentLevels l = ready.levels().get(i);
            int events = l.usable() ? found.perSegment()[used] : 0;
            boolean full = l.usable() && found.cut()[used++] > 0;
            exposures.add(new SegmentExposure(unit.time(), unit.number(), unit.ccdId(),
                    unit.segments().get(i).segment(), l.usable(), l.bias(), ready.judged().get(i), events, full));
            l.held().ifPresent(LevelBuffer::release);
        }
        return new ReducedCycle(found.events(), exposures, found.rejects());
    }

    private DarkLevel dark(SegmentFrame f) {
        DarkLevel level = darks.need(f.ccdId(), f.segment(), f.readNode()).level();
        FrameGeometry g = header.geometry();
        if (level.pixels() != g.active() * g.rows()) {
            throw SxiException.data("dark and raw frames have different numbers of pixels").hdu("FRAMES")
                    .column("IMGHEGHT").value(level.pixels()).limit(g.active() * g.rows())
                    .todo("give dark frames of the same geometry").build();
        }
        return level;
    }
}
