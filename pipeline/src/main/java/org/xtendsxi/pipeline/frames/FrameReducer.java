// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.bias.BiasEstimator;
import org.xtendsxi.pipeline.bias.BiasSettings;
import org.xtendsxi.pipeline.bias.SegmentBias;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.extraction.ExtractionSettings;
import org.xtendsxi.pipeline.extraction.Extractor;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.DarkLevel;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.PixelPlane;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Bias, dark and extraction of one unit of work. Immutable: threads share it, and each result depends on its unit
 * alone.
 */
public final class FrameReducer {
    private final FrameHeader header;
    private final Adc adc;
    private final BiasEstimator bias;
    private final DarkMaps darks;
    private final Extractor extractor;

    /**
     * Prepares for the frames of one file.
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
        this.header = header;
        this.adc = Adc.of(header);
        this.bias = new BiasEstimator(header.geometry(), adc, BiasSettings.of(biasParameters));
        this.darks = darks;
        this.extractor = new Extractor(header, ExtractionSettings.of(extractionParameters, header), area, kernel);
    }

    /** Reduces the frames of one CCD in one cycle. The pixels are not needed after the call. */
    public ReducedCycle reduce(CcdCycle unit) {
        List<Extractor.Segment> segments = new ArrayList<>();
        List<SegmentBias> biases = new ArrayList<>();
        List<Boolean> usable = new ArrayList<>();
        for (SegmentFrame f : unit.segments()) {
            SegmentBias b = bias.estimate(f.pixels());
            boolean ok = !DeadFrame.is(f.pixels(), header, b);
            biases.add(b);
            usable.add(ok);
            if (ok) {
                segments.add(new Extractor.Segment(f.segment(), f.readNode(),
                        new PixelPlane(f.pixels(), header.geometry(), adc, b.level(), dark(f))));
            }
        }
        Extractor.Extraction found = extractor.extract(unit.time(), unit.ccdId(), segments);
        List<SegmentExposure> exposures = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < biases.size(); i++) {
            int events = usable.get(i) ? found.perSegment()[used] : 0;
            boolean full = usable.get(i) && found.cut()[used++] > 0;
            exposures.add(new SegmentExposure(unit.time(), unit.number(), unit.ccdId(),
                    unit.segments().get(i).segment(), usable.get(i), biases.get(i), events, full));
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
