// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.bias;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.pipeline.kernel.Adc;
import org.xtendsxi.pipeline.kernel.BiasLevel;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.PixelSums;
import org.xtendsxi.pipeline.kernel.ScalarKernel;

/**
 * Estimates the bias of a segment frame from its horizontal overclock (contract, section 3).
 *
 * <p>Overclock pixel k of a row follows the last active pixel, so its parity is that of RAWX = active + k. A pure
 * function of the frame; may be shared by threads.
 */
public final class BiasEstimator {
    private final FrameGeometry geometry;
    private final Adc adc;
    private final BiasSettings settings;
    private final ExtractionKernel kernel;
    private final double errorFactor;

    /** Prepares for frames of one layout with the plain kernel; all give the same. */
    public BiasEstimator(FrameGeometry geometry, Adc adc, BiasSettings settings) {
        this(geometry, adc, settings, new ScalarKernel());
    }

    /**
     * Prepares for frames of one layout.
     *
     * @param kernel makes the sums over the overclock
     * @throws SxiException (data) if the layout has too few overclock pixels
     */
    public BiasEstimator(FrameGeometry geometry, Adc adc, BiasSettings settings, ExtractionKernel kernel) {
        this.geometry = geometry;
        this.adc = adc;
        this.settings = settings;
        this.kernel = kernel;
        this.errorFactor = settings.errorFactor();
        int needed = settings.skip() + (settings.split() ? 2 : 1);
        if (geometry.over() < needed) {
            throw SxiException.data("frames have too few overclock pixels for the bias").hdu("FRAMES")
                    .column("HOCLEGTH").value(geometry.over()).limit("at least " + needed)
                    .todo("set bias.split=no or a smaller bias.skip, or give frames with overclock").build();
        }
    }

    /** Estimates the bias of a frame given as words of the file. */
    public SegmentBias estimate(MemorySegment pixels) {
        return settings.perRow() ? rows(pixels) : frame(pixels);
    }

    private SegmentBias frame(MemorySegment pixels) {
        int first = settings.allRows() ? 0 : geometry.vUnder();
        int last = settings.allRows() ? geometry.height() : geometry.vUnder() + geometry.rows();
        SampleLevel[] l = levels(pixels, first, last);
        SampleLevel even = l[0];
        SampleLevel odd = l[1];
        return new SegmentBias(BiasLevel.ofFrame(even.level(), odd.level()), even.level(), odd.level(),
                rms(even.squares(), even.used()), rms(odd.squares(), odd.used()),
                error(even.squares(), even.used()), error(odd.squares(), odd.used()), used(even, odd),
                railed(even, odd), count(even.ringing(), odd.ringing()));
    }

    private SegmentBias rows(MemorySegment pixels) {
        double[] pairs = new double[2 * geometry.rows()];
        double[] sum = new double[2];
        double[] squares = new double[2];
        int[] n = new int[2];
        int used = 0;
        int railed = 0;
        int ringing = 0;
        SegmentBias whole = frame(pixels);
        for (int y = 0; y < geometry.rows(); y++) {
            SampleLevel[] l = levels(pixels, geometry.vUnder() + y, geometry.vUnder() + y + 1);
            for (int p = 0; p < 2; p++) {
                // a row without a usable pixel takes the level of the frame
                double level = l[p].used() > 0 ? l[p].level() : whole.level().at(0, p);
                pairs[2 * y + p] = level;
                sum[p] += level;
                squares[p] += l[p].squares();
                n[p] += l[p].used();
            }
            used += used(l[0], l[1]);
            railed += railed(l[0], l[1]);
            ringing += count(l[0].ringing(), l[1].ringing());
        }
        return new SegmentBias(BiasLevel.ofRows(pairs), sum[0] / geometry.rows(), sum[1] / geometry.rows(),
                rms(squares[0], n[0]), rms(squares[1], n[1]), error(squares[0], n[0]), error(squares[1], n[1]), used,
                railed, ringing);
    }

    /** Levels of even and odd columns of some rows of the frame; pixels are gathered only if sums do not do. */
    private SampleLevel[] levels(MemorySegment pixels, int firstRow, int lastRow) {
        PixelSums[] sums = kernel.overclock(pixels, geometry,
                new PixelSums.Overclock(settings.skip(), firstRow, lastRow));
        PixelSums all = sums[0].plus(sums[1]);
        Optional<SampleLevel> even = Sample.clean((settings.split() ? sums[0] : all).values(adc), adc, settings);
        Optional<SampleLevel> odd = Sample.clean((settings.split() ? sums[1] : all).values(adc), adc, settings);
        if (even.isPresent() && odd.isPresent()) {
            return new SampleLevel[] {even.get(), odd.get()};
        }
        Sample[] s = samples(pixels, firstRow, lastRow);
        return new SampleLevel[] {s[0].level(settings), s[1].level(settings)};
    }

    /** Overclock values of some rows of the frame: of even and odd columns, or twice the same of all. */
    private Sample[] samples(MemorySegment pixels, int firstRow, int lastRow) {
        int from = settings.skip();
        int perRow = geometry.over() - from;
        Sample even = new Sample(adc, (lastRow - firstRow) * perRow);
        Sample odd = settings.split() ? new Sample(adc, (lastRow - firstRow) * perRow) : even;
        for (int r = firstRow; r < lastRow; r++) {
            long at = 2L * (r * geometry.width() + geometry.overStart());
            for (int k = from; k < geometry.over(); k++) {
                int v = adc.value(pixels.get(SegmentFrame.WORD, at + 2L * k) + SegmentFrame.ZERO);
                ((geometry.active() + k & 1) == 0 ? even : odd).add(v);
            }
        }
        return new Sample[] {even, odd};
    }

    private int used(SampleLevel even, SampleLevel odd) {
        // a level made of railed pixels alone makes the bias of the frame doubtful
        return even.used() == 0 || odd.used() == 0 ? 0 : count(even.used(), odd.used());
    }

    private int railed(SampleLevel even, SampleLevel odd) {
        return count(even.railed(), odd.railed());
    }

    private int count(int even, int odd) {
        return settings.split() ? even + odd : even;
    }

    private double error(double squares, int n) {
        return n == 0 ? 0 : rms(squares, n) * errorFactor / Math.sqrt(n);
    }

    private static double rms(double squares, int n) {
        return n == 0 ? 0 : Math.sqrt(squares / n);
    }
}
